import KubernetesRBAC

/// The rows of a ConfigMap, hashed by what a look-up knows of its caller.
struct AWSAuthIndex: Sendable {
  /// The rows that match a caller, and those of them that decide.
  struct Matches {
    var all: [MappingRow] = []
    var deciding: [MappingRow] = []
  }

  let configMap: AWSAuthConfigMap
  private var roles: [ExactText: [Int]] = [:]
  private var ssoRoles: [ExactText: [Int]] = [:]
  private var users: [ExactText: [Int]] = [:]
  private var accounts: [ExactText: Int] = [:]
  private var replacements: [MappingRow: MappingRow] = [:]
  let names: NameIndex

  init(_ configMap: AWSAuthConfigMap) {
    self.configMap = configMap
    names = NameIndex(configMap)
    for (index, mapping) in configMap.roles.enumerated() {
      if let sso = mapping.sso {
        let pattern = ExactText(sso.intendedPattern.simpleLowercased)
        ssoRoles[pattern, default: []].append(index)
      } else if mapping.validationError == nil {
        roles[ExactText(mapping.roleARN.simpleFolded), default: []].append(index)
      }
    }
    for (index, mapping) in configMap.users.enumerated() where mapping.validationError == nil {
      users[ExactText(mapping.userARN.simpleFolded), default: []].append(index)
    }
    for (index, account) in configMap.accounts.enumerated().reversed() {
      accounts[ExactText(account)] = index
    }
    keepLast(of: .mapRoles, keys: configMap.roles.map(\.storageKey))
    keepLast(of: .mapUsers, keys: configMap.users.map(\.storageKey))
  }

  private mutating func keepLast(of section: IdentitySource, keys: [String?]) {
    var last: [ExactText: MappingRow] = [:]
    for (index, key) in keys.enumerated().reversed() {
      guard let key else { continue }
      let row = MappingRow(section, index)
      if let later = last[ExactText(key)] {
        replacements[row] = later
      } else {
        last[ExactText(key)] = row
      }
    }
  }

  /// The row that took a row's place in the authenticator's memory.
  func replacement(of row: MappingRow) -> MappingRow? { replacements[row] }

  func matches(of caller: Caller, ssoRoleMatch: Bool) -> Matches {
    let subject = ExactText(caller.canonicalARN.simpleLowercased.simpleFolded)
    var roleRows = roles[subject] ?? []
    if ssoRoleMatch {
      roleRows += ssoRows(meaning: caller).filter { index in
        let mapping = configMap.roles[index]
        return mapping.validationError == nil && mapping.sso?.partition.isEmpty == true
      }
    }
    let sections = [
      roleRows.map { MappingRow(.mapRoles, $0) },
      (users[subject] ?? []).map { MappingRow(.mapUsers, $0) },
      accounts[ExactText(caller.accountID)].map { [MappingRow(.mapAccounts, $0)] } ?? [],
    ]
    var matches = Matches(all: sections.flatMap(\.self))
    for rows in sections where matches.deciding.isEmpty {
      matches.deciding = rows.filter { replacements[$0] == nil }.sorted()
    }
    return matches
  }

  /// The rows with a permission set whose roles the caller's is one of, honoured or not.
  func ssoRows(meaning caller: Caller) -> [Int] {
    let subject = caller.canonicalARN.simpleLowercased
    guard let arn = ARN(subject),
      arn.resource.utf8.starts(with: "role/\(SSORole.namePrefix.simpleLowercased)".utf8)
    else { return [] }
    let bytes = Array(subject.utf8)
    return bytes.indices.flatMap { place -> [Int] in
      guard bytes[place] == UInt8(ascii: "_") else { return [] }
      let pattern = String(decoding: bytes[...place], as: UTF8.self) + "*"
      guard let rows = ssoRoles[ExactText(pattern)] else { return [] }
      return ARNPattern(pattern)?.matches(arn) == true ? rows : []
    }
  }
}

extension RoleMapping {
  /// The key under which the authenticator keeps the row, or `nil` when it drops it.
  fileprivate var storageKey: String? {
    guard validationError == nil else { return nil }
    return sso?.effectivePattern ?? roleARN.simpleLowercased
  }
}

extension UserMapping {
  fileprivate var storageKey: String? {
    validationError == nil ? userARN : nil
  }
}
