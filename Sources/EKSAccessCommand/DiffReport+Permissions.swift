import EKSAccess
import KubernetesRBAC

extension DiffReport {
  /// What changes for a principal whose permissions are known: a line for each fact.
  func details(
    of change: AccessComparison.Change, _ permissions: PermissionComparison,
    policies: ([AccessPolicyAssociation]) -> [String]
  ) -> [String] {
    var lines = Self.replacement("groups    ", of: change.lostGroups, by: change.gainedGroups)
    lines += Self.replacement(
      "policies  ", of: policies(change.lostPolicies), by: policies(change.gainedPolicies))
    switch permissions.verdict {
    case .identicalIdentity, .equalPermissions: lines.append("may do    what it may do now")
    case .gained where permissions.gained.isEmpty: break
    case .gained: lines.append("may do    what it may do now, and more")
    case .changed: lines += Self.list("loses     ", permissions.lost)
    case .unknown: lines.append("may do    what nobody can tell, since rules are not known")
    }
    lines += Self.list("gains     ", permissions.gained)
    lines += permissions.unknown.map { "unknown   the rules of \($0.description)" }
    lines += permissions.sideEffects.compactMap(\.words)
    return lines
  }

  private static func replacement(
    _ word: String, of old: [String], by new: [String]
  ) -> [String] {
    switch (old.joined(separator: ", "), new.joined(separator: ", ")) {
    case ("", ""): []
    case (let old, ""): [word + "without " + old]
    case ("", let new): [word + "with " + new]
    case (let old, let new): [word + "\(new) in place of \(old)"]
    }
  }

  /// Differences, the verbs for one object together; of many only the first.
  private static func list(
    _ word: String, _ differences: [PermissionComparison.Difference]
  ) -> [String] {
    struct Key: Hashable {
      var object: Permission.Object
      var namespace: String?
      var username: String?
    }
    var order: [Key] = []
    var verbs: [Key: [String]] = [:]
    for difference in differences {
      let key = Key(
        object: difference.permission.object, namespace: difference.namespace,
        username: difference.username)
      if verbs[key] == nil { order.append(key) }
      verbs[key, default: []].append(difference.permission.verb)
    }
    let shown = 8
    var lines = order.prefix(shown).map { key in
      let permission = Permission((verbs[key] ?? []).joined(separator: ","), key.object)
      return word
        + PermissionComparison.Difference(permission, in: key.namespace, as: key.username)
        .description
    }
    if order.count > shown {
      lines.append("          and \(order.count - shown) more, which the JSON of the plan lists")
    }
    return lines
  }
}

extension PermissionComparison.SideEffect {
  /// The line for an effect that the other lines do not tell.
  fileprivate var words: String? {
    switch self {
    case .usernameChanges, .groupsChange, .permissionsLeaveRBAC: nil
    case .leavesMasters:
      "note      out of system:masters, it is not exempt from API Priority and Fairness any more"
    case .cannotBind:
      "note      it cannot give roles by RoleBindings any more: Kubernetes asks RBAC for that"
    }
  }
}
