/// One verb on one resource or path: what rules are taken apart into when they are compared.
public struct Permission: Sendable, Hashable {
  /// What the verb is for.
  public enum Object: Sendable, Hashable {
    /// A resource as in `pods` and `pods/log`, all of it or the object of one name. `*` stands as
    /// it is written in rules.
    case resource(group: String, resource: String, name: String?)
    /// A path that is no resource, with a `*` at its end for any rest.
    case path(String)
  }

  /// The verb; `*` is any.
  public var verb: String
  /// What the verb is for.
  public var object: Object

  /// Makes a permission.
  public init(_ verb: String, _ object: Object) {
    self.verb = verb
    self.object = object
  }
}

extension Permission: CustomStringConvertible {
  /// The permission in a few words, such as `get pods/log`, `list deployments.apps`,
  /// `update leases.coordination.k8s.io[leader]` and `get /healthz`.
  public var description: String {
    switch object {
    case .path(let path): "\(verb) \(path)"
    case .resource(let group, let resource, let name):
      "\(verb) \(resource)" + (group.isEmpty ? "" : ".\(group)") + (name.map { "[\($0)]" } ?? "")
    }
  }
}

extension PolicyRule {
  /// What the rule allows, each combination of its lists; none where a list that is needed is empty.
  public var permissions: [Permission] {
    var permissions: [Permission] = []
    let names = resourceNames.isEmpty ? [nil] : resourceNames.map(Optional.some)
    for group in apiGroups {
      for resource in resources {
        for name in names {
          permissions += verbs.map {
            Permission($0, .resource(group: group, resource: resource, name: name))
          }
        }
      }
    }
    for path in nonResourceURLs {
      permissions += verbs.map { Permission($0, .path(path)) }
    }
    return permissions
  }

  /// Whether the rule allows all that a permission does: each `*` of the permission needs one here.
  ///
  /// The comparison is that of Kubernetes' escalation check, `policy_comparator.go` of
  /// `k8s.io/component-helpers`, but that `/*` is as good as `*`, since all paths begin with `/`.
  public func covers(_ permission: Permission) -> Bool {
    guard verbs.contains(where: { $0 == "*" || $0 == permission.verb }) else { return false }
    switch permission.object {
    case .path(let path):
      return resourceNames.isEmpty
        && nonResourceURLs.contains { Self.path($0, covers: path == "*" ? "/*" : path) }
    case .resource(let group, let resource, let name):
      return apiGroups.contains { $0 == "*" || $0 == group }
        && resources.contains { Self.resource($0, covers: resource) }
        && (resourceNames.isEmpty || name.map(resourceNames.contains) ?? false)
    }
  }

  private static func resource(_ written: String, covers resource: String) -> Bool {
    if written == "*" || written == resource { return true }
    guard written.utf8.starts(with: "*/".utf8),
      let slash = resource.utf8.firstIndex(of: UInt8(ascii: "/"))
    else { return false }
    return written.utf8.dropFirst().elementsEqual(resource.utf8[slash...])
  }
}

extension Collection<PolicyRule> {
  /// What these rules allow and the others do not: each permission once, in the order of the rules.
  ///
  /// Nothing is missed: where the result is empty, every request that these rules allow the others
  /// allow too. A permission with a `*` counts as missing where the others name everything that
  /// there is one by one, since what there is can change.
  ///
  /// - Parameter others: The rules to compare with.
  /// - Returns: The permissions that no rule of the others covers.
  public func permissions(beyond others: some Collection<PolicyRule>) -> [Permission] {
    var seen: Set<Permission> = []
    return flatMap(\.permissions).filter { permission in
      seen.insert(permission).inserted && !others.contains { $0.covers(permission) }
    }
  }

  /// Whether every request that other rules allow these allow too; see ``permissions(beyond:)``.
  public func cover(_ others: some Collection<PolicyRule>) -> Bool {
    others.allSatisfy { rule in
      rule.permissions.allSatisfy { permission in contains { $0.covers(permission) } }
    }
  }
}
