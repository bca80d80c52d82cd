import KubernetesRBAC

extension PermissionComparison {
  /// The rules that are known, and what gives others.
  struct KnownRules {
    var rules: ScopedRules
    var policies: [AccessPolicyAssociation]

    /// What gives rules that are not known, here and not on the other side.
    func unknown(beyond other: KnownRules) -> [Unknown] {
      let roles = rules.unknown.filter { unknown in
        !other.rules.unknown.contains(unknown)
          && !other.rules.unknown.contains(.init(role: unknown.role, namespace: nil))
      }
      return roles.sorted {
        ($0.namespace ?? "", $0.role.name) < ($1.namespace ?? "", $1.role.name)
      }
      .map(Unknown.role)
        + policies.filter { policy in
          !other.policies.contains {
            $0.policyARN == policy.policyARN && $0.scope.covers(policy.scope)
          }
        }.map(Unknown.policy)
    }
  }
}

extension PermissionComparison.Side {
  var template: UsernameTemplate { UsernameTemplate(identity.username) }

  /// The groups without the one that everybody has.
  var groups: Set<String> {
    Set(identity.groups).subtracting([WellKnownGroups.authenticated.name])
  }

  /// The namespaces in which something is given, with the patterns of policies.
  var namespaces: Set<String> {
    let bound = rbac.bindings(ofUser: identity.username, inGroups: groups).compactMap(\.namespace)
    let users = template.isConstant() ? [] : rbac.users(of: template)
    let boundToUsers = users.flatMap { rbac.bindings(ofUser: $0.name) }.compactMap(\.namespace)
    return Set(bound + boundToUsers + policies.flatMap(\.scope.namespaces))
  }

  /// Whether everything that decides what the principal may do is the same.
  func isSame(as other: Self) -> Bool {
    guard identity.username == other.identity.username, groups == other.groups,
      Set(policies) == Set(other.policies)
    else { return false }
    func bindings(_ side: Self) -> [RBACIndex.Binding] {
      side.rbac.bindings(ofUser: identity.username, inGroups: groups.sorted())
        + (template.isConstant() ? [] : side.rbac.users(of: template))
        .flatMap { side.rbac.bindings(ofUser: $0.name) }
    }
    return bindings(self) == bindings(other)
  }

  /// The rules of a user of the template.
  ///
  /// - Parameters:
  ///   - username: The username; `nil` for one whom no binding names.
  ///   - namespaces: The namespaces to look at.
  /// - Returns: The rules of RBAC and of the access policies.
  func rules(
    of username: String?, in namespaces: [String]
  ) -> PermissionComparison.KnownRules {
    var rules = rbacRules(of: username)
    var unknown: [AccessPolicyAssociation] = []
    for policy in policies {
      guard let known = AccessPolicyARN(policy.policyARN)?.policy?.rules else {
        unknown.append(policy)
        continue
      }
      if policy.scope.kind == .cluster {
        rules.add(known, in: nil)
      } else {
        for namespace in namespaces where policy.scope.covers(namespace: namespace) {
          rules.add(known, in: namespace)
        }
      }
    }
    return .init(rules: rules, policies: unknown)
  }

  private func rbacRules(of username: String?) -> ScopedRules {
    var rules = rbac.rules(ofUser: username ?? "", inGroups: groups.sorted())
    if groups.contains(WellKnownGroups.masters.name) {
      rules.add(ScopedRules.everything.cluster, in: nil)
    }
    return rules
  }

  /// Whether the principal can give away roles somewhere where on the other side it may create
  /// RoleBindings and has nothing to give: for each of them Kubernetes asks RBAC whether somebody
  /// has what it gives, or everybody who decides for the verb `bind`.
  func bindsBeyond(_ other: Self) -> Bool {
    ([nil] + namespaces.sorted()).contains { namespace in
      let new = other.binding(in: namespace)
      return binding(in: namespace).isAllowed && new.isCreation && !new.isAllowed
    }
  }

  /// Whether RoleBindings can be created, and whether roles can be given by them.
  private func binding(in namespace: String?) -> (isCreation: Bool, isAllowed: Bool) {
    let username = template.isConstant() ? identity.username : nil
    func rules(_ scoped: ScopedRules) -> [PolicyRule] {
      namespace.map { scoped.rules(in: $0) } ?? scoped.cluster
    }
    let all = rules(self.rules(of: username, in: namespace.map { [$0] } ?? []).rules)
    return (
      all.allow("create", "rolebindings"),
      all.allow("bind", "clusterroles")
        || rules(rbacRules(of: username)).allow("create", "rolebindings")
    )
  }
}

extension [PolicyRule] {
  fileprivate func allow(_ verb: String, _ resource: String) -> Bool {
    contains { $0.allows(verb, group: RBACObjects.apiGroup, resource: resource, name: "") }
  }
}
