/// Finds the bindings of users and groups, and the rules of their roles, as the RBAC authorizer of
/// Kubernetes does (`pkg/registry/rbac/validation/rule.go`).
public struct RBACIndex: Sendable {
  /// A binding, of a namespace or of the cluster.
  public struct Binding: Sendable, Hashable {
    /// The object; of one of the cluster the namespace does not count.
    public let object: RoleBinding
    /// Whether it is a ClusterRoleBinding.
    public let isOfCluster: Bool

    /// Makes a binding.
    public init(_ object: RoleBinding, isOfCluster: Bool) {
      self.object = object
      self.isOfCluster = isOfCluster
    }

    /// Makes a binding of the cluster.
    public init(_ object: ClusterRoleBinding) {
      self.init(
        RoleBinding(
          metadata: object.metadata, roleRef: object.roleRef, subjects: object.subjects),
        isOfCluster: true)
    }

    /// The namespace in which it holds; `nil` for the whole cluster.
    public var namespace: String? {
      isOfCluster ? nil : object.metadata.namespace ?? "default"
    }

    /// What it gives.
    public var grant: RoleGrant { RoleGrant(object.roleRef, in: namespace) }
  }

  /// All bindings.
  public private(set) var bindings: [Binding] = []
  private var grants: [RoleGrant] = []
  private var byGroup: [ExactText: [Int]] = [:]
  private var byUser: [ExactText: [Int]] = [:]
  /// In the order of their bytes, so that those with one beginning stand together.
  private var users: [String] = []
  private let roles: RoleRules

  /// Looks through roles and bindings.
  public init(_ objects: RBACObjects) {
    roles = RoleRules(objects)
    append(
      objects.clusterRoleBindings.map { Binding($0) }
        + objects.roleBindings.map { Binding($0, isOfCluster: false) })
  }

  /// The same roles and bindings with further bindings.
  public func adding(_ bindings: [Binding]) -> RBACIndex {
    guard !bindings.isEmpty else { return self }
    var index = self
    index.append(bindings)
    return index
  }

  private mutating func append(_ new: [Binding]) {
    for binding in new {
      for subject in binding.object.subjects {
        if subject.kind == .group {
          byGroup[ExactText(subject.name), default: []].append(bindings.count)
        } else if let username = subject.username(in: binding.namespace) {
          byUser[ExactText(username), default: []].append(bindings.count)
        }
      }
      bindings.append(binding)
      grants.append(binding.grant)
    }
    users = byUser.keys.map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The bindings that name a group, each once.
  public func bindings(ofGroup group: String) -> [Binding] {
    Self.unique(byGroup[ExactText(group)] ?? []).map { bindings[$0] }
  }

  /// The bindings that name a user, each once.
  public func bindings(ofUser user: String) -> [Binding] {
    Self.unique(byUser[ExactText(user)] ?? []).map { bindings[$0] }
  }

  /// The bindings that name a user or one of the groups, each once.
  ///
  /// - Parameters:
  ///   - user: The username.
  ///   - groups: The groups of the mapping; those that the API server adds are counted too.
  /// - Returns: The bindings.
  public func bindings(ofUser user: String, inGroups groups: [String]) -> [Binding] {
    indices(ofUser: user, inGroups: groups).map { bindings[$0] }
  }

  /// The roles that a user has by itself or by one of the groups, as ``bindings(ofUser:inGroups:)``.
  public func grants(ofUser user: String, inGroups groups: [String]) -> [RoleGrant] {
    indices(ofUser: user, inGroups: groups).map { grants[$0] }
  }

  /// The users whom bindings name and whose names begin with a text.
  package func users(beginningWith beginning: String) -> ArraySlice<String> {
    users.withPrefix(beginning)
  }

  /// The rules of a role, those for paths too where they hold nowhere.
  ///
  /// - Parameter grant: The role, and where it is given.
  /// - Returns: The rules; `nil` where the role is not known, or known with several sets of rules.
  public func rules(of grant: RoleGrant) -> [PolicyRule]? {
    roles.rules(of: grant.role, in: grant.namespace)
  }

  /// Whether the rules of a role are put together from others, of which a cluster can have more
  /// than are known here.
  package func isOpenEnded(_ role: RoleReference) -> Bool {
    role.kind == "ClusterRole" && roles.isOpenEnded(role.name)
  }

  private func indices(ofUser user: String, inGroups groups: [String]) -> [Int] {
    var all = byUser[ExactText(user)] ?? []
    for group in groups + Self.addedGroups(user, groups) { all += byGroup[ExactText(group)] ?? [] }
    return Self.unique(all)
  }

  /// What the API server adds to the groups of a user
  /// (`authentication/group/authenticated_group_adder.go`).
  private static func addedGroups(_ user: String, _ groups: [String]) -> [String] {
    let isAnonymous =
      user == "system:anonymous" || groups.contains(WellKnownGroups.unauthenticated.name)
    return isAnonymous ? [] : [WellKnownGroups.authenticated.name]
  }

  private static func unique(_ indices: [Int]) -> [Int] {
    guard indices.count > 1 else { return indices }
    var seen: Set<Int> = []
    return indices.filter { seen.insert($0).inserted }
  }
}

extension RBACIndex {
  /// The groups and users to whom another index gives other roles.
  package struct Changes: Sendable {
    fileprivate var groups: Set<ExactText> = []
    fileprivate var users: [String] = []
    fileprivate var concernsEverybody = false
  }

  /// What is different in another index.
  package func changes(to other: RBACIndex) -> Changes {
    func changed(
      _ old: [ExactText: [Int]], _ new: [ExactText: [Int]]
    ) -> [ExactText] {
      Set(old.keys).union(new.keys).filter { name in
        (old[name] ?? []).map { grants[$0] } != (new[name] ?? []).map { other.grants[$0] }
      }
    }
    var changes = Changes()
    changes.groups = Set(changed(byGroup, other.byGroup))
    changes.users = changed(byUser, other.byUser).map(\.text)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    changes.concernsEverybody = roles != other.roles
    return changes
  }
}

extension RBACIndex.Changes {
  /// Whether somebody in groups is concerned, whatever the username.
  package func concern(groups: some Sequence<String>) -> Bool {
    concernsEverybody || self.groups.contains(ExactText(WellKnownGroups.authenticated.name))
      || groups.contains { self.groups.contains(ExactText($0)) }
  }

  /// The users who are concerned and whose names begin with a text.
  package func users(beginningWith beginning: String) -> ArraySlice<String> {
    users.withPrefix(beginning)
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

extension [String] {
  /// The texts that begin with another one, of an array in the order of their bytes.
  package func withPrefix(_ beginning: String) -> ArraySlice<String> {
    self[insertionIndex(of: beginning)...].prefix { $0.utf8.starts(with: beginning.utf8) }
  }

  /// Where a text has its place in an array in the order of their bytes.
  package func insertionIndex(of text: String) -> Int {
    var range = 0..<count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      let isBefore = self[middle].utf8.lexicographicallyPrecedes(text.utf8)
      range = isBefore ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return range.lowerBound
  }
}
