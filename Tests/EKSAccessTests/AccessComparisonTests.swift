import EKSAccess
import Testing

@Suite struct AccessComparisonTests {
  private static let account = "arn:aws:iam::444455556666"
  private static let nodes = RoleMapping(
    roleARN: "\(account):role/nodes", username: "system:node:{{EC2PrivateDNSName}}",
    groups: ["system:bootstrappers", "system:nodes"])
  private static let dev = RoleMapping(
    roleARN: "\(account):role/dev", username: "dev:{{SessionName}}", groups: ["developers"])
  private static let admin = RoleMapping(
    roleARN: "\(account):role/admin", username: "admin", groups: ["system:masters"])

  private func compare(
    _ before: [RoleMapping], _ after: [RoleMapping] = [], entries: [AccessEntry] = []
  ) -> AccessComparison {
    AccessComparison(
      before: IdentityResolver(AWSAuthConfigMap(roles: before)),
      after: IdentityResolver(
        ClusterAccess(accessEntries: entries, configMap: AWSAuthConfigMap(roles: after))))
  }

  @Test func nodesThatAreGoneComeFirst() {
    let comparison = compare([Self.admin, Self.dev, Self.nodes], [Self.dev])
    #expect(comparison.changes.map(\.kind) == [.lost, .lost])
    #expect(comparison.changes.map(\.principal) == [Self.nodes.roleARN, Self.admin.roleARN])
    #expect(comparison.changes.first?.isNode == true)
    #expect(comparison.unchangedCount == 1)
  }

  @Test func entriesThatGiveTheSameAreNoLoss() {
    let entries = [
      AccessEntry(principalARN: "\(Self.account):role/team/nodes", kind: .ec2Linux),
      AccessEntry(
        principalARN: "\(Self.account):role/dev", username: "dev:{{SessionName}}",
        groups: ["developers"]),
      AccessEntry(
        principalARN: "\(Self.account):role/admin", username: "admin",
        policies: [AccessPolicyAssociation(policyARN: AccessPolicy.clusterAdmin.arn(in: .aws))]),
    ]
    let comparison = compare([Self.admin, Self.dev, Self.nodes], entries: entries)
    #expect(comparison.losses.isEmpty)
    // The policy is new, although it gives nothing that the group did not give.
    #expect(comparison.changes.map(\.principal) == ["\(Self.account):role/admin"])
  }

  @Test func groupsAndUsernamesAreCompared() throws {
    var other = Self.dev
    other.groups = ["viewers"]
    other.username = "x"
    let change = try #require(compare([Self.dev], [other]).changes.first)
    #expect(change.kind == .changed && change.losesAccess && change.changesUsername)
    #expect(change.lostGroups == ["developers"])
    #expect(change.gainedGroups == ["viewers"])
  }

  @Test func theLastOfTwoRowsCounts() {
    var other = Self.dev
    other.groups = ["viewers"]
    let comparison = compare([other], [Self.dev, other])
    #expect(comparison.changes.isEmpty && comparison.unchangedCount == 1)
  }

  @Test(arguments: [
    ("arn:aws:iam::{{ ACCOUNT }}:role/dev", 1), ("${DEV_ROLE}", 1), ("arn:aws:iam::${A}:user/x", 1),
    ("arn:aws:iam::{{ ACCOUNT }}:role/team/dev", 0), ("dev", 0), ("", 0),
  ])
  func principalsThatAreNotKnownYetAreCompared(arn: String, count: Int) {
    let row = RoleMapping(roleARN: arn, username: "dev", groups: ["developers"])
    #expect(compare([row]).losses.count == count)
    #expect(compare([row], [row]).changes.isEmpty)
  }

  @Test func policiesAreComparedByScope() throws {
    func entry(_ scope: AccessScope) -> ClusterAccess {
      ClusterAccess(accessEntries: [
        AccessEntry(
          principalARN: "\(Self.account):role/dev",
          policies: [
            AccessPolicyAssociation(
              policyARN: AccessPolicy.clusterAdmin.arn(in: .aws), scope: scope)
          ])
      ])
    }
    func change(_ before: AccessScope, _ after: AccessScope) -> AccessComparison.Change? {
      AccessComparison(
        before: IdentityResolver(entry(before)), after: IdentityResolver(entry(after))
      ).changes.first
    }
    #expect(change(.cluster, .namespaces(["a"]))?.losesAccess == true)
    #expect(change(.namespaces(["a"]), .cluster)?.losesAccess == false)
    #expect(change(.namespaces(["a"]), .cluster)?.gainedPolicies.count == 1)
    #expect(change(.cluster, .cluster) == nil)
  }
}
