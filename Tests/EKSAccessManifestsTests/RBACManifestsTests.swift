import EKSAccessManifests
import Foundation
import KubernetesRBAC
import TestSupport
import Testing
import YAMLSource

@Suite struct RBACManifestsTests {
  private static let yaml = """
    kind: Role
    apiVersion: rbac.authorization.k8s.io/v1
    metadata: {name: reader, namespace: shop, labels: {team: shop}}
    rules:
      - apiGroups: [""]
        resources: [pods, "pods/log"]
        verbs: [get]
        resourceNames: [web]
    ---
    kind: ClusterRole
    apiVersion: rbac.authorization.k8s.io/v1
    metadata: {name: all}
    aggregationRule:
      clusterRoleSelectors:
        - matchLabels: {team: shop}
          matchExpressions: [{key: tier, operator: In, values: [a, b]}]
    ---
    kind: RoleBinding
    apiVersion: rbac.authorization.k8s.io/v1
    metadata: {name: readers, namespace: shop}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
    subjects:
      - {kind: Group, apiGroup: rbac.authorization.k8s.io, name: readers}
      - {kind: ServiceAccount, name: web, namespace: shop}
    """
  private static let json = """
    {"kind": "List", "apiVersion": "v1", "items": [
      {"kind": "Role", "apiVersion": "rbac.authorization.k8s.io/v1",
       "metadata": {"name": "reader", "namespace": "shop", "labels": {"team": "shop"}},
       "rules": [{"apiGroups": [""], "resources": ["pods", "pods/log"], "verbs": ["get"],
                  "resourceNames": ["web"]}]},
      {"kind": "ClusterRole", "apiVersion": "rbac.authorization.k8s.io/v1",
       "metadata": {"name": "all"}, "rules": null,
       "aggregationRule": {"clusterRoleSelectors": [
         {"matchLabels": {"team": "shop"},
          "matchExpressions": [{"key": "tier", "operator": "In", "values": ["a", "b"]}]}]}},
      {"kind": "RoleBinding", "apiVersion": "rbac.authorization.k8s.io/v1",
       "metadata": {"name": "readers", "namespace": "shop"},
       "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "reader"},
       "subjects": [
         {"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "readers"},
         {"kind": "ServiceAccount", "name": "web", "namespace": "shop"}]}]}
    """

  private func rbac(_ text: String) -> RBACManifests { ManifestFile(Array(text.utf8)).rbac }

  private func source(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test(arguments: [yaml, json]) func objectsAreReadInEveryForm(text: String) throws {
    let rbac = rbac(text)
    try #require(rbac.roles.count == 2 && rbac.bindings.count == 1)
    let metadata = ObjectMetadata(name: "reader", namespace: "shop", labels: ["team": "shop"])
    let rule = PolicyRule(
      apiGroups: [""], resources: ["pods", "pods/log"], resourceNames: ["web"], verbs: ["get"])
    #expect(rbac.roles[0].role == Role(metadata: metadata, rules: [rule]))
    #expect(rbac.roles[0].clusterRole == nil)
    let selector = LabelSelector(
      matchLabels: ["team": "shop"],
      matchExpressions: [.init(key: "tier", operator: "In", values: ["a", "b"])])
    #expect(
      rbac.roles[1].clusterRole
        == ClusterRole(
          metadata: .init(name: "all"),
          aggregationRule: AggregationRule(clusterRoleSelectors: [selector])))
    #expect(
      rbac.bindings[0].roleBinding
        == RoleBinding(
          metadata: .init(name: "readers", namespace: "shop"),
          roleRef: .init(apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader"),
          subjects: [
            .init(kind: .group, apiGroup: "rbac.authorization.k8s.io", name: "readers"),
            .init(kind: .serviceAccount, name: "web", namespace: "shop"),
          ]))
    #expect(rbac.bindings[0].clusterRoleBinding == nil)
  }

  @Test(arguments: [yaml, json]) func valuesHaveTheirPlaces(text: String) throws {
    let rbac = rbac(text)
    let rule = try #require(rbac.roles.first?.rules.first)
    #expect(
      rule.resources.map { source(text, $0.range).filter { $0 != "\"" } } == [
        "pods", "pods/log",
      ])
    let binding = try #require(rbac.bindings.first)
    #expect(source(text, binding.subjects[1].range).contains("web"))
    #expect(source(text, try #require(binding.roleName).range).contains("reader"))
  }

  @Test func itemsOfATypedListNeedNoKind() {
    let rbac = rbac(
      """
      kind: RoleBindingList
      apiVersion: rbac.authorization.k8s.io/v1
      items:
        - metadata: {name: a, namespace: n}
          roleRef: {kind: ClusterRole, name: view}
          subjects: [{kind: User, name: alice}]
      """)
    #expect(rbac.bindings.map(\.metadata.name) == ["a"])
  }

  @Test func otherObjectsArePassedOver() {
    let rbac = rbac(
      """
      kind: RoleBinding
      apiVersion: authorization.openshift.io/v1
      metadata: {name: a}
      ---
      kind: Role
      apiVersion: iam.example.org/v1
      metadata: {name: a}
      ---
      kind: Deployment
      spec: {roleRef: {kind: Role}}
      ---
      kind: RoleBinding
      apiVersion: rbac.authorization.k8s.io/v1
      metadata: a
      subjects: {kind: User}
      roleRef: [x]
      """)
    #expect(rbac.roles.isEmpty && rbac.bindings.count == 1)
    #expect(rbac.bindings.first?.subjects.isEmpty == true)
  }

  @Test(arguments: [
    ("apiVersion: rbac.authorization.k8s.io/v1", true), ("kind: ClusterRoleBinding\n", true),
    ("RoleBinding", true), ("xRoleBindin RoleBinding", true), ("RoleBindin", false),
    ("rbac.authorization.k8s.i", false), ("rolebinding", false), ("", false),
    ("rrbac.authorization.k8s.io", true), ("RoleRoleBinding", true),
  ])
  func wordsOfRBACAreFound(text: String, found: Bool) {
    #expect(ManifestFile.mentionsRBAC(Array(text.utf8)) == found)
    #expect(ManifestFile.mentionsRBAC(Array(("é: " + text + "  ").utf8)) == found)
  }

  // MARK: Meaning

  @Test(.enabled(if: TestData.external != nil, "no external test data"))
  func
    requestsAreAllowedAsRecorded() throws
  {
    let vectors = try TestData.vectors {
      $0["type"] as? String == "authz" && $0["fixtures"] == nil && $0["accessPolicies"] == nil
        && $0["nodeAuthorizer"] == nil
    }
    try #require(vectors.count > 50)
    for vector in vectors {
      let objects = try (vector["objects"] as? [Any] ?? []).map {
        String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self)
      }
      let rbac = rbac(objects.joined(separator: "\n---\n"))
      let request = try Request(vector)
      guard !rbac.roles.contains(where: { $0.aggregationRule != nil }),
        request.expected.allSatisfy({ $0.contains("/b") })
      else { continue }
      let by = rbac.bindings.filter { request.isAllowed(by: $0, rbac.roles) }
      #expect(
        by.isEmpty == request.expected.isEmpty, "\(vector["id"] ?? ""): \(vector["why"] ?? "")")
    }
  }

  private struct Request {
    var username: String
    var groups: [String]
    var fields: [String: String]
    var expected: [String]

    init(_ vector: [String: Any]) throws {
      let user = try #require(vector["user"] as? [String: Any])
      username = user["name"] as? String ?? ""
      groups = user["groups"] as? [String] ?? []
      let isAnonymous = username == "system:anonymous"
      groups.append(isAnonymous ? "system:unauthenticated" : "system:authenticated")
      fields = (vector["request"] as? [String: Any] ?? [:]).compactMapValues { $0 as? String }
      let expect = try #require(vector["expect"] as? [String: Any])
      expected = expect["by"] as? [String] ?? []
    }

    func isAllowed(by binding: BindingManifest, _ roles: [RoleManifest]) -> Bool {
      let namespace = fields["namespace"] ?? ""
      let own = binding.isOfCluster ? nil : binding.metadata.namespace ?? ""
      if let own, namespace.isEmpty || own != namespace { return false }
      guard
        binding.subjects.contains(where: {
          $0.subject.includes(username: username, groups: groups, bindingNamespace: own)
        })
      else { return false }
      return roles.contains { role in
        role.metadata.name == binding.roleRef.name
          && binding.roleRef.kind == (role.isOfCluster ? "ClusterRole" : "Role")
          && (role.isOfCluster || role.metadata.namespace == own)
          && role.rules.contains { isAllowed(by: $0.rule) }
      }
    }

    private func isAllowed(by rule: PolicyRule) -> Bool {
      let verb = fields["verb"] ?? ""
      if let path = fields["path"] { return rule.allows(verb, path: path) }
      return rule.allows(
        verb, group: fields["apiGroup"] ?? "", resource: fields["resource"] ?? "",
        subresource: fields["subresource"], name: fields["name"] ?? "")
    }
  }

  @Test func valuesAreCoded() throws {
    let rbac = rbac(Self.json)
    let role = try #require(rbac.roles.first?.role)
    let coded = try JSONDecoder().decode(Role.self, from: try JSONEncoder().encode(role))
    #expect(coded == role)
    let items = try #require(
      try JSONSerialization.jsonObject(with: Data(Self.json.utf8)) as? [String: Any])["items"]
    let object = try #require((items as? [Any])?[1])
    let read = try JSONDecoder().decode(
      ClusterRole.self, from: try JSONSerialization.data(withJSONObject: object))
    #expect(read == rbac.roles[1].clusterRole)
  }

  @Test func selectorsMatchLabels() {
    let labels = ["team": "shop", "tier": "a"]
    typealias Requirement = LabelSelector.Requirement
    for (requirement, matches) in [
      (Requirement(key: "tier", operator: "In", values: ["a"]), true),
      (Requirement(key: "tier", operator: "In", values: ["b"]), false),
      (Requirement(key: "none", operator: "NotIn", values: ["b"]), true),
      (Requirement(key: "tier", operator: "NotIn", values: ["a"]), false),
      (Requirement(key: "tier", operator: "Exists"), true),
      (Requirement(key: "tier", operator: "DoesNotExist"), false),
      (Requirement(key: "tier", operator: "exists"), false),
    ] {
      #expect(LabelSelector(matchExpressions: [requirement]).matches(labels) == matches)
    }
    #expect(LabelSelector().matches([:]))
    #expect(!AggregationRule(clusterRoleSelectors: []).selects(labels))
  }

  @Test func resourcesOfTheAPIAreKnown() {
    #expect(APIResources.groups(serving: "deployments") == ["apps"])
    #expect(APIResources.resource("pods", in: "")?.subresources.contains("log") == true)
    #expect(APIResources.resource("nodes", in: "")?.isNamespaced == false)
    #expect(APIResources.resources(in: "example.org") == nil)
    #expect(Set(APIResources.groups).count == APIResources.groups.count)
  }

  @Test func listsInListsAreRead() {
    let text = """
      kind: List
      apiVersion: v1
      items:
        - kind: List
          apiVersion: v1
          items:
            - kind: ClusterRole
              apiVersion: rbac.authorization.k8s.io/v1
              metadata: {name: inner}
        - kind: ClusterRole
          apiVersion: rbac.authorization.k8s.io/v1
          metadata: {name: outer}
      """
    let roles = ManifestFile(Array(text.utf8)).rbac.roles
    #expect(roles.map(\.metadata.name) == ["inner", "outer"])
  }
}
