import EKSAccess
import KubernetesRBAC
import Testing

@Suite struct PermissionComparisonTests {
  private static let reader = ClusterRole(
    metadata: .init(name: "reader"),
    rules: [PolicyRule(apiGroups: [""], resources: ["pods"], verbs: ["get"])])

  private func bound(
    _ role: String, to kind: Subject.Kind, _ name: String, in namespace: String? = nil
  ) -> RBACIndex.Binding {
    RBACIndex.Binding(
      RoleBinding(
        metadata: .init(name: "b", namespace: namespace),
        roleRef: .init(kind: "ClusterRole", name: role), subjects: [Subject(kind: kind, name: name)]
      ), isOfCluster: namespace == nil)
  }

  private func compare(
    _ before: KubernetesIdentity, _ after: KubernetesIdentity, _ bindings: [RBACIndex.Binding],
    policies: [AccessPolicyAssociation] = [], with added: [RBACIndex.Binding] = []
  ) -> PermissionComparison {
    let rbac = RBACIndex(RBACObjects(clusterRoles: [Self.reader]).addingDefaults())
      .adding(bindings)
    return PermissionComparison(
      before: .init(identity: before, rbac: rbac),
      after: .init(identity: after, policies: policies, rbac: rbac.adding(added)))
  }

  private func policy(_ name: String, _ scope: AccessScope) -> AccessPolicyAssociation {
    .init(policyARN: "arn:aws:eks::aws:cluster-access-policy/\(name)", scope: scope)
  }

  @Test func eachUserOfATemplateIsComparedByName() {
    let result = compare(
      .init(username: "dev:{{SessionName}}"), .init(username: "ops:{{SessionName}}"),
      [bound("reader", to: .user, "dev:ann", in: "shop"), bound("reader", to: .user, "ops:bob")])
    #expect(result.verdict == .changed)
    #expect(result.lost.map(\.description) == ["shop: get pods as dev:ann"])
    #expect(result.gained.map(\.description) == ["cluster: get pods as ops:bob"])
    #expect(result.sideEffects == [.usernameChanges])
  }

  @Test func whatEverybodyLosesIsNotSaidOfEachUser() {
    let result = compare(
      .init(username: "dev:{{SessionName}}", groups: ["g"]), .init(username: "dev:{{SessionName}}"),
      [
        bound("reader", to: .group, "g"), bound("reader", to: .group, "g", in: "shop"),
        bound("view", to: .user, "dev:ann", in: "web"),
      ])
    #expect(result.lost.map(\.description) == ["cluster: get pods"])
  }

  @Test func aPatternOfAPolicyReachesTheNamespacesOfBindings() {
    let groups = KubernetesIdentity(username: "u", groups: ["g"])
    let none = KubernetesIdentity(username: "u")
    let bindings = [bound("reader", to: .group, "g", in: "dev-a")]
    let inside = compare(
      groups, none, bindings, policies: [policy("AmazonEKSViewPolicy", .namespaces(["dev-*"]))])
    #expect(inside.verdict == .gained && inside.lost == [])
    #expect(inside.gained.contains { $0.description == "dev-*: get pods" })
    let outside = compare(
      groups, none, bindings, policies: [policy("AmazonEKSViewPolicy", .namespaces(["test-*"]))])
    #expect(outside.lost.map(\.description) == ["dev-a: get pods"])
  }

  @Test func aRoleThatIsNotKnownIsNoLossWhereItStays() {
    let bindings = [bound("missing", to: .group, "g"), bound("missing", to: .group, "h")]
    let user = KubernetesIdentity(username: "u", groups: ["g"])
    #expect(
      compare(user, .init(username: "u", groups: ["h"]), bindings).verdict == .equalPermissions)
    let gone = compare(user, .init(username: "u"), bindings)
    #expect(gone.verdict == .unknown)
    #expect(gone.unknown.map(\.description) == ["cluster: ClusterRole missing"])
    #expect(compare(.init(username: "u"), user, bindings).verdict == .gained)
  }

  @Test func whoCreatesRoleBindingsByAPolicyAloneIsSaid() {
    let admin = KubernetesIdentity(username: "u", groups: ["g"])
    func effects(_ name: String) -> [PermissionComparison.SideEffect] {
      compare(
        admin, .init(username: "u"), [bound("admin", to: .group, "g", in: "shop")],
        policies: [policy(name, .namespaces(["shop"]))]
      ).sideEffects
    }
    #expect(effects("AmazonEKSAdminPolicy").contains(.cannotBind))
    #expect(!effects("AmazonEKSClusterAdminPolicy").contains(.cannotBind))
    // Who cannot create them has nothing to be told.
    #expect(!effects("AmazonEKSViewPolicy").contains(.cannotBind))
  }

  @Test func leavingMastersIsASideEffectAlone() {
    let result = compare(
      .init(username: "u", groups: ["system:masters"]), .init(username: "u"), [],
      policies: [policy("AmazonEKSClusterAdminPolicy", .cluster)])
    #expect(result.verdict == .equalPermissions)
    #expect(result.sideEffects == [.groupsChange, .leavesMasters, .permissionsLeaveRBAC])
  }

  @Test func bindingsThatAreAddedCount() {
    let user = KubernetesIdentity(username: "u", groups: ["g"])
    #expect(compare(user, user, []).verdict == .identicalIdentity)
    let added = compare(user, user, [], with: [bound("reader", to: .group, "g")])
    #expect(added.verdict == .gained)
    #expect(added.gained.map(\.description) == ["cluster: get pods"])
  }

  @Test func whoIsNotAuthenticatedLacksTheGroup() {
    let result = compare(
      .init(username: "u", groups: ["system:unauthenticated"]), .init(username: "u"),
      [bound("reader", to: .group, "system:authenticated")])
    #expect(result.gained.contains { $0.description == "cluster: get pods" })
  }
}
