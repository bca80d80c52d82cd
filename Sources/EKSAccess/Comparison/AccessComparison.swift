public import KubernetesRBAC

/// What changes for the principals of a cluster when its mappings change.
///
/// Both sides are resolved as EKS resolves them: entries before rows, the last of two rows with
/// one ARN, nothing of rows that match nobody.
public struct AccessComparison: Sendable, Hashable {
  /// A principal on both sides.
  public struct Change: Sendable, Hashable {
    /// What the principal had; `nil` for one that is new.
    public var before: AccessGrant?
    /// What it has; `nil` for one that is gone.
    public var after: AccessGrant?
    /// What the rules of roles and policies tell, where they are known and the principal can log in
    /// on both sides. Nodes are not judged by them.
    public var permissions: PermissionComparison?

    /// Makes a pair of what a principal had and has.
    public init(
      before: AccessGrant? = nil, after: AccessGrant? = nil,
      permissions: PermissionComparison? = nil
    ) {
      self.before = before
      self.after = after
      self.permissions = permissions
    }

    /// The principal, as it is written now, or else as it was.
    public var principal: String { after?.principal ?? before?.principal ?? "" }
    /// Whether nodes use the principal, on one of the sides.
    public var isNode: Bool { before?.isNode ?? false || after?.isNode ?? false }
  }

  /// The principals that lost, gained or changed something: nodes first, then those who lose
  /// access, then by ARN.
  public let changes: [Change]
  /// How many principals are the same.
  public let unchangedCount: Int

  /// Compares the mappings of a cluster before and after a change.
  ///
  /// - Parameters:
  ///   - before: The mappings before the change.
  ///   - after: The mappings after it.
  ///   - rbac: The roles and bindings of both sides; `nil` when they are not known. Groups and
  ///     policies are then compared by their names.
  ///   - isComplete: Whether there are no other bindings. Otherwise whoever loses a group that none
  ///     names is judged by the names of groups.
  public init(
    before: IdentityResolver, after: IdentityResolver,
    rbac: (before: RBACIndex, after: RBACIndex)? = nil, isComplete: Bool = true
  ) {
    var pairs: [PrincipalKey: Change] = [:]
    for grant in before.grants { pairs[PrincipalKey(grant.principal)] = Change(before: grant) }
    for grant in after.grants {
      pairs[PrincipalKey(grant.principal), default: Change()].after = grant
    }
    var judge = rbac.map { PermissionJudge($0.before, $0.after, isComplete: isComplete) }
    let changes = pairs.values.map { change in
      var change = change
      change.permissions = judge?.permissions(of: change)
      return change
    }.filter { !$0.isNothing }
    self.changes = changes.sorted(by: Change.comesFirst)
    unchangedCount = pairs.count - changes.count
  }

  /// The principals that lose access.
  public var losses: [Change] { changes.filter(\.losesAccess) }
}

extension AccessComparison.Change {
  /// What becomes of a principal.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// It can log in and could not before.
    case gained
    /// It cannot log in any more.
    case lost
    /// It gets other groups, policies or another username.
    case changed
  }

  /// What becomes of the principal.
  public var kind: Kind {
    switch (before, after) {
    case (nil, _): .gained
    case (_, nil): .lost
    default: .changed
    }
  }

  /// The groups that are gone, without those that nothing depends on: nodes with an access entry
  /// do not need `system:bootstrappers`, and a policy for everything stands in for
  /// `system:masters`.
  public var lostGroups: [String] {
    guard let before, let after else { return before?.identity?.groups ?? [] }
    let kept = after.identity?.groups ?? []
    return (before.identity?.groups ?? []).unique.filter { group in
      if kept.contains(group) || group == "system:authenticated" { return false }
      if group == "system:bootstrappers" {
        return !(after.isNode && after.row.source == .accessEntries)
      }
      return !(group == "system:masters" && after.isClusterAdmin)
    }
  }

  /// The groups that are new.
  public var gainedGroups: [String] {
    let had = before?.identity?.groups ?? []
    return (after?.identity?.groups ?? []).unique.filter { !had.contains($0) }
  }

  /// The policies that are gone and that no other one with a wider scope stands in for.
  public var lostPolicies: [AccessPolicyAssociation] {
    let kept = after?.policies ?? []
    return (before?.policies ?? []).filter { old in
      if after?.identity?.groups.contains("system:masters") == true { return false }
      return !kept.contains { $0.policyARN == old.policyARN && $0.scope.covers(old.scope) }
    }
  }

  /// The policies that are new, or that have a wider scope.
  public var gainedPolicies: [AccessPolicyAssociation] {
    let had = before?.policies ?? []
    return (after?.policies ?? []).filter { new in
      !had.contains { $0.policyARN == new.policyARN && $0.scope.covers(new.scope) }
    }
  }

  /// Whether the username is another one.
  public var changesUsername: Bool {
    guard let before, let after else { return false }
    return before.identity?.username != after.identity?.username
  }

  /// Whether the principal can do less, or nobody can tell: it is gone; it may not do something any
  /// more that it may do now; or, where rules are not known, it loses a group or policy.
  public var losesAccess: Bool {
    if let permissions { return permissions.verdict == .changed || permissions.verdict == .unknown }
    return kind == .lost || !lostGroups.isEmpty || !lostPolicies.isEmpty
  }

  fileprivate var isNothing: Bool {
    if let permissions { return permissions.verdict == .identicalIdentity }
    return kind == .changed && !changesUsername && lostGroups.isEmpty && gainedGroups.isEmpty
      && lostPolicies.isEmpty && gainedPolicies.isEmpty
  }

  fileprivate static func comesFirst(_ left: Self, _ right: Self) -> Bool {
    func rank(_ change: Self) -> Int { change.losesAccess ? (change.isNode ? 0 : 1) : 2 }
    if rank(left) != rank(right) { return rank(left) < rank(right) }
    return left.principal.utf8.lexicographicallyPrecedes(right.principal.utf8)
  }
}

extension Array where Element: Hashable {
  fileprivate var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
