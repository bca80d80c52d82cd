import KubernetesRBAC
import Testing

@Suite struct RBACIndexTests {
  private static let pods = [PolicyRule(apiGroups: [""], resources: ["pods"], verbs: ["get"])]
  private static let secrets = [PolicyRule(apiGroups: [""], resources: ["secrets"], verbs: ["get"])]

  private static func objects(
    _ roles: [ClusterRole], _ reference: RoleReference, in namespace: String? = nil
  ) -> RBACObjects {
    let subjects = [Subject(kind: .group, name: "g"), Subject(kind: .user, name: "u")]
    return namespace.map { namespace in
      RBACObjects(
        clusterRoles: roles,
        roleBindings: [
          RoleBinding(
            metadata: .init(name: "b", namespace: namespace), roleRef: reference,
            subjects: subjects)
        ])
    }
      ?? RBACObjects(
        clusterRoles: roles,
        clusterRoleBindings: [
          ClusterRoleBinding(metadata: .init(name: "b"), roleRef: reference, subjects: subjects)
        ])
  }

  private static func role(
    _ name: String, _ rules: [PolicyRule], labels: [String: String] = [:],
    from label: String? = nil
  ) -> ClusterRole {
    ClusterRole(
      metadata: .init(name: name, labels: labels), rules: rules,
      aggregationRule: label.map {
        AggregationRule(clusterRoleSelectors: [LabelSelector(matchLabels: [$0: "true"])])
      })
  }

  private static func rules(_ index: RBACIndex) -> ScopedRules {
    index.rules(of: index.grants(ofUser: "u", inGroups: []))
  }

  private static let view = RoleReference(kind: "ClusterRole", name: "view")

  @Test func aBindingCountsOnceForUserAndGroup() {
    let index = RBACIndex(Self.objects([Self.role("view", Self.pods)], Self.view))
    #expect(index.bindings(ofUser: "u", inGroups: ["g", "g"]).count == 1)
    #expect(index.rules(of: index.grants(ofUser: "u", inGroups: ["g"])).cluster == Self.pods)
  }

  @Test func pathsHoldInTheWholeClusterAlone() {
    let rules = [PolicyRule(nonResourceURLs: ["/healthz"], verbs: ["get"])]
    let index = RBACIndex(
      Self.objects([Self.role("view", rules + Self.pods)], Self.view, in: "shop"))
    let scoped = Self.rules(index)
    #expect(scoped.cluster == [] && scoped.namespaces == ["shop": Self.pods])
    #expect(scoped.rules(in: "shop") == Self.pods && scoped.rules(in: "other") == [])
  }

  @Test func aRoleThatIsNotKnownIsSaid() {
    let index = RBACIndex(Self.objects([], Self.view, in: "shop"))
    #expect(
      Self.rules(index).unknown == [
        RoleGrant(Self.view, in: "shop")
      ])
    // Two files that disagree do not tell either.
    let both = RBACIndex(
      Self.objects([Self.role("view", Self.pods), Self.role("view", Self.secrets)], Self.view))
    #expect(Self.rules(both).unknown.count == 1)
  }

  @Test func aDefaultRoleReadFromAClusterIsCompleteByItself() {
    let label = "rbac.authorization.k8s.io/aggregate-to-view"
    let written = Self.role(
      "view", Self.secrets, labels: [DefaultRBAC.label: "rbac-defaults"], from: label)
    let objects = Self.objects([written], Self.view).addingDefaults()
    #expect(Self.rules(RBACIndex(objects)).cluster.contains(Self.secrets[0]))
    let computed = Self.objects([Self.role("view", Self.secrets, from: label)], Self.view)
    let rules = Self.rules(RBACIndex(computed.addingDefaults())).cluster
    #expect(!rules.contains(Self.secrets[0]) && rules.count > 10)
  }

  @Test func olderVersionsGiveLess() {
    func view(_ version: KubernetesVersion?) -> [PolicyRule] {
      let objects = Self.objects([], Self.view).addingDefaults(of: version)
      return Self.rules(RBACIndex(objects)).cluster
    }
    let (older, newer) = (view(KubernetesVersion("1.30")), view(KubernetesVersion("v1.31.2")))
    #expect(older.permissions(beyond: newer) == [])
    #expect(
      Set(newer.permissions(beyond: older).map(\.description)) == [
        "get events.events.k8s.io", "list events.events.k8s.io", "watch events.events.k8s.io",
        "get resourceclaims.resource.k8s.io", "list resourceclaims.resource.k8s.io",
        "watch resourceclaims.resource.k8s.io", "get resourceclaims/status.resource.k8s.io",
        "list resourceclaims/status.resource.k8s.io",
        "watch resourceclaims/status.resource.k8s.io",
        "get resourceclaimtemplates.resource.k8s.io",
        "list resourceclaimtemplates.resource.k8s.io",
        "watch resourceclaimtemplates.resource.k8s.io",
      ])
    #expect(newer == view(nil))
  }

  @Test func usersOfOneBeginningStandTogether() {
    let subjects = ["dev:b", "ops:a", "dev:a", "dev", "é"].map { Subject(kind: .user, name: $0) }
    let binding = ClusterRoleBinding(
      metadata: .init(name: "b"), roleRef: Self.view,
      subjects: subjects + [Subject(kind: .serviceAccount, name: "s", namespace: "n")])
    let index = RBACIndex(RBACObjects(clusterRoleBindings: [binding]))
    #expect(Array(index.users(beginningWith: "dev:")) == ["dev:a", "dev:b"])
    #expect(Array(index.users(beginningWith: "")).count == 6)
    #expect(index.users(beginningWith: "zz").isEmpty)
    #expect(index.bindings(ofUser: "system:serviceaccount:n:s").count == 1)
  }

  @Test(arguments: [("1.33", "1.33"), ("v1.30.4-eks-abc", "1.30"), ("1", nil), ("x.y", nil)])
  func versionsAreRead(text: String, expected: String?) {
    #expect(KubernetesVersion(text)?.description == expected)
  }
}
