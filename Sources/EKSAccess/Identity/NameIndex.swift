import KubernetesRBAC

/// The rows of a ConfigMap by account and name, without regard to case, blanks, path and kind.
struct NameIndex: Sendable {
  private var byName: [ExactText: [MappingRow]] = [:]
  private var wildcards: [ExactText: [MappingRow]] = [:]
  private static let anyAccount = ExactText("*")

  init(_ configMap: AWSAuthConfigMap) {
    for (index, mapping) in configMap.roles.enumerated() where !mapping.roleARN.isEmpty {
      add(MappingRow(.mapRoles, index), mapping.roleARN)
    }
    for (index, mapping) in configMap.users.enumerated() where !mapping.userARN.isEmpty {
      add(MappingRow(.mapUsers, index), mapping.userARN)
    }
  }

  private mutating func add(_ row: MappingRow, _ text: String) {
    let folded = text.withoutBlanks.simpleFolded
    guard ARNPattern.hasWildcard(folded) else {
      if let key = IAMPrincipal(folded)?.nameKey { byName[key, default: []].append(row) }
      return
    }
    guard let pattern = ARNPattern(folded) else { return }
    let account = pattern.arn.account
    let key = ARNPattern.hasWildcard(account) ? Self.anyAccount : ExactText(account)
    wildcards[key, default: []].append(row)
  }

  /// The rows with the caller's name and account, matching ones among them.
  func rows(named caller: IAMPrincipal) -> [MappingRow] {
    caller.nameKey.flatMap { byName[$0] } ?? []
  }

  /// The rows whose wildcards may cover the caller's account.
  func rowsWithWildcards(for caller: IAMPrincipal) -> [MappingRow] {
    guard !wildcards.isEmpty else { return [] }
    let account = ExactText(caller.arn.account.simpleFolded)
    let rows = wildcards[account] ?? []
    return account == Self.anyAccount ? rows : rows + (wildcards[Self.anyAccount] ?? [])
  }
}

extension IAMPrincipal {
  fileprivate var nameKey: ExactText? {
    kind == .other ? nil : ExactText("\(arn.account)\n\(name)".simpleFolded)
  }
}
