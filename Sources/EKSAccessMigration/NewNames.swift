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
  private var given: (groups: Set<String>, usernames: Set<String>) = ([], [])
  /// The groups and usernames of rows.
  private let ofRows: (groups: Set<String>, usernames: GivenUsernames)
  /// The rows of the entries that give a group or username: by an earlier migration they have it
  /// in place of an old one.
  private let ofEntries: (groups: [String: [Owner]], usernames: [String: [Owner]])
  private let usernamesOfEntries: GivenUsernames

  init(_ configMap: AWSAuthConfigMap, _ owners: [Owner], _ rbac: RBACIndex?) {
    self.rbac = rbac
    let rows =
      configMap.roles.map { ($0.username, $0.groups) }
      + configMap.users.map { ($0.username, $0.groups) }
    ofRows = (Set(rows.flatMap(\.1)), GivenUsernames(rows.map(\.0)))
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
    if let bound = rbac?.bindings(ofGroup: name), !bound.isEmpty {
      return rbac?.areTwins(.named(old, .group), .named(name, .group)) != true
    }
    return ofRows.groups.contains(name)
      || ofEntries.groups[name]?.contains { $0.identity?.groups.contains(old) != true } == true
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
    if given.usernames.contains(name) { return true }
    if let rbac, case let bound = rbac.users(of: UsernameTemplate(name)), !bound.isEmpty {
      let pairs = rbac.users(of: UsernameTemplate(old), becoming: UsernameTemplate(name))
      let areTwins =
        bound.count == pairs.count && pairs.allSatisfy { rbac.areTwins($0.old, $0.new) }
      if !areTwins { return true }
    }
    if ofRows.usernames.meet(name) { return true }
    guard let owners = ofEntries.usernames[name] else { return usernamesOfEntries.meet(name) }
    return owners.contains {
      $0.identity?.username.replacing("{{AccountID}}", with: account) != old
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

/// Usernames and templates that are given to somebody.
private struct GivenUsernames {
  private let constants: [String]
  private let templates: [String: [UsernameTemplate]]
  private let all: Set<String>

  init(_ usernames: [String]) {
    all = Set(usernames)
    let known = all.map(UsernameTemplate.init)
    constants = known.filter { $0.isConstant() }.map(\.text).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    templates = Dictionary(grouping: known.filter { !$0.isConstant() }, by: \.beginning)
  }

  /// Whether somebody has a username, or can have one of a template.
  func meet(_ username: String) -> Bool {
    if all.contains(username) { return true }
    let template = UsernameTemplate(username)
    guard template.isConstant() else {
      return constants.withPrefix(template.beginning).contains {
        template.values(rendering: $0) != nil
      }
    }
    let bytes = Array(username.utf8)
    return (0...bytes.count).contains { end in
      templates[String(decoding: bytes[..<end], as: UTF8.self)]?
        .contains { $0.values(rendering: username) != nil } == true
    }
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
