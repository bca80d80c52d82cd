import EKSAccess
import EKSAccessMigration
import KubernetesRBAC
import Testing

@Suite struct MigrationPlannerTests {
  private static let account = "arn:aws:iam::444455556666"
  private static let cluster = MigrationCluster(
    name: "shop", region: "eu-central-1", account: AccountID("444455556666"),
    mode: .configMap)

  private func role(
    _ name: String, _ username: String, _ groups: [String] = []
  ) -> RoleMapping {
    RoleMapping(roleARN: "\(Self.account):role/\(name)", username: username, groups: groups)
  }

  private func plan(
    _ roles: [RoleMapping], users: [UserMapping] = [], accounts: [String] = [],
    entries: [AccessEntry] = [], directory: IAMDirectory? = nil, rbac: RBACObjects? = nil,
    options: MigrationOptions = MigrationOptions()
  ) -> MigrationPlan {
    let configMap = AWSAuthConfigMap(roles: roles, users: users, accounts: accounts)
    return MigrationPlanner(
      MigrationInput(
        cluster: Self.cluster, configMap: configMap, accessEntries: entries, directory: directory,
        rbac: rbac), options: options
    ).plan
  }

  @Test(arguments: [
    ("system:node:{{EC2PrivateDNSName}}", ["system:bootstrappers", "system:nodes"], "EC2_LINUX"),
    (
      "system:node:{{EC2PrivateDNSName}}",
      ["system:bootstrappers", "system:nodes", "eks:kube-proxy-windows"], "EC2_WINDOWS"
    ),
    (
      "system:node:{{SessionName}}",
      ["system:bootstrappers", "system:nodes", "system:node-proxier"], "FARGATE_LINUX"
    ),
  ])
  func nodesGetTheirKind(username: String, groups: [String], kind: String) throws {
    let item = try #require(plan([role("nodes", username, groups)]).items.first)
    #expect(item.decision == .create)
    #expect(
      item.entries == [
        AccessEntry(
          principalARN: "\(Self.account):role/nodes", kind: .init(rawValue: kind))
      ])
  }

  @Test func nodesNamedByTheirSessionNeedMoreThanTheRow() throws {
    let row = role("n", "system:node:{{SessionName}}", ["system:bootstrappers", "system:nodes"])
    #expect(plan([row]).items.map(\.decision) == [.needsChoice])
    let chosen = plan([row], options: MigrationOptions(kinds: ["n": .hybridLinux]))
    #expect(chosen.items.first?.entries.first?.kind == .hybridLinux)
    for (service, kind) in [
      ("ssm.amazonaws.com", AccessEntry.Kind.hybridLinux), ("ec2.amazonaws.com", .ec2),
    ] {
      var directory = IAMDirectory()
      directory.add([.init(arn: row.roleARN, trustedServices: [service])])
      #expect(plan([row], directory: directory).items.first?.entries.first?.kind == kind)
    }
  }

  @Test func aRoleOfTwoKindsOfNodesIsAChoice() {
    let row = role(
      "n", "system:node:{{EC2PrivateDNSName}}",
      ["system:nodes", "eks:kube-proxy-windows", "system:node-proxier"])
    let item = plan([row]).items.first
    #expect(item?.decision == .needsChoice)
    #expect(item?.reasons.contains(.severalKinds([.ec2Windows, .fargateLinux])) == true)
  }

  @Test func administratorsKeepTheirOtherGroups() throws {
    let row = role("admin", "admin", ["auditors", "system:masters", "ops"])
    let item = try #require(plan([row]).items.first)
    #expect(
      item.entries == [
        AccessEntry(
          principalARN: row.roleARN, username: "admin", groups: ["auditors", "ops"],
          policies: [AccessPolicyAssociation(policyARN: AccessPolicy.clusterAdmin.arn(in: .aws))])
      ])
  }

  @Test func reservedGroupsAreRenamedWithTheirBindings() throws {
    let row = role("r", "s", ["system:readonly"])
    #expect(plan([row]).items.map(\.decision) == [.needsChoice])
    let binding = ClusterRoleBinding(
      metadata: .init(name: "readers"), roleRef: .init(kind: "ClusterRole", name: "view"),
      subjects: [
        Subject(kind: .group, name: "system:readonly"), Subject(kind: .user, name: "x"),
      ])
    let known = plan([row], rbac: RBACObjects(clusterRoleBindings: [binding]))
    #expect(known.items.first?.entries.first?.groups == ["readonly"])
    let added = try #require(known.bindings.first)
    #expect(added.isOfCluster && added.original == "readers")
    #expect(added.binding.subjects.map(\.name) == ["readonly"])
    #expect(added.binding.roleRef.name == "view")
  }

  @Test func accountsInGroupsAreFilledIn() throws {
    let item = try #require(plan([role("r", "u", ["team-{{AccountID}}"])]).items.first)
    #expect(item.entries.first?.groups == ["team-444455556666"])
    #expect(
      item.reasons == [.groupFilledIn("team-{{AccountID}}", as: "team-444455556666")])
  }

  @Test func aNewNameDoesNotJoinAnotherGroup() {
    let rows = [role("a", "a", ["system:readonly"]), role("b", "b", ["readonly"])]
    let plan = plan(rows, rbac: RBACObjects())
    #expect(plan.items.map { $0.entries.first?.groups } == [["migrated-readonly"], ["readonly"]])
  }

  @Test(
    arguments: [
      ("dev:{{SessionName}}", "dev:{{SessionName}}"), ("dev{{SessionName}}", "dev:{{SessionName}}"),
      ("{{SessionName}}", ":{{SessionName}}"), ("system:ci", "ci"), ("eks:ci", "ci"),
      ("system:", "r"), ("k:{{AccessKeyID}}", nil), ("", nil),
      ("x-{{AccountID}}", "x-444455556666"),
      ("arn:aws:sts::444455556666:assumed-role/r/{{SessionName}}", nil),
    ] as [(String, String?)])
  func usernamesAreKeptWhereTheyMay(old: String, new: String?) throws {
    let item = try #require(plan([role("r", old, ["viewers"])]).items.first)
    #expect(item.decision == .create)
    #expect(item.entries.first?.username == new)
  }

  @Test func nobodyBecomesSomebodyElse() throws {
    let binding = ClusterRoleBinding(
      metadata: .init(name: "root"), roleRef: .init(kind: "ClusterRole", name: "cluster-admin"),
      subjects: [Subject(kind: .user, name: "admin")])
    let rbac = RBACObjects(clusterRoleBindings: [binding])
    let rows = [
      role("a", "system:admin"), role("b", "system:admin"), role("c", "eks:ci"), role("d", "ci"),
    ]
    let usernames = plan(rows, rbac: rbac).created.map(\.username)
    #expect(usernames == ["migrated:admin", "migrated:admin", "migrated:ci", "ci"])
    // Without bindings it is an assumption.
    #expect(plan([rows[0]]).assumptions.contains(.usernameIsFree("admin")))
  }

  @Test(arguments: [
    ("arn:aws:iam::444455556666:role/a&b", MigrationPlan.Reason.impossiblePrincipal),
    ("arn:aws:iam::44445555666:role/short", .impossiblePrincipal),
    ("arn:aws-cn:iam::444455556666:role/cn", .otherPartition(.china)),
  ])
  func principalsThatCannotBeAreNotPlanned(arn: String, reason: MigrationPlan.Reason) {
    let row = RoleMapping(roleARN: arn, username: "x", groups: ["g"])
    let item = plan([row]).items.first
    #expect(item?.decision == .unused && item?.reasons == [reason])
  }

  @Test func theModeIsAskedOfTheCluster() {
    let input = MigrationInput(
      cluster: MigrationCluster(name: "sh op", region: "eu-central-1"),
      configMap: AWSAuthConfigMap(roles: [role("dev", "dev", ["g"])]))
    let commands = MigrationPlanner(input).plan.assumptions.compactMap(\.command)
    #expect(
      commands.contains {
        $0.hasPrefix("aws eks describe-cluster --name='sh op' --region=eu-central-1 --query")
      }, "\(commands)")
  }

  @Test(arguments: ["arn:aws:iam::${ACCOUNT}:role/x", "<ARN of the nodes>", "{{ role }}"])
  func placeholdersHaveToBeFilledIn(arn: String) {
    let row = RoleMapping(roleARN: arn, username: "x", groups: ["g"])
    #expect(plan([row]).items.map(\.reasons) == [[.placeholder]])
    #expect(!plan([row]).allowsAPIMode)
  }

  @Test func bindingsFollowUsersWhoseNamesChange() throws {
    let binding = RoleBinding(
      metadata: .init(name: "jane", namespace: "web"), roleRef: .init(kind: "Role", name: "edit"),
      subjects: [Subject(kind: .user, name: "devjane")])
    let plan = plan(
      [role("dev", "dev{{SessionName}}", ["viewers"])], rbac: RBACObjects(roleBindings: [binding])
    )
    let added = try #require(plan.bindings.first)
    #expect(added.binding.subjects.map(\.name) == ["dev:jane"])
    #expect(added.binding.metadata.namespace == "web")
  }

  @Test func everyRowIsThereOnceAndDeadOnesStayDead() {
    let rows = [
      role("dup", "first", ["viewers"]), role("dup", "last", ["deployers"]),
      role("team/ci", "ci", ["deployers"]), role("x*", "x", ["g"]),
    ]
    let plan = plan(rows, accounts: ["777788889999"])
    #expect(plan.items.map(\.decision) == [.unused, .create, .unused, .unused, .cannotMigrate])
    #expect(plan.items.map(\.row.index) == [0, 1, 2, 3, 0])
    #expect(plan.created.map(\.username) == ["last"])
    #expect(!plan.allowsAPIMode)
  }

  @Test func pathsComeFromIAM() throws {
    let path = "\(Self.account):role/teams/Dev"
    var directory = IAMDirectory()
    directory.add([.init(arn: path)])
    let plan = plan([role("dev", "d", ["g"]), role("gone", "g", ["g"])], directory: directory)
    #expect(plan.items.map(\.decision) == [.create, .unused])
    #expect(plan.created.map(\.principalARN) == [path])
    #expect(plan.items.last?.reasons == [.principalIsGone])
    #expect(plan.assumptions.isEmpty)
  }

  @Test func ssoRolesNeedTheirRegion() {
    let row = role("AWSReservedSSO_Admin_0123456789abcdef", "sso", ["viewers"])
    #expect(plan([row]).items.map(\.decision) == [.needsChoice])
    func arn(_ region: String) -> String? {
      plan([row], options: MigrationOptions(ssoRegion: region)).created.first?.principalARN
    }
    let path = "\(Self.account):role/aws-reserved/sso.amazonaws.com"
    let name = "AWSReservedSSO_Admin_0123456789abcdef"
    #expect(arn("eu-west-1") == "\(path)/eu-west-1/\(name)")
    #expect(arn("us-east-1") == "\(path)/\(name)")
  }

  @Test func serviceLinkedRolesAndOthersStay() {
    let plan = plan(
      [role("AWSServiceRoleForBatch", "aws-batch")],
      users: [
        UserMapping(userARN: "\(Self.account):root", username: "root", groups: ["system:masters"])
      ])
    #expect(plan.items.map(\.decision) == [.leave, .cannotMigrate])
    #expect(!plan.allowsAPIMode)
  }

  @Test func entriesThatAreThereAreComparedWithTheRow() {
    let row = role("dev", "dev", ["viewers"])
    func decision(_ entry: AccessEntry, updates: Bool = false) -> MigrationPlan.Item? {
      plan([row], entries: [entry], options: MigrationOptions(updatesEntries: updates)).items.first
    }
    var entry = AccessEntry(
      principalARN: "\(Self.account):role/team/dev", username: "dev", groups: ["viewers", "more"])
    #expect(decision(entry)?.decision == .alreadyThere)
    entry.groups = []
    #expect(decision(entry)?.decision == .differs)
    #expect(decision(entry, updates: true)?.entries.first?.groups == ["viewers"])
    entry.kind = .ec2Linux
    #expect(decision(entry, updates: true)?.decision == .differs)
  }

  @Test func entriesOfOthersAreListed() {
    let other = AccessEntry(principalARN: "\(Self.account):role/other", groups: ["g"])
    #expect(plan([role("dev", "d")], entries: [other]).otherEntries == [other])
  }

  @Test func accountsAreExpandedWithIAM() throws {
    var directory = IAMDirectory()
    directory.add([
      .init(arn: "\(Self.account):role/team/a"), .init(arn: "\(Self.account):role/dev"),
    ])
    directory.add([.init(arn: "\(Self.account):user/jane")])
    let plan = plan([role("dev", "d", ["g"])], accounts: ["444455556666"], directory: directory)
    let item = try #require(plan.items.last)
    #expect(item.decision == .create)
    #expect(
      item.entries == [
        AccessEntry(
          principalARN: "\(Self.account):role/team/a", username: "\(Self.account):role/a"),
        AccessEntry(principalARN: "\(Self.account):user/jane"),
      ])
  }

  @Test func partitionsAreThoseOfTheCluster() {
    let row = RoleMapping(
      roleARN: "arn:aws-cn:iam::444455556666:role/a", username: "a", groups: ["system:masters"])
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop", partition: .china),
      configMap: AWSAuthConfigMap(roles: [row]))
    #expect(
      MigrationPlanner(input).plan.created.first?.policies.first?.policyARN
        == "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")
  }

  @Test func whatEKSWouldRefuseIsNotPlanned() {
    let row = role("dev", "d", ["g"])
    let plan = plan([row], options: MigrationOptions(usernames: ["dev": "system:x"]))
    #expect(plan.items.map(\.decision) == [.cannotMigrate])
  }
}
