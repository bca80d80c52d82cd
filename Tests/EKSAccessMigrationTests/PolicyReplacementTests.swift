import EKSAccess
import EKSAccessMigration
import KubernetesRBAC
import Testing

/// Access policies in place of groups and users, and the proof by the rules of both.
@Suite struct PolicyReplacementTests {
  private static let account = "arn:aws:iam::444455556666"
  private static let row = RoleMapping(
    roleARN: "\(account):role/r", username: "r", groups: ["system:g"])

  private static func binding(
    _ role: String, in namespace: String? = nil, to subject: Subject = group("system:g")
  ) -> RBACObjects {
    let reference = RoleReference(kind: "ClusterRole", name: role)
    let metadata = ObjectMetadata(name: role, namespace: namespace)
    return namespace == nil
      ? RBACObjects(clusterRoleBindings: [
        ClusterRoleBinding(metadata: metadata, roleRef: reference, subjects: [subject])
      ])
      : RBACObjects(roleBindings: [
        RoleBinding(metadata: metadata, roleRef: reference, subjects: [subject])
      ])
  }

  private static func group(_ name: String) -> Subject { Subject(kind: .group, name: name) }

  private static func rbac(_ parts: RBACObjects...) -> RBACObjects {
    parts.reduce(into: RBACObjects()) { $0.append($1) }
  }

  /// A role with the rules of access policies.
  private static func role(_ name: String, _ policies: String...) -> RBACObjects {
    RBACObjects(clusterRoles: [
      ClusterRole(
        metadata: .init(name: name),
        rules: policies.flatMap { AccessPolicy.named($0)?.rules ?? [] })
    ])
  }

  private func plan(
    _ rows: [RoleMapping], _ rbac: RBACObjects,
    _ options: MigrationOptions = MigrationOptions(), entries: [AccessEntry] = []
  ) -> (plan: MigrationPlan, proof: AccessComparison) {
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop", mode: .apiAndConfigMap),
      configMap: AWSAuthConfigMap(roles: rows), accessEntries: entries, rbac: rbac)
    let plan = MigrationPlanner(input, options: options).plan
    return (plan, plan.proof(from: input))
  }

  private func associations(_ plan: MigrationPlan) -> [String] {
    plan.created.flatMap(\.policies).map {
      "\($0.policyARN.split(separator: "/").last ?? "") \($0.scope)"
    }
  }

  @Test func aPolicyThatGivesTheSameStandsInForAGroup() {
    let (plan, proof) = plan([Self.row], Self.binding("cluster-admin"))
    #expect(associations(plan) == ["AmazonEKSClusterAdminPolicy cluster"])
    #expect(plan.created.flatMap(\.groups) == [] && plan.bindings == [])
    #expect(plan.assumptions.contains(.policyRules))
    #expect(proof.losses == [])
    #expect(proof.changes.map(\.permissions?.verdict) == [.equalPermissions])
  }

  @Test func aPolicyStandsInForEachNamespace() {
    let rbac = Self.rbac(
      Self.role("reader", "AmazonEKSViewPolicy"), Self.role("admin", "AmazonEKSEditPolicy"),
      Self.binding("reader", in: "web"), Self.binding("reader", in: "shop"),
      Self.binding("admin", in: "test"))
    let (plan, proof) = plan([Self.row], rbac)
    #expect(
      associations(plan) == [
        "AmazonEKSEditPolicy namespace test", "AmazonEKSViewPolicy namespaces shop, web",
      ])
    #expect(proof.losses == [])
    #expect(proof.changes.map(\.permissions?.verdict) == [.equalPermissions])
  }

  @Test func severalPoliciesTogetherCanGiveTheSame() {
    let rbac = Self.rbac(
      Self.role("reader", "AmazonEKSEditPolicy", "AmazonEKSAdminViewPolicy"),
      Self.binding("reader"))
    #expect(
      associations(plan([Self.row], rbac).plan) == [
        "AmazonEKSEditPolicy cluster", "AmazonEKSAdminViewPolicy cluster",
      ])
  }

  @Test func aPolicyThatGivesMoreOrLessDoesNot() {
    let pods = RBACObjects(clusterRoles: [
      ClusterRole(
        metadata: .init(name: "pods"),
        rules: [PolicyRule(apiGroups: [""], resources: ["pods"], verbs: ["get"])])
    ])
    let less = Self.rbac(pods, Self.binding("pods"))
    let more = Self.rbac(
      Self.role("r", "AmazonEKSViewPolicy", "AmazonEKSHybridPolicy"), Self.binding("r"))
    // What operators add to the default role is not known; nor is a role that is not there.
    for rbac in [less, more, Self.binding("view"), Self.binding("missing")] {
      let (plan, proof) = plan([Self.row], rbac)
      #expect(plan.created.map(\.groups) == [["g"]] && associations(plan) == [])
      #expect(plan.bindings.count == 1)
      #expect(proof.losses == [])
    }
  }

  @Test func rolesThatOverlapCountTogether() {
    let pods = RBACObjects(clusterRoles: [
      ClusterRole(
        metadata: .init(name: "pods"),
        rules: [PolicyRule(apiGroups: [""], resources: ["pods"], verbs: ["get"])])
    ])
    let rbac = Self.rbac(
      pods, Self.role("v", "AmazonEKSViewPolicy"), Self.binding("pods", in: "web"),
      Self.binding("v"))
    #expect(associations(plan([Self.row], rbac).plan) == ["AmazonEKSViewPolicy cluster"])
  }

  @Test func aPolicyStandsInForAUser() throws {
    let row = RoleMapping(roleARN: Self.row.roleARN, username: "system:ops")
    let rbac = Self.binding("cluster-admin", to: Subject(kind: .user, name: "system:ops"))
    let (plan, proof) = plan([row], rbac)
    #expect(plan.created.map(\.username) == ["ops"] && plan.bindings == [])
    #expect(associations(plan) == ["AmazonEKSClusterAdminPolicy cluster"])
    #expect(proof.losses == [])
  }

  @Test func aChosenPolicyIsJudgedByWhatItGives() throws {
    let rows = [RoleMapping(roleARN: Self.row.roleARN, username: "r", groups: ["editors"])]
    let rbac = Self.binding("edit", in: "shop", to: Self.group("editors"))
    func proof(_ name: String) throws -> AccessComparison {
      let policy = try #require(AccessPolicy.named(name))
      let (plan, proof) = plan(rows, rbac, MigrationOptions(groupPolicies: ["editors": policy]))
      #expect(associations(plan) == ["\(name) namespace shop"])
      #expect(plan.assumptions.contains(.roleIsComplete("edit")))
      return proof
    }
    let edit = try #require(proof("AmazonEKSEditPolicy").losses.first?.permissions)
    #expect(edit.verdict == .changed)
    #expect(edit.lost.map(\.description).contains("shop: create pods/eviction"))
    let admin = try proof("AmazonEKSClusterAdminPolicy")
    #expect(admin.losses == [] && admin.changes.first?.permissions?.verdict == .gained)
  }

  @Test func aChosenPolicyNeedsToKnowWhereItHolds() throws {
    let rows = [RoleMapping(roleARN: Self.row.roleARN, username: "r", groups: ["editors"])]
    let policy = try #require(AccessPolicy.named("AmazonEKSEditPolicy"))
    let options = MigrationOptions(groupPolicies: ["editors": policy])
    let item = try #require(plan(rows, RBACObjects(), options).plan.items.first)
    #expect(item.decision == .needsChoice)
    #expect(item.reasons.contains(.policyNeedsBindings("editors", policy)))
  }

  /// A plan that was carried out and is made again has nothing to add.
  @Test func aSecondPlanFindsTheWorkDone() {
    let rows = [
      Self.row,
      RoleMapping(roleARN: "\(Self.account):role/ci", username: "system:ci:{{SessionName}}"),
      RoleMapping(roleARN: "\(Self.account):role/x", username: "eks:x", groups: ["iam:y"]),
    ]
    var rbac = Self.rbac(
      Self.binding("view"), Self.binding("edit", in: "shop"),
      Self.binding("view", in: "ci", to: Subject(kind: .user, name: "system:ci:main")),
      Self.binding("view", in: "x", to: Subject(kind: .user, name: "eks:x")))
    let first = plan(rows, rbac)
    #expect(first.plan.bindings.count == 4 && first.proof.losses == [])
    for added in first.plan.bindings {
      if added.isOfCluster {
        rbac.clusterRoleBindings.append(
          ClusterRoleBinding(
            metadata: added.binding.metadata, roleRef: added.binding.roleRef,
            subjects: added.binding.subjects))
      } else {
        rbac.roleBindings.append(added.binding)
      }
    }
    let halfWay = plan(rows, rbac)
    #expect(halfWay.plan.bindings == [] && halfWay.plan.created == first.plan.created)
    let second = plan(rows, rbac, entries: first.plan.created)
    #expect(second.plan.items.map(\.decision) == [.alreadyThere, .alreadyThere, .alreadyThere])
    #expect(second.plan.bindings == [])
  }

  @Test func accountsInNamesAreNoChange() {
    let row = RoleMapping(
      roleARN: Self.row.roleARN, username: "u-{{AccountID}}", groups: ["g-{{AccountID}}"])
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop"), configMap: AWSAuthConfigMap(roles: [row]))
    #expect(MigrationPlanner(input).plan.proof(from: input).changes == [])
  }

  /// A binding under a new name of a group that others are in gives them more: the proof says so.
  @Test func othersInAChosenGroupGain() {
    let rows = [
      Self.row, RoleMapping(roleARN: "\(Self.account):role/o", username: "o", groups: ["others"]),
    ]
    let (_, proof) = plan(
      rows, Self.binding("view"), MigrationOptions(groupNames: ["system:g": "others"]))
    #expect(proof.losses == [])
    #expect(
      proof.changes.first { $0.principal.hasSuffix("/o") }?.permissions?.verdict == .gained)
  }

  /// A session of a template could take a new name as long as the rows are used.
  @Test func aNewNameIsNoneThatATemplateGives() {
    let rows = [
      RoleMapping(roleARN: "\(Self.account):role/a", username: "system:ops"),
      RoleMapping(roleARN: "\(Self.account):role/b", username: "{{SessionNameRaw}}"),
      RoleMapping(roleARN: "\(Self.account):role/c", username: "system:{{SessionName}}"),
      RoleMapping(roleARN: "\(Self.account):role/d", username: ":bob"),
    ]
    let usernames = plan(rows, RBACObjects()).plan.created.map(\.username)
    #expect(
      usernames == [
        "migrated:ops", "migrated::{{SessionNameRaw}}", "migrated:migrated::{{SessionName}}",
        ":bob",
      ])
  }
}
