import Foundation
import KubernetesRBAC
import TestSupport
import Testing
import YAMLSource

/// What the RBAC authorizer and the comparison of rules of Kubernetes answer.
@Suite(.enabled(if: TestData.external != nil)) struct RBACVectorsTests {
  private struct Authorization: Decodable {
    struct User: Decodable {
      var name: String
      var groups: [String]
    }
    struct Answer: Decodable {
      var allowed: Bool
      var by: [String]
    }
    var id: String
    var objects: ObjectList
    var fixtures: [String]?
    var user: User
    var request: Request
    var expect: Answer
  }

  @Test func bindingsGiveWhatTheyGiveInACluster() throws {
    // Those of the node authorizer and of access policies are not about bindings alone.
    let cases = try TestData.rbacVectors("authz", as: Authorization.self) {
      $0["nodeAuthorizer"] == nil && $0["accessPolicies"] == nil
    }
    #expect(cases.count > 130)
    for vector in cases {
      let hasDefaults = vector.fixtures?.contains("bootstrap") == true
      let index = RBACIndex(
        hasDefaults ? vector.objects.objects.addingDefaults() : vector.objects.objects)
      var granting = index.bindings(
        ofUser: vector.user.name,
        inGroups: vector.user.groups
          + (vector.user.name == "system:anonymous" ? ["system:unauthenticated"] : [])
      ).filter { binding in
        guard binding.isOfCluster || binding.namespace == vector.request.namespace,
          let rules = index.rules(of: binding.grant)
        else { return false }
        return vector.request.isAllowed(by: rules)
      }.map { binding in
        (binding.namespace.map { "RoleBinding/\($0)/" } ?? "ClusterRoleBinding/")
          + binding.object.metadata.name
      }
      if vector.user.groups.contains("system:masters") {
        granting.append("authorizer/system:masters")
      }
      #expect(Set(granting) == Set(vector.expect.by), "\(vector.id)")
      #expect(granting.isEmpty != vector.expect.allowed, "\(vector.id)")
    }
  }

  private struct Coverage: Decodable {
    struct Answer: Decodable {
      var covered: Bool
      var uncovered: [String]
    }
    var id: String
    var owner: [PolicyRule]
    var servant: [PolicyRule]
    var expect: Answer
  }

  @Test func rulesCoverWhatTheyCoverInTheEscalationCheck() throws {
    // The others name roles and policies in place of rules.
    let cases = try TestData.rbacVectors("covers", as: Coverage.self) {
      $0["owner"] is [Any] && $0["servant"] is [Any]
    }
    #expect(cases.count > 40)
    for vector in cases {
      let missing = vector.servant.permissions(beyond: vector.owner).map(\.description)
      #expect(Set(missing) == Set(vector.expect.uncovered), "\(vector.id)")
      #expect(missing.isEmpty == vector.expect.covered, "\(vector.id)")
    }
  }

  @Test func theDefaultRolesAreTheRecordedOnes() throws {
    let recorded = try recordedDefaultRoles()
    let defaults = DefaultRBAC.objects()
    #expect(Set(recorded.keys) == Set(defaults.clusterRoles.map(\.metadata.name)))
    for role in defaults.clusterRoles {
      let rules = try #require(recorded[role.metadata.name])
      #expect(role.rules.permissions(beyond: rules) == [], "\(role.metadata.name)")
      #expect(rules.permissions(beyond: role.rules) == [], "\(role.metadata.name)")
    }
  }
}

/// The request of a case: for a resource or a path.
private struct Request: Decodable {
  var verb: String
  var path: String?
  var apiGroup: String?
  var resource: String?
  var subresource: String?
  var namespace: String?
  var name: String?

  func isAllowed(by rules: [PolicyRule]) -> Bool {
    rules.contains { rule in
      if let path { return rule.allows(verb, path: path) }
      return rule.allows(
        verb, group: apiGroup ?? "", resource: resource ?? "", subresource: subresource,
        name: name ?? "")
    }
  }
}

/// The recorded default ClusterRoles.
private func recordedDefaultRoles() throws -> [String: [PolicyRule]] {
  let file = try #require(TestData.external).appendingPathComponent(
    "facts/rbac-data/bootstrap-clusterroles.yaml")
  let root = try #require(YAMLStream(TestData.bytes(file)).documents.first?.root)
  let roles = try #require(root.value(of: "clusterRoles")).elements
  return Dictionary(
    uniqueKeysWithValues: roles.map { role in
      (
        role.value(of: "name")?.string ?? "",
        role.value(of: "rules")?.elements.map { rule($0) } ?? []
      )
    })
}

private func rule(_ node: YAMLNode) -> PolicyRule {
  func list(_ key: StaticString) -> [String] { node.value(of: key)?.elements.map(\.string) ?? [] }
  return PolicyRule(
    apiGroups: list("apiGroups"), resources: list("resources"),
    resourceNames: list("resourceNames"), nonResourceURLs: list("nonResourceURLs"),
    verbs: list("verbs"))
}
