import KubernetesRBAC

/// What gives somebody permissions: roles by bindings, access policies, and `system:masters`.
struct Grants {
  /// One of them.
  enum Grant: Hashable {
    case role(RoleGrant)
    case policy(AccessPolicyAssociation)
    case everything
  }

  /// Each once.
  private(set) var list: [Grant]
  private let rbac: RBACIndex

  init(_ list: [Grant], _ rbac: RBACIndex) {
    var seen: Set<Grant> = []
    self.list = list.filter { seen.insert($0).inserted }
    self.rbac = rbac
  }

  var isEmpty: Bool { list.isEmpty }

  /// Those that the other side has not, or not with the same rules.
  func beyond(_ other: Grants) -> Grants {
    let known = Set(other.list)
    return Grants(
      list.filter { grant in
        guard known.contains(grant) else { return true }
        guard case .role(let role) = grant else { return false }
        return rbac.rules(of: role) != other.rbac.rules(of: role)
      }, rbac)
  }

  /// The namespaces in which something is given, with the patterns of policies.
  var namespaces: Set<String> {
    list.reduce(into: []) { namespaces, grant in
      switch grant {
      case .role(let role): if let namespace = role.namespace { namespaces.insert(namespace) }
      case .policy(let policy): namespaces.formUnion(policy.scope.namespaces)
      case .everything: break
      }
    }
  }

  /// The rules that are given, and what gives rules that are not known.
  func rules(in namespaces: Set<String>) -> KnownRules {
    var known = KnownRules()
    known.rules = rbac.rules(
      of: list.compactMap { if case .role(let role) = $0 { role } else { nil } })
    for grant in list {
      switch grant {
      case .everything: known.rules.add(ScopedRules.everything.cluster, in: nil)
      case .policy(let policy): known.add(policy, in: namespaces)
      case .role: break
      }
    }
    return known
  }
}

/// The rules that are known, and the policies whose rules are not.
struct KnownRules {
  var rules = ScopedRules()
  private(set) var policies: [AccessPolicyAssociation] = []

  mutating func add(_ policy: AccessPolicyAssociation, in namespaces: Set<String>) {
    guard let rules = AccessPolicyARN(policy.policyARN)?.policy?.rules else {
      policies.append(policy)
      return
    }
    if policy.scope.kind == .cluster { return self.rules.add(rules, in: nil) }
    for namespace in namespaces where policy.scope.covers(namespace: namespace) {
      self.rules.add(rules, in: namespace)
    }
  }

  /// What gives rules that are not known, here and not on the other side.
  func unknown(beyond other: KnownRules) -> [PermissionComparison.Unknown] {
    let roles = rules.unknown.filter { role in
      !other.rules.unknown.contains(role)
        && !other.rules.unknown.contains(RoleGrant(role.role, in: nil))
    }
    return roles.sorted { $0.description < $1.description }.map(PermissionComparison.Unknown.role)
      + policies.filter { policy in
        !other.policies.contains {
          $0.policyARN == policy.policyARN && $0.scope.covers(policy.scope)
        }
      }.map(PermissionComparison.Unknown.policy)
  }
}

extension PermissionComparison.Side {
  var template: UsernameTemplate { UsernameTemplate(identity.username) }

  /// The groups without the one that everybody has.
  var groups: Set<String> {
    Set(identity.groups).subtracting([WellKnownGroups.authenticated.name])
  }

  /// Whether username, groups and policies are the same.
  func isNamed(as other: Self) -> Bool {
    identity.username == other.identity.username && groups == other.groups
      && Set(policies) == Set(other.policies)
  }

  /// What a user of the template is given.
  ///
  /// - Parameter username: The username; `nil` for one whom no binding names.
  /// - Returns: Roles of bindings and access policies.
  func grants(of username: String?) -> Grants {
    Grants(rbacGrants(of: username) + policies.map { .policy($0) }, rbac)
  }

  private func rbacGrants(of username: String?) -> [Grants.Grant] {
    let isMaster = groups.contains(WellKnownGroups.masters.name)
    return (isMaster ? [.everything] : [])
      + rbac.grants(ofUser: username ?? "", inGroups: groups.sorted()).map { .role($0) }
  }

  /// Whether the principal can give away roles somewhere where on the other side it may create
  /// RoleBindings and has nothing to give: for each of them Kubernetes asks RBAC whether somebody
  /// has what it gives, or everybody who decides for the verb `bind`.
  func bindsBeyond(_ other: Self) -> Bool {
    guard !Set(other.policies).isSubset(of: policies) else { return false }
    let username = template.isConstant() ? identity.username : nil
    let namespaces = grants(of: username).namespaces.sorted()
    return ([nil] + namespaces).contains { namespace in
      let new = other.binding(in: namespace)
      return new.isCreation && !new.isAllowed && binding(in: namespace).isAllowed
    }
  }

  /// Whether RoleBindings can be created, and whether roles can be given by them.
  private func binding(in namespace: String?) -> (isCreation: Bool, isAllowed: Bool) {
    let username = template.isConstant() ? identity.username : nil
    func rules(_ grants: Grants) -> [PolicyRule] {
      let rules = grants.rules(in: namespace.map { [$0] } ?? []).rules
      return namespace.map { rules.rules(in: $0) } ?? rules.cluster
    }
    let all = rules(grants(of: username))
    return (
      all.allow("create", "rolebindings"),
      all.allow("bind", "clusterroles")
        || rules(Grants(rbacGrants(of: username), rbac)).allow("create", "rolebindings")
    )
  }
}

extension [PolicyRule] {
  fileprivate func allow(_ verb: String, _ resource: String) -> Bool {
    contains { $0.allows(verb, group: RBACObjects.apiGroup, resource: resource, name: "") }
  }
}
