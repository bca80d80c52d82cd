/// Finds the bindings of users and groups, and the rules of their roles, as the RBAC authorizer of
/// Kubernetes does (`pkg/registry/rbac/validation/rule.go`).
public struct RBACIndex: Sendable {
  /// A binding, of a namespace or of the cluster.
  public struct Binding: Sendable, Hashable {
    /// The binding. One of the cluster has no namespace.
    public let binding: RoleBinding
    /// Whether it is a ClusterRoleBinding.
    public let isOfCluster: Bool

    /// Makes a binding.
    public init(binding: RoleBinding, isOfCluster: Bool) {
      self.binding = binding
      self.isOfCluster = isOfCluster
    }

    /// The namespace in which it holds; `nil` for the whole cluster.
    public var namespace: String? {
      isOfCluster ? nil : binding.metadata.namespace ?? "default"
    }
  }

  /// All bindings.
  public let bindings: [Binding]
  /// The groups that bindings name.
  public var groups: Set<String> { Set(byGroup.keys) }

  private let byGroup: [String: [Int]]
  private let byUser: [String: [Int]]
  /// In the order of their bytes, so that those with one beginning stand together.
  private let users: [String]
  private let roles: RoleRules

  /// Looks through roles and bindings.
  public init(_ objects: RBACObjects) {
    bindings =
      objects.clusterRoleBindings.map { binding in
        var metadata = binding.metadata
        metadata.namespace = nil
        return Binding(
          binding: RoleBinding(
            metadata: metadata, roleRef: binding.roleRef, subjects: binding.subjects),
          isOfCluster: true)
      } + objects.roleBindings.map { Binding(binding: $0, isOfCluster: false) }
    var byGroup: [String: [Int]] = [:]
    var byUser: [String: [Int]] = [:]
    for (index, binding) in bindings.enumerated() {
      for subject in binding.binding.subjects {
        if subject.kind == .group {
          byGroup[subject.name, default: []].append(index)
        } else if let username = subject.username(in: binding.namespace) {
          byUser[username, default: []].append(index)
        }
      }
    }
    self.byGroup = byGroup
    self.byUser = byUser
    users = byUser.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    roles = RoleRules(objects)
  }

  /// The bindings that name a group, each once.
  public func bindings(ofGroup group: String) -> [Binding] { bindings(at: byGroup[group] ?? []) }

  /// The bindings that name a user, each once.
  public func bindings(ofUser user: String) -> [Binding] { bindings(at: byUser[user] ?? []) }

  /// The bindings that name a user or one of the groups, each once.
  public func bindings(
    ofUser user: String, inGroups groups: some Sequence<String>
  ) -> [Binding] {
    bindings(at: groups.reduce(into: byUser[user] ?? []) { $0 += byGroup[$1] ?? [] })
  }

  /// The users whom bindings name and whose names begin with a text.
  public func users(beginningWith beginning: String) -> ArraySlice<String> {
    users.withPrefix(beginning)
  }

  /// The rules of a role, those for paths too where they hold nowhere.
  ///
  /// - Parameters:
  ///   - role: The role.
  ///   - namespace: The namespace of the binding that gives it; `nil` for a ClusterRoleBinding.
  /// - Returns: The rules; `nil` where the role is not known, or known with several sets of rules.
  public func rules(of role: RoleReference, in namespace: String?) -> [PolicyRule]? {
    roles.rules(of: role, in: namespace)
  }

  /// Whether the role of a binding is put together from others, of which a cluster can have more
  /// than are known here.
  public func mayGrow(_ binding: Binding) -> Bool {
    binding.binding.roleRef.kind == "ClusterRole"
      && roles.isComputed(binding.binding.roleRef.name)
  }

  private func bindings(at indices: [Int]) -> [Binding] {
    var seen: Set<Int> = []
    return indices.filter { seen.insert($0).inserted }.map { bindings[$0] }
  }
}

extension [String] {
  /// The texts that begin with another one, of an array in the order of their bytes.
  package func withPrefix(_ beginning: String) -> ArraySlice<String> {
    let bytes = beginning.utf8
    var range = 0..<count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      let isBefore = self[middle].utf8.lexicographicallyPrecedes(bytes)
      range = isBefore ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return self[range.lowerBound...].prefix { $0.utf8.starts(with: bytes) }
  }
}

extension Subject {
  /// The username that the subject stands for, if it is no group.
  fileprivate func username(in namespace: String?) -> String? {
    switch kind {
    case .user: name
    case .serviceAccount:
      (self.namespace ?? namespace).map { "system:serviceaccount:\($0):\(name)" }
    default: nil
    }
  }
}
