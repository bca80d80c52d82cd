import KubernetesRBAC
import TestSupport
import Testing

@Suite struct CoverageTests {
  @Test func aPermissionIsWrittenAsPeopleSayIt() {
    let rule = PolicyRule(
      apiGroups: ["", "apps"], resources: ["pods/log"], resourceNames: ["a"],
      nonResourceURLs: ["/healthz"], verbs: ["get"])
    #expect(
      rule.permissions.map(\.description) == [
        "get pods/log[a]", "get pods/log.apps[a]", "get /healthz",
      ])
  }

  @Test func allPathsBelowTheRootAreAllPaths() {
    let all = [PolicyRule(nonResourceURLs: ["*"], verbs: ["get"])]
    let root = [PolicyRule(nonResourceURLs: ["/*"], verbs: ["get"])]
    #expect(all.permissions(beyond: root) == [] && root.permissions(beyond: all) == [])
  }

  @Test func whatIsMissingIsSaidOnce() {
    let rule = PolicyRule(apiGroups: [""], resources: ["pods"], verbs: ["get"])
    #expect([rule, rule].permissions(beyond: [PolicyRule]()).count == 1)
  }

  /// Over random rules: where nothing is missing, every request is allowed by both; and what is
  /// missing, one allows and the other does not, at least for a name that nobody has named.
  @Test func nothingIsMissed() {
    var random = SeededGenerator(1)
    var covered = 0
    for _ in 0..<4000 {
      let own = (0..<2).map { _ in Self.rule(&random) }
      let others = (0..<3).map { _ in Self.rule(&random) }
      let missing = own.permissions(beyond: others)
      #expect(missing.isEmpty == others.cover(own))
      for permission in missing {
        #expect(Self.allow(own, permission) && !Self.allow(others, permission), "\(permission)")
      }
      guard missing.isEmpty else { continue }
      covered += 1
      for verb in Self.verbs {
        for group in Self.groups {
          for (resource, subresource) in Self.requests {
            for name in ["", "a", "b"] {
              func isAllowed(_ rules: [PolicyRule]) -> Bool {
                rules.contains {
                  $0.allows(
                    verb, group: group, resource: resource, subresource: subresource, name: name)
                }
              }
              if isAllowed(own) { #expect(isAllowed(others), "\(own) \(others)") }
            }
          }
        }
        for path in ["/", "/a", "/a/b", "/ab"]
        where own.contains(where: { $0.allows(verb, path: path) }) {
          #expect(others.contains { $0.allows(verb, path: path) }, "\(own) \(others)")
        }
      }
    }
    #expect(covered > 200)
  }

  /// Whether rules allow what a permission does, with a new word in the place of each `*`.
  private static func allow(_ rules: [PolicyRule], _ permission: Permission) -> Bool {
    func word(_ text: String) -> String { text == "*" ? "new" : text }
    let verb = word(permission.verb)
    switch permission.object {
    case .path(let path):
      let path = path == "*" ? "/new" : path.replacing("*", with: "new")
      return rules.contains { $0.allows(verb, path: path) }
    case .resource(let group, let resource, let name):
      let parts = resource.split(separator: "/").map { word(String($0)) }
      return rules.contains {
        $0.allows(
          verb, group: word(group), resource: parts[0], subresource: parts.dropFirst().first,
          name: name ?? "new")
      }
    }
  }

  private static let verbs = ["get", "list", "escalate"]
  private static let groups = ["", "apps"]
  private static let requests: [(String, String?)] = [
    ("pods", nil), ("pods", "log"), ("pods", "scale"), ("nodes", nil), ("nodes", "scale"),
  ]

  private static func rule(_ random: inout SeededGenerator) -> PolicyRule {
    func some(_ values: [String], upTo count: Int) -> [String] {
      (0..<Int.random(in: 1...count, using: &random)).compactMap { _ in
        values.randomElement(using: &random)
      }
    }
    if Int.random(in: 0..<6, using: &random) == 0 {
      return PolicyRule(
        nonResourceURLs: some(["*", "/*", "/a", "/a/*", "/a*"], upTo: 2),
        verbs: some(["*", "get", "list"], upTo: 2))
    }
    return PolicyRule(
      apiGroups: some(["", "apps", "*", "*"], upTo: 2),
      resources: some(["pods", "pods/log", "*/scale", "*", "nodes", "*"], upTo: 3),
      resourceNames: Bool.random(using: &random) ? [] : some(["a", "b"], upTo: 2),
      verbs: some(["get", "list", "*", "*"], upTo: 2))
  }
}
