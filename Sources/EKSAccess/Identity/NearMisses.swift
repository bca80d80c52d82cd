extension AWSAuthIndex {
  /// The rows that seem to mean the caller, and why they do not match. Rows that do match are left
  /// out, apart from those the authenticator drops.
  func nearMisses(
    of caller: Caller, ssoRoleMatch: Bool
  ) -> [(row: AWSAuthRow, reasons: [Resolution.Mismatch])] {
    let subject = caller.canonicalARN.simpleFolded
    guard let principal = IAMPrincipal(subject) else { return [] }
    var result: [(row: AWSAuthRow, reasons: [Resolution.Mismatch])] = []
    for row in names.rows(named: principal) {
      let reasons = droppedReason(row) + mismatches(of: arn(of: row), with: principal)
      if !reasons.isEmpty { result.append((row, reasons)) }
    }
    for row in names.rowsWithWildcards(for: principal) {
      let text = arn(of: row)
      let pattern = ARNPattern(text.withoutBlanks.simpleFolded)
      guard pattern?.matches(principal.arn) == true, !text.simpleFolded.isIdentical(to: subject)
      else { continue }
      let blanks: [Resolution.Mismatch] = text.hasBlanks ? [.blanks] : []
      result.append((row, droppedReason(row) + blanks + [.wildcard]))
    }
    for index in ssoRows(meaning: caller) {
      let row = AWSAuthRow(.mapRoles, index)
      var reasons = droppedReason(row)
      if !ssoRoleMatch { reasons.append(.ssoRoleMatchOff) }
      if let partition = configMap.roles[index].sso?.partition, !partition.isEmpty {
        reasons.append(.ssoPartition(partition))
      }
      if !reasons.isEmpty { result.append((row, reasons)) }
    }
    return result
  }

  private func arn(of row: AWSAuthRow) -> String {
    switch row.section {
    case .mapRoles: configMap.roles[row.index].roleARN
    case .mapUsers: configMap.users[row.index].userARN
    case .mapAccounts: ""
    }
  }

  private func droppedReason(_ row: AWSAuthRow) -> [Resolution.Mismatch] {
    guard row.section == .mapRoles else { return [] }
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
    unicodeScalars.contains { $0.properties.isWhitespace }
  }

  var withoutBlanks: String {
    guard hasBlanks else { return self }
    var result = UnicodeScalarView()
    result.append(contentsOf: unicodeScalars.filter { !$0.properties.isWhitespace })
    return String(result)
  }
}
