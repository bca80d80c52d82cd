public import KubernetesRBAC

/// What a principal may do in the cluster before and after a change of its identity, its access
/// policies or the bindings.
///
/// Rules are compared by coverage, so that a `*` is equal to another `*` alone; names of roles do
/// not count. Nodes get most of their permissions past RBAC and are not to be compared in this way.
public struct PermissionComparison: Sendable, Hashable {
  /// A principal on one side of the change, and the roles and bindings there.
  public struct Side: Sendable {
    /// The username, which may be a template, and the groups, which are taken as they stand.
    public var identity: KubernetesIdentity
    /// The access policies.
    public var policies: [AccessPolicyAssociation]
    /// The roles and bindings.
    public var rbac: RBACIndex

    /// Makes a side.
    public init(
      identity: KubernetesIdentity, policies: [AccessPolicyAssociation] = [], rbac: RBACIndex
    ) {
      self.identity = identity
      self.policies = policies
      self.rbac = rbac
    }
  }

  /// The result in one word, from the strongest on.
  public enum Verdict: String, Sendable, Hashable, Codable, CaseIterable {
    /// Username, groups, policies and bindings are the same, so that everything else that asks for
    /// them decides the same too.
    case identicalIdentity = "identical-identity"
    /// The permissions are the same.
    case equalPermissions = "equal-permissions"
    /// Something is allowed that was not, and nothing is lost.
    case gained
    /// Something is lost.
    case changed
    /// The rules of a role or policy are not known that is gone, and nothing is known to be lost.
    case unknown
  }

  /// Something that one side allows and the other does not.
  public struct Difference: Sendable, Hashable {
    /// What is allowed.
    public var permission: Permission
    /// The namespace, which may be a pattern of an access policy; `nil` for the whole cluster.
    public var namespace: String?
    /// The user of a template who alone is concerned; `nil` for all.
    public var username: String?

    /// Makes a difference.
    public init(_ permission: Permission, in namespace: String? = nil, as username: String? = nil) {
      self.permission = permission
      self.namespace = namespace
      self.username = username
    }
  }

  /// A change that no rule shows.
  public enum SideEffect: String, Sendable, Hashable, Codable, CaseIterable {
    /// Audit logs and whatever else asks for usernames see another one.
    case usernameChanges = "username-changes"
    /// Admission policies and whatever else asks for groups see others.
    case groupsChange = "groups-change"
    /// `system:masters` is asked past all authorizers and exempt from API Priority and Fairness.
    case leavesMasters = "leaves-system-masters"
    /// What access policies give, tools that ask for the rules of RBAC do not see.
    case permissionsLeaveRBAC = "permissions-leave-rbac"
    /// Who may create RoleBindings by an access policy alone has no role to give with them, since
    /// the escalation check asks RBAC.
    case cannotBind = "cannot-create-role-bindings"
  }

  /// Rules that are not known.
  public enum Unknown: Sendable, Hashable {
    /// Those of a role.
    case role(RoleGrant)
    /// Those of an access policy.
    case policy(AccessPolicyAssociation)
  }

  /// The result in one word.
  public let verdict: Verdict
  /// What is not allowed any more.
  public let lost: [Difference]
  /// What is allowed now and was not.
  public let gained: [Difference]
  /// What one side has and the other has not, without its rules being known.
  public let unknown: [Unknown]
  /// What changes besides.
  public let sideEffects: [SideEffect]

  /// Compares what a principal may do on both sides.
  public init(before: Side, after: Side) {
    sideEffects = Self.sideEffects(before, after)
    var isSame = before.isNamed(as: after)
    var lost = Differences()
    var gained = Differences()
    var unknown: (lost: [Unknown], gained: [Unknown]) = ([], [])
    for user in Self.users(before, after) {
      let old = before.grants(of: user.old)
      let new = after.grants(of: user.new)
      // What both sides give in the same words need not be taken apart.
      let (onlyOld, onlyNew) = (old.beyond(new), new.beyond(old))
      if onlyOld.isEmpty, onlyNew.isEmpty { continue }
      isSame = false
      let namespaces = old.namespaces.union(new.namespaces)
      let (oldRules, newRules) = (old.rules(in: namespaces), new.rules(in: namespaces))
      lost.add(onlyOld.rules(in: namespaces).rules, beyond: newRules.rules, as: user.name)
      gained.add(onlyNew.rules(in: namespaces).rules, beyond: oldRules.rules, as: user.name)
      unknown.lost += oldRules.unknown(beyond: newRules).filter { !unknown.lost.contains($0) }
      unknown.gained += newRules.unknown(beyond: oldRules).filter { !unknown.gained.contains($0) }
    }
    self.lost = lost.list
    self.gained = gained.list
    self.unknown = unknown.lost + unknown.gained
    verdict =
      if isSame { .identicalIdentity } else if !lost.list.isEmpty {
        .changed
      } else if !unknown.lost.isEmpty {
        .unknown
      } else if !gained.list.isEmpty || !unknown.gained.isEmpty { .gained } else {
        .equalPermissions
      }
  }

  /// The users to compare, each as both sides name it: one whom no binding names but by a template
  /// without variables, and each of a template whom one names on either side.
  private static func users(_ before: Side, _ after: Side) -> [User] {
    let (old, new) = (before.template, after.template)
    var users = [
      User(
        name: nil, old: old.isConstant() ? old.text : nil, new: new.isConstant() ? new.text : nil)
    ]
    if !old.isConstant() {
      users += before.rbac.users(of: old).map {
        User(name: $0.name, old: $0.name, new: new.filled(with: $0.values))
      }
    }
    if !new.isConstant() {
      users += after.rbac.users(of: new).map {
        User(name: $0.name, old: old.filled(with: $0.values), new: $0.name)
      }
    }
    return users
  }

  private struct User {
    var name: String?
    var old: String?
    var new: String?
  }

  private static func sideEffects(_ before: Side, _ after: Side) -> [SideEffect] {
    func isMaster(_ side: Side) -> Bool { side.groups.contains(WellKnownGroups.masters.name) }
    var effects: [SideEffect] = []
    if before.identity.username != after.identity.username { effects.append(.usernameChanges) }
    if before.groups != after.groups { effects.append(.groupsChange) }
    if isMaster(before), !isMaster(after) { effects.append(.leavesMasters) }
    if !Set(after.policies).isSubset(of: before.policies) { effects.append(.permissionsLeaveRBAC) }
    if before.bindsBeyond(after) { effects.append(.cannotBind) }
    return effects
  }
}

extension PermissionComparison.Difference: CustomStringConvertible {
  /// The difference in a few words, such as `cluster: get pods` and `shop: create pods/exec`.
  public var description: String {
    "\(namespace ?? "cluster"): \(permission)" + (username.map { " as \($0)" } ?? "")
  }
}

extension PermissionComparison.Unknown: CustomStringConvertible {
  /// What is not known, such as `cluster: ClusterRole viewers`.
  public var description: String {
    switch self {
    case .role(let role): role.description
    case .policy(let policy): "\(policy.scope): \(policy.policyARN)"
    }
  }
}

/// What rules allow beyond others, for everybody and then for single users.
private struct Differences {
  private(set) var list: [PermissionComparison.Difference] = []
  private var known: Set<PermissionComparison.Difference> = []

  mutating func add(_ rules: ScopedRules, beyond others: ScopedRules, as user: String?) {
    for permission in rules.cluster.permissions(beyond: others.cluster) {
      add(permission, in: nil, as: user)
    }
    for (namespace, own) in rules.namespaces.sorted(by: { $0.key < $1.key }) {
      // What the whole cluster gives too is said of it, if it is to be said.
      let known = others.rules(in: namespace) + rules.cluster
      for permission in own.permissions(beyond: known) {
        add(permission, in: namespace, as: user)
      }
    }
  }

  /// What holds in the whole cluster is not said again of a namespace, nor what holds for
  /// everybody of a user.
  private mutating func add(_ permission: Permission, in namespace: String?, as user: String?) {
    let wider = [(nil, nil), (namespace, nil), (nil, user)].map { namespace, user in
      PermissionComparison.Difference(permission, in: namespace, as: user)
    }
    let difference = PermissionComparison.Difference(permission, in: namespace, as: user)
    guard known.isDisjoint(with: wider), known.insert(difference).inserted else { return }
    list.append(difference)
  }
}
