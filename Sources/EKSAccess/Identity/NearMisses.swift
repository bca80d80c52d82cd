extension AWSAuthIndex {
  /// The rows that seem to mean the caller, and why they do not match; each row once.
  func nearMisses(
    of caller: Caller, besides matching: Set<MappingRow>, ssoRoleMatch: Bool
  ) -> [(row: MappingRow, reasons: [Resolution.Mismatch])] {
    var result: [(row: MappingRow, reasons: [Resolution.Mismatch])] = []
    let named = names.rows(named: caller.canonical).filter { !matching.contains($0) }
    let wild = names.rowsWithWildcards(for: caller.canonical).filter { !matching.contains($0) }
    if !(named.isEmpty && wild.isEmpty),
      let principal = IAMPrincipal(caller.canonicalARN.simpleFolded)
    {
      result += named.map { ($0, mismatches(of: arn(of: $0), with: principal)) }
      result += wild.compactMap { row in
        let text = arn(of: row)
        let pattern = ARNPattern(text.withoutBlanks.simpleFolded)
        guard pattern?.matches(principal.arn) == true else { return nil }
        return (row, text.hasBlanks ? [.blanks, .wildcard] : [.wildcard])
      }
    }
    for index in ssoRows(meaning: caller) {
      let row = MappingRow(.mapRoles, index)
      guard !matching.contains(row), !result.contains(where: { $0.row == row }) else { continue }
      result.append((row, ssoMismatches(of: index, ssoRoleMatch: ssoRoleMatch)))
    }
    return result.compactMap { row, reasons in
      let all = droppedReason(row) + reasons
      return all.isEmpty ? nil : (row, all)
    }
  }

  private func ssoMismatches(of index: Int, ssoRoleMatch: Bool) -> [Resolution.Mismatch] {
    var reasons: [Resolution.Mismatch] = ssoRoleMatch ? [] : [.ssoRoleMatchOff]
    if let partition = configMap.roles[index].sso?.partition, !partition.isEmpty {
      reasons.append(.ssoPartition(partition))
    }
    return reasons
  }

  private func arn(of row: MappingRow) -> String {
    switch row.source {
    case .mapRoles: configMap.roles[row.index].roleARN
    case .mapUsers: configMap.users[row.index].userARN
    case .mapAccounts, .accessEntries, .identityMappings: ""
    }
  }

  private func droppedReason(_ row: MappingRow) -> [Resolution.Mismatch] {
    guard row.source == .mapRoles else { return [] }
    return configMap.roles[row.index].validationError.map { [.dropped($0)] } ?? []
  }

  /// What sets the ARN of a row apart from a caller of the same name and account.
  private func mismatches(
    of text: String, with caller: IAMPrincipal
  ) -> [Resolution.Mismatch] {
    guard let folded = IAMPrincipal(text.withoutBlanks.simpleFolded) else { return [] }
    // The row's own letter case is for the reader; it is lost only where the prefix has odd case.
    let written = IAMPrincipal(text.withoutBlanks).flatMap { $0.kind == folded.kind ? $0 : nil }
    let shown = written ?? folded
    var reasons: [Resolution.Mismatch] = text.hasBlanks ? [.blanks] : []
    if folded.kind != caller.kind { reasons.append(.kind(folded.kind)) }
    if !folded.arn.partition.isIdentical(to: caller.arn.partition) {
      reasons.append(.partition(shown.arn.partition))
    }
    if !folded.arn.region.isIdentical(to: caller.arn.region) {
      reasons.append(.region(shown.arn.region))
    }
    if !folded.path.isIdentical(to: caller.path) {
      reasons.append(.path(shown.path, callers: caller.path))
    }
    return reasons
  }
}

extension String {
  fileprivate var hasBlanks: Bool {
    utf8.contains { $0 <= 0x20 || $0 >= 0x80 }
      && unicodeScalars.contains { $0.properties.isWhitespace }
  }

  var withoutBlanks: String {
    guard hasBlanks else { return self }
    var result = UnicodeScalarView()
    result.append(contentsOf: unicodeScalars.filter { !$0.properties.isWhitespace })
    return String(result)
  }
}
