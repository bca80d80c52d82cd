import EKSAccess
import EKSAccessMigration
import KubernetesRBAC
import Testing

/// Bindings that follow new names, and names by which nobody becomes somebody else.
@Suite struct CarriedBindingsTests {
  private func arn(_ name: String, account: String = "444455556666") -> String {
    "arn:aws:iam::\(account):role/\(name)"
  }

  private func binding(
    _ role: String, _ kind: Subject.Kind, _ name: String, in namespace: String = "shop"
  ) -> RoleBinding {
    RoleBinding(
      metadata: .init(name: "\(role)-\(namespace)", namespace: namespace),
      roleRef: .init(kind: "ClusterRole", name: role), subjects: [Subject(kind: kind, name: name)])
  }

  private func plan(
    _ roles: [RoleMapping], _ bindings: [RoleBinding], entries: [AccessEntry] = [],
    _ options: MigrationOptions = MigrationOptions(), directory: IAMDirectory? = nil,
    users: [UserMapping] = []
  ) -> (plan: MigrationPlan, proof: AccessComparison) {
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop", mode: .apiAndConfigMap),
      configMap: AWSAuthConfigMap(roles: roles, users: users), accessEntries: entries,
      directory: directory, rbac: RBACObjects(roleBindings: bindings))
    let plan = MigrationPlanner(input, options: options).plan
    return (plan, plan.proof(from: input))
  }

  private func verdicts(_ proof: AccessComparison) -> Set<PermissionComparison.Verdict?> {
    Set(proof.changes.map(\.permissions?.verdict))
  }

  @Test func accountsInUsernamesKeepTheirOwnBindings() {
    let rows = ["444455556666", "777788889999"].map {
      RoleMapping(roleARN: arn("a", account: $0), username: "system:{{AccountID}}:ops")
    }
    let (plan, proof) = plan(
      rows,
      [
        binding("x", .user, "system:444455556666:ops"),
        binding("y", .user, "system:777788889999:ops"),
      ])
    #expect(
      plan.bindings.map { "\($0.binding.roleRef.name) \($0.binding.subjects[0].name)" } == [
        "x 444455556666:ops", "y 777788889999:ops",
      ])
    #expect(verdicts(proof) == [.equalPermissions])
  }

  @Test func aBindingWithoutItsNamespaceIsNoReasonForAPolicy() throws {
    var unplaced = binding("cluster-admin", .group, "eks:a")
    unplaced.metadata.namespace = nil
    let row = RoleMapping(roleARN: arn("a"), username: "a", groups: ["eks:a"])
    let (plan, _) = plan([row], [unplaced])
    #expect(plan.created.map(\.groups) == [["a"]] && plan.created.flatMap(\.policies) == [])
    #expect(plan.assumptions.contains(.namespaceUnknown("cluster-admin-shop")))
    let policy = try #require(AccessPolicy.named("AmazonEKSViewPolicy"))
    let chosen = self.plan([row], [unplaced], MigrationOptions(groupPolicies: ["eks:a": policy]))
    #expect(chosen.plan.items.map(\.decision) == [.needsChoice])
  }

  @Test func bindingsOfOneNameThatDifferAreSaid() {
    var other = binding("cluster-admin", .group, "eks:a")
    other.roleRef.name = "view"
    let row = RoleMapping(roleARN: arn("a"), username: "a", groups: ["eks:a"])
    let (plan, _) = plan([row], [binding("cluster-admin", .group, "eks:a"), other])
    #expect(plan.assumptions.contains(.bindingsDiffer("cluster-admin-shop")))
    #expect(plan.created.flatMap(\.policies) == [] && plan.bindings.count == 2)
  }

  @Test func namespacesOfAPolicyAddUp() throws {
    let entry = AccessEntry(
      principalARN: arn("a"), username: "a",
      policies: [
        .init(policyARN: AccessPolicy.clusterAdmin.arn(in: .aws), scope: .namespaces(["web"]))
      ])
    let row = RoleMapping(roleARN: arn("a"), username: "a", groups: ["eks:a"])
    let (plan, proof) = plan(
      [row], [binding("cluster-admin", .group, "eks:a")], entries: [entry],
      MigrationOptions(updatesEntries: true))
    #expect(plan.updated.flatMap(\.policies).map(\.scope) == [.namespaces(["shop", "web"])])
    #expect(proof.losses == [])
    let masters = RoleMapping(
      roleARN: arn("a"), username: "a", groups: ["eks:a", "system:masters"])
    let both = self.plan([masters], [binding("cluster-admin", .group, "eks:a")]).plan
    #expect(both.created.flatMap(\.policies).map(\.scope) == [.cluster])
  }

  @Test func anEntryThatStaysGetsNoBindings() {
    let entry = AccessEntry(principalARN: arn("a"), username: "ops", groups: ["x"])
    let row = RoleMapping(roleARN: arn("a"), username: "system:ops", groups: ["system:y"])
    let bindings = [binding("z", .user, "system:ops"), binding("z", .group, "system:y")]
    let (plan, proof) = plan([row], bindings, entries: [entry])
    #expect(plan.items.map(\.decision) == [.differs] && plan.bindings == [])
    #expect(!plan.allowsAPIMode)
    #expect(proof.changes == [])
    let updated = self.plan(
      [row], bindings, entries: [entry], MigrationOptions(updatesEntries: true))
    #expect(updated.plan.bindings.count == 2)
  }

  @Test func anEntryWhoseNewNamesAreNotBoundIsSaid() {
    let entry = AccessEntry(principalARN: arn("a"), username: "a", groups: ["ro"])
    let row = RoleMapping(roleARN: arn("a"), username: "a", groups: ["system:ro"])
    let bindings = [binding("view", .group, "system:ro")]
    let stays = plan([row], bindings, entries: [entry]).plan
    #expect(stays.items.map(\.decision) == [.differs] && stays.bindings == [])
    #expect(stays.items.map(\.deficits) == [[.entryLacksBindings(["view-shop"])]])
    let updated = plan(
      [row], bindings, entries: [entry], MigrationOptions(updatesEntries: true)
    ).plan
    #expect(updated.bindings.flatMap(\.binding.subjects).map(\.name) == ["ro"])
    #expect(updated.allowsAPIMode)
  }

  /// The row of an entry that stays is no reason not to bind the users of another row.
  @Test func aTemplateIsCarriedForTheRowThatGetsAnEntry() {
    let rows = ["a", "b"].map {
      RoleMapping(roleARN: arn($0), username: "system:x:{{SessionName}}")
    }
    let entry = AccessEntry(principalARN: arn("a"), username: "x:{{SessionName}}")
    let plan = plan(rows, [binding("view", .user, "system:x:bob")], entries: [entry]).plan
    #expect(plan.items.map(\.decision) == [.differs, .create])
    #expect(plan.bindings.flatMap(\.binding.subjects).map(\.name) == ["x:bob"])
  }

  @Test func namesThatWereChosenAreTaken() {
    let rows = [
      RoleMapping(roleARN: arn("a"), username: "a", groups: ["system:x"]),
      RoleMapping(roleARN: arn("b"), username: "system:ops", groups: ["system:devs"]),
    ]
    let (plan, _) = plan(
      rows, [], MigrationOptions(usernames: ["a": "ops"], groupNames: ["system:x": "devs"]))
    #expect(plan.created.map(\.groups) == [["devs"], ["migrated-devs"]])
    #expect(plan.created.map(\.username) == ["ops", "migrated:ops"])
  }

  @Test func newNamesDoNotMeetEachOther() {
    let rows = [
      RoleMapping(roleARN: arn("a"), username: "system:x:{{SessionName}}"),
      RoleMapping(roleARN: arn("b"), username: "eks:x:bob"),
    ]
    let (plan, proof) = plan(rows, [binding("z", .user, "eks:x:bob")])
    #expect(plan.created.map(\.username) == ["x:{{SessionName}}", "migrated:x:bob"])
    #expect(verdicts(proof) == [.equalPermissions])
  }

  @Test func usersWhoseNamesCannotBeKeptAreAChoice() {
    let row = RoleMapping(roleARN: arn("a"), username: "k:{{AccessKeyID}}")
    let bound = plan([row], [binding("z", .user, "k:AKIA")]).plan
    #expect(bound.items.map(\.decision) == [.needsChoice])
    #expect(bound.items.first?.reasons.contains(.usersAreBound(["k:AKIA"])) == true)
    #expect(plan([row], []).plan.items.map(\.decision) == [.create])
  }

  @Test func aUsernameThatWasChosenGetsTheBindings() {
    let row = RoleMapping(roleARN: arn("a"), username: "a")
    let (plan, proof) = plan(
      [row], [binding("z", .user, "a")], MigrationOptions(usernames: ["a": "b"]))
    #expect(plan.bindings.flatMap(\.binding.subjects).map(\.name) == ["b"])
    #expect(verdicts(proof) == [.equalPermissions])
  }

  @Test func aUserWithAnotherPathIsSomebodyElse() {
    var directory = IAMDirectory()
    directory.add([.init(arn: "arn:aws:iam::444455556666:user/eng/bob")])
    let row = UserMapping(userARN: "arn:aws:iam::444455556666:user/bob", username: "bob")
    let item = plan([], [], directory: directory, users: [row]).plan.items.first
    #expect(item?.decision == .unused)
    #expect(item?.reasons == [.userHasPath("arn:aws:iam::444455556666:user/eng/bob")])
  }

  @Test func accountsWhosePrincipalsAreKnownAreNoLoss() {
    var directory = IAMDirectory()
    directory.add([.init(arn: arn("a"))])
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop"),
      configMap: AWSAuthConfigMap(accounts: ["444455556666"]), directory: directory)
    let plan = MigrationPlanner(input).plan
    #expect(plan.items.map(\.decision) == [.create] && plan.proof(from: input).changes == [])
  }

  /// The same bytes count, as in Kubernetes, not the same characters.
  @Test func namesAreComparedByTheirBytes() {
    let row = RoleMapping(roleARN: arn("a"), username: "a", groups: ["system:caf\u{E9}"])
    let (plan, _) = plan([row], [binding("z", .group, "system:cafe\u{301}")])
    #expect(plan.bindings == [])
  }
}
