/// What somebody may do: rules for the whole cluster and, beyond them, for namespaces.
public struct ScopedRules: Sendable, Hashable {
  /// A role that a binding gives and whose rules are not known.
  public struct UnknownRole: Sendable, Hashable {
    /// The role.
    public var role: RoleReference
    /// The namespace in which it is given; `nil` for the whole cluster.
    public var namespace: String?

    /// Makes a role whose rules are not known.
    public init(role: RoleReference, namespace: String?) {
      self.role = RoleReference(kind: role.kind, name: role.name)
      self.namespace = namespace
    }
  }

  /// The rules for the whole cluster, also for what lies in no namespace and for paths.
  public var cluster: [PolicyRule]
  /// The further rules for the objects of a namespace.
  public var namespaces: [String: [PolicyRule]]
  /// The roles whose rules are not known.
  public var unknown: Set<UnknownRole>

  /// Makes rules.
  public init(
    cluster: [PolicyRule] = [], namespaces: [String: [PolicyRule]] = [:],
    unknown: Set<UnknownRole> = []
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
  /// What RBAC lets a user do, without what the API server gives `system:masters` past RBAC.
  ///
  /// - Parameters:
  ///   - user: The username.
  ///   - groups: The groups; the API server adds `system:authenticated`, and so does this.
  /// - Returns: The rules by their scopes.
  public func rules(ofUser user: String, inGroups groups: [String]) -> ScopedRules {
    rules(of: bindings(ofUser: user, inGroups: groups + [WellKnownGroups.authenticated.name]))
  }

  /// What bindings give.
  public func rules(of bindings: some Sequence<Binding>) -> ScopedRules {
    var scoped = ScopedRules()
    for binding in bindings {
      if let rules = rules(of: binding.binding.roleRef, in: binding.namespace) {
        scoped.add(rules, in: binding.namespace)
      } else {
        scoped.unknown.insert(
          .init(role: binding.binding.roleRef, namespace: binding.namespace))
      }
    }
    return scoped
  }
}
