/// A row of a cluster's mappings and what the cluster makes of it.
public struct EffectiveMapping: Sendable, Hashable {
  /// What a row is good for.
  public enum Status: Sendable, Hashable {
    /// It decides for its principal.
    case used
    /// It and other rows match the same principal; one of them decides at random.
    case tied
    /// A later row with the same principal took its place.
    case replaced(by: MappingRow)
    /// Another source is asked first and answers for its principal.
    case shadowed(by: MappingRow)
    /// Its source is not asked in the cluster's authentication mode.
    case notAsked(AuthenticationMode)
    /// No caller has this principal, for these reasons.
    case matchesNobody([Resolution.Mismatch])
  }

  /// The row.
  public var row: MappingRow
  /// Whom the row means: an ARN as it is written, an account id, or the pattern of an `sso` row.
  public var principal: String
  /// The username and groups as templates; `nil` for an account, whose callers are named by ARN.
  public var identity: KubernetesIdentity?
  /// What the cluster makes of it.
  public var status: Status

  /// Whether callers can get the row's identity.
  public var isEffective: Bool { status == .used || status == .tied }
}

extension IdentityResolver {
  /// All rows in the order in which they are asked, with what the cluster makes of each.
  public var effectiveMappings: [EffectiveMapping] {
    access.accessEntries.indices.map { effective(MappingRow(.accessEntries, $0)) }
      + access.configMap.roles.indices.map { effective(MappingRow(.mapRoles, $0)) }
      + access.configMap.users.indices.map { effective(MappingRow(.mapUsers, $0)) }
      + access.configMap.accounts.indices.map { effective(MappingRow(.mapAccounts, $0)) }
      + access.identityMappings.indices.map { effective(MappingRow(.identityMappings, $0)) }
  }

  private func effective(_ row: MappingRow) -> EffectiveMapping {
    EffectiveMapping(
      row: row, principal: principal(of: row), identity: template(of: row), status: status(of: row))
  }

  /// Whom a row means, as it is written.
  public func principal(of row: MappingRow) -> String {
    switch row.source {
    case .accessEntries: access.accessEntries[row.index].principalARN
    case .mapRoles:
      access.configMap.roles[row.index].sso?.intendedPattern
        ?? access.configMap.roles[row.index].roleARN
    case .mapUsers: access.configMap.users[row.index].userARN
    case .mapAccounts: access.configMap.accounts[row.index]
    case .identityMappings: access.identityMappings[row.index].arn
    }
  }

  private func status(of row: MappingRow) -> EffectiveMapping.Status {
    if let mode = modeAgainst(row) { return .notAsked(mode) }
    if let error = droppingError(of: row) { return .matchesNobody([.dropped(error)]) }
    if row.source == .mapAccounts {
      let first = access.configMap.accounts.firstIndex(of: access.configMap.accounts[row.index])
      return first == row.index ? .used : .replaced(by: MappingRow(.mapAccounts, first ?? 0))
    }
    if row.source == .mapRoles, let sso = access.configMap.roles[row.index].sso {
      var reasons: [Resolution.Mismatch] = options.ssoRoleMatch ? [] : [.ssoRoleMatchOff]
      if !sso.partition.isEmpty { reasons.append(.ssoPartition(sso.partition)) }
      return reasons.isEmpty ? .used : .matchesNobody(reasons)
    }
    let text = principal(of: row)
    let reasons = reasonsToMatchNobody(text, in: row.source)
    guard reasons.isEmpty, let caller = try? Caller(arn: text.simpleFolded) else {
      return .matchesNobody(reasons.isEmpty ? [.kind(.other)] : reasons)
    }
    return status(of: row, asking: caller)
  }

  private func droppingError(of row: MappingRow) -> MappingError? {
    switch row.source {
    case .mapRoles: access.configMap.roles[row.index].validationError
    case .mapUsers: access.configMap.users[row.index].validationError
    case .mapAccounts, .accessEntries, .identityMappings: nil
    }
  }

  private func status(of row: MappingRow, asking caller: Caller) -> EffectiveMapping.Status {
    let matches = matches(of: caller)
    if let later = index.replacement(of: row) { return .replaced(by: later) }
    guard let first = matches.deciding.first else { return .matchesNobody([.kind(.other)]) }
    guard matches.deciding.contains(row) else { return .shadowed(by: first) }
    return matches.deciding.count == 1 ? .used : .tied
  }

  /// Why the authenticator never meets a caller with an ARN as it stands in a row.
  private func reasonsToMatchNobody(
    _ text: String, in source: IdentitySource
  ) -> [Resolution.Mismatch] {
    if text.withoutBlanks != text { return [.blanks] }
    guard let principal = IAMPrincipal(text.simpleFolded) else { return [.kind(.other)] }
    guard !ARNPattern.hasWildcard(text) else { return [.wildcard] }
    switch principal.kind {
    case .role where source.isConfigMap && principal.hasPath:
      return [.path(principal.path, callers: "/")]
    case .assumedRole where source == .identityMappings: return []
    case .role, .user, .root, .federatedUser:
      guard principal.canonicalARN != nil else { return [.partition(principal.arn.partition)] }
      return []
    default: return [.kind(principal.kind)]
    }
  }
}

extension IdentityResolver {
  /// A row whose callers can have a username or group, and the values that it takes.
  public struct Source: Sendable, Hashable {
    /// The row.
    public var mapping: EffectiveMapping
    /// The values that the template's variables must have; empty when every caller of the row has
    /// the name.
    public var condition: [TemplateVariable: String]
  }

  /// The rows through which callers can become a username.
  public func sources(ofUsername username: String) -> [Source] {
    sources { mapping in
      guard let identity = mapping.identity else {
        // Callers of a mapped account are named by their canonical ARN.
        let isOfAccount = IAMPrincipal(username)?.arn.account == mapping.principal
        return isOfAccount ? [:] : nil
      }
      return UsernameTemplate(identity.username)
        .values(rendering: username, syntax: options.templateSyntax)
    }
  }

  /// The rows through which callers can enter a group.
  public func sources(ofGroup group: String) -> [Source] {
    sources { mapping in
      for template in mapping.identity?.groups ?? [] {
        if let values = UsernameTemplate(template)
          .values(rendering: group, syntax: options.templateSyntax)
        {
          return values
        }
      }
      return nil
    }
  }

  private func sources(
    _ condition: (EffectiveMapping) -> [TemplateVariable: String]?
  ) -> [Source] {
    effectiveMappings.filter(\.isEffective).compactMap { mapping in
      condition(mapping).map { Source(mapping: mapping, condition: $0) }
    }
  }
}
