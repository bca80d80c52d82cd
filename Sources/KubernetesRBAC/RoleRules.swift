/// The rules of roles, with those that aggregated ClusterRoles are put together from.
struct RoleRules: Sendable, Equatable {
  private struct Name: Hashable {
    let namespace: String
    let name: String
  }

  private let clusterRoles: [String: [ClusterRole]]
  private var roles: [Name: [[PolicyRule]]] = [:]
  /// The rules of the ClusterRoles that others are put together from.
  private var aggregated: [String: [PolicyRule]] = [:]
  /// The ClusterRoles that can have rules of roles that are not known.
  private var openEnded: Set<String> = []

  init(_ objects: RBACObjects) {
    clusterRoles = Dictionary(grouping: objects.clusterRoles, by: \.metadata.name)
    for role in objects.roles {
      let name = Name(
        namespace: role.metadata.namespace ?? "default", name: role.metadata.name)
      roles[name, default: []].append(role.rules)
    }
    for role in objects.clusterRoles where role.aggregationRule != nil {
      let rules = Self.rules(of: role, among: objects.clusterRoles)
      if role.isComputed { aggregated[role.metadata.name] = rules }
      // One that was read from a cluster, beside a file with more that is to be put into it.
      if role.isComputed || !role.rules.cover(rules) { openEnded.insert(role.metadata.name) }
    }
  }

  /// The rules of a role; `nil` where it is not known, or written in several ways.
  func rules(of reference: RoleReference, in namespace: String?) -> [PolicyRule]? {
    switch reference.kind {
    case "ClusterRole":
      if let rules = aggregated[reference.name] { return rules }
      return clusterRoles[reference.name].flatMap { Self.agreed($0.map(\.rules)) }
    case "Role":
      guard let namespace else { return nil }
      return roles[Name(namespace: namespace, name: reference.name)].flatMap(Self.agreed)
    default: return nil
    }
  }

  /// Whether a ClusterRole can have rules that are not known.
  func isOpenEnded(_ name: String) -> Bool { openEnded.contains(name) }

  private static func agreed(_ rules: [[PolicyRule]]) -> [PolicyRule]? {
    rules.allSatisfy { $0 == rules[0] } ? rules[0] : nil
  }

  /// What the controller writes into an aggregated role in the end: the rules of all roles that
  /// its selectors reach, also over other aggregated ones, but never its own.
  private static func rules(of role: ClusterRole, among roles: [ClusterRole]) -> [PolicyRule] {
    var rules: [PolicyRule] = []
    var known: Set<PolicyRule> = []
    var reached: Set<String> = [role.metadata.name]
    var pending = [role]
    while let next = pending.popLast() {
      for source in roles
      where next.aggregationRule?.selects(source.metadata.labels) == true
        && reached.insert(source.metadata.name).inserted
      {
        if source.isComputed {
          pending.append(source)
        } else {
          rules += source.rules.filter { known.insert($0).inserted }
        }
      }
    }
    return rules
  }
}

extension ClusterRole {
  /// Whether the rules are those of other roles. A default role that has rules was read from a
  /// cluster, with all that its controller found there.
  fileprivate var isComputed: Bool {
    aggregationRule != nil && (rules.isEmpty || metadata.labels[DefaultRBAC.label] == nil)
  }
}
