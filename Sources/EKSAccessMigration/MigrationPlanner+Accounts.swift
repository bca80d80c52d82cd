import EKSAccess

extension MigrationPlanner {
  /// Decides about a row of `mapAccounts`: everybody of the account may log in, by the ARN.
  func accountItem(
    _ mapping: EffectiveMapping, besides named: Set<PrincipalKey>, _ draft: inout Draft
  ) -> MigrationPlan.Item {
    var item = MigrationPlan.Item(
      row: mapping.row, principal: mapping.principal, identity: nil, decision: .create, entries: [],
      reasons: [])
    guard mapping.status == .used else {
      item.decision = .unused
      item.reasons.append(.unused(mapping.status))
      return item
    }
    let principals = input.directory?.principals(ofAccount: mapping.principal) ?? []
    guard !principals.isEmpty else {
      item.decision = .cannotMigrate
      item.reasons.append(.accountNeedsDirectory(mapping.principal))
      return item
    }
    let existing = Set(input.accessEntries.map { PrincipalKey($0.principalARN) })
    for found in principals {
      guard let principal = IAMPrincipal(found.arn), !principal.isServiceLinkedRole else {
        continue
      }
      let key = PrincipalKey(principal)
      guard !named.contains(key), !existing.contains(key) else { continue }
      // The username is what the row gives: the ARN that EKS looks callers up by.
      let username = (try? principal.strippingPath())?.description
      let isDefault = principal.kind == .user && username == found.arn
      item.entries.append(
        AccessEntry(principalARN: found.arn, username: isDefault ? nil : username))
    }
    item.reasons.append(.accountExpanded(mapping.principal, count: item.entries.count))
    if item.entries.isEmpty { item.decision = .alreadyThere }
    return item
  }
}
