import EKSAccess
import KubernetesRBAC

/// New names for groups and usernames that EKS refuses: always the same for one old name, and none
/// by which somebody would become somebody else.
struct NewNames {
  /// A row that EKS uses or that an entry replaces, and the entry.
  struct Owner {
    let identity: KubernetesIdentity?
    let entry: AccessEntry
  }

  private let rbac: RBACIndex?
  private var groups: [String: String] = [:]
  private var usernames: [String: String] = [:]
  /// The names that were chosen, by somebody or here.
  private var given: (groups: Set<String>, usernames: GivenUsernames)
  /// The groups and usernames of rows.
  private let ofRows: (groups: Set<String>, usernames: GivenUsernames)
  /// The rows of the entries that give a group or username: by an earlier migration they have it
  /// in place of an old one.
  private let ofEntries: (groups: [String: [Owner]], usernames: [String: [Owner]])
  private let usernamesOfEntries: GivenUsernames

  init(
    _ configMap: AWSAuthConfigMap, _ owners: [Owner], _ rbac: RBACIndex?,
    _ options: MigrationOptions
  ) {
    self.rbac = rbac
    given = (
      Set(options.groupNames.values), GivenUsernames(Array(options.usernames.values))
    )
    let rows =
      configMap.roles.map { ($0.roleARN, $0.username, $0.groups) }
      + configMap.users.map { ($0.userARN, $0.username, $0.groups) }
    ofRows = (
      Set(rows.flatMap { row in row.2.map { $0.withAccount(of: row.0) } }),
      GivenUsernames(rows.map { $0.1.withAccount(of: $0.0) })
    )
    var groups: [String: [Owner]] = [:]
    var usernames: [String: [Owner]] = [:]
    for owner in owners {
      for group in owner.entry.groups { groups[group, default: []].append(owner) }
      if let username = owner.entry.username { usernames[username, default: []].append(owner) }
    }
    ofEntries = (groups, usernames)
    usernamesOfEntries = GivenUsernames(owners.compactMap(\.entry.username))
  }

  /// A name without a reserved prefix for a group.
  mutating func group(for old: String) -> String {
    if let name = groups[old] { return name }
    var name = Self.withoutReservedPrefix(old)
    if name.isEmpty || isTaken(group: name, for: old) { name = "migrated-" + name }
    while isTaken(group: name, for: old) { name += "-2" }
    given.groups.insert(name)
    groups[old] = name
    return name
  }

  private func isTaken(group name: String, for old: String) -> Bool {
    if given.groups.contains(name) { return true }
    let owners = ofEntries.groups[name] ?? []
    let isOfOthers = owners.contains { $0.identity?.groups.contains(old) != true }
    if let rbac, !rbac.bindings(ofGroup: name).isEmpty {
      // The old bindings may be gone by now.
      let isDone =
        !owners.isEmpty && !isOfOthers && !ofRows.groups.contains(name)
        && rbac.bindings(ofGroup: old).isEmpty
      return !isDone && !rbac.areTwins(.named(old, .group), .named(name, .group))
    }
    return ofRows.groups.contains(name) || isOfOthers
  }

  /// A username in place of one that EKS refuses.
  ///
  /// - Parameters:
  ///   - old: The username that EKS refuses, with the account filled in.
  ///   - nearest: The nearest one that it takes.
  ///   - account: The account that is filled in.
  /// - Returns: The nearest username, or one with a prefix where that is somebody else's.
  mutating func username(for old: String, nearest: String, account: String) -> String {
    if let name = usernames[old] { return name }
    var name = nearest
    // No session name holds a colon, so a template meets the name with it only where it begins so.
    while isTaken(username: name, for: old, account) { name = "migrated:" + name }
    given.usernames.insert(name)
    usernames[old] = name
    return name
  }

  private func isTaken(username name: String, for old: String, _ account: String) -> Bool {
    if given.usernames.meet(name) { return true }
    if let rbac, case let bound = rbac.users(of: UsernameTemplate(name)), !bound.isEmpty {
      let pairs = rbac.users(of: UsernameTemplate(old), becoming: UsernameTemplate(name))
      let areTwins =
        bound.count == pairs.count && pairs.allSatisfy { rbac.areTwins($0.old, $0.new) }
      if !areTwins { return true }
    }
    if ofRows.usernames.meet(name) { return true }
    guard let owners = ofEntries.usernames[name] else { return usernamesOfEntries.meet(name) }
    return owners.contains {
      $0.identity?.username.withAccount(account) != old
    }
  }

  static func withoutReservedPrefix(_ name: String) -> String {
    var name = Substring(name)
    while let prefix = AccessEntryValidator.reservedPrefix(of: String(name)) {
      name = name.dropFirst(prefix.count)
    }
    return String(name)
  }
}

extension RBACIndex {
  /// The users of a template whom bindings name, and what another template makes of them.
  func users(
    of old: UsernameTemplate, becoming new: UsernameTemplate
  ) -> [(old: Subject, new: Subject)] {
    users(of: old).map { user in
      (.named(user.name, .user), .named(new.filled(with: user.values), .user))
    }
  }
}
