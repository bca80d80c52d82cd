/// What somebody may do: rules for the whole cluster and, beyond them, for namespaces.
public struct ScopedRules: Sendable, Hashable {
  /// The rules for the whole cluster, also for what lies in no namespace and for paths.
  public var cluster: [PolicyRule]
  /// The further rules for the objects of a namespace.
  public var namespaces: [String: [PolicyRule]]
  /// The roles whose rules are not known.
  public var unknown: Set<RoleGrant>

  /// Makes rules.
  public init(
    cluster: [PolicyRule] = [], namespaces: [String: [PolicyRule]] = [:],
    unknown: Set<RoleGrant> = []
  ) {
    self.cluster = cluster
    self.namespaces = namespaces
    self.unknown = unknown
  }

  /// Everything: what the group `system:masters` may do.
  public static let everything = ScopedRules(cluster: [
    PolicyRule(apiGroups: ["*"], resources: ["*"], verbs: ["*"]),
    PolicyRule(nonResourceURLs: ["*"], verbs: ["*"]),
  ])

  /// Adds rules.
  ///
  /// - Parameters:
  ///   - rules: The rules. In a namespace those for paths hold nowhere.
  ///   - namespace: The namespace; `nil` for the whole cluster.
  public mutating func add(_ rules: [PolicyRule], in namespace: String?) {
    guard let namespace else {
      cluster += rules
      return
    }
    namespaces[namespace, default: []] += rules.compactMap { rule in
      guard !rule.nonResourceURLs.isEmpty else { return rule }
      var rule = rule
      rule.nonResourceURLs = []
      return rule.resources.isEmpty ? nil : rule
    }
  }

  /// All rules for the objects of a namespace.
  public func rules(in namespace: String) -> [PolicyRule] {
    cluster + (namespaces[namespace] ?? [])
  }
}

extension RBACIndex {
  /// What roles give.
  ///
  /// - Parameter grants: The roles, and where they are given.
  /// - Returns: The rules by their scopes, without what the API server gives `system:masters` past
  ///   RBAC.
  public func rules(of grants: some Sequence<RoleGrant>) -> ScopedRules {
    var scoped = ScopedRules()
    for grant in grants {
      if let rules = rules(of: grant) {
        scoped.add(rules, in: grant.namespace)
      } else {
        scoped.unknown.insert(grant)
      }
    }
    return scoped
  }
}
