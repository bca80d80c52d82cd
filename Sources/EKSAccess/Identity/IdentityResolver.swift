/// Answers who a caller is in a cluster, by its access entries and its `aws-auth` ConfigMap.
///
/// An access entry for the caller decides alone: nothing of the ConfigMap is added to it (EKS user
/// guide, "Migrating existing aws-auth ConfigMap entries to access entries"). Then comes the
/// ConfigMap, then `IAMIdentityMapping` objects.
///
/// The look-up in the ConfigMap is that of aws-iam-authenticator (`pkg/mapper/configmap`, `pkg/config/mapper.go`,
/// `pkg/server/server.go`): the canonical ARN against `mapRoles`, then `mapUsers`, without regard
/// to case, then the account against `mapAccounts`. A look-up takes time for the rows that become
/// candidates and for rows with wildcards in or over the caller's account, not for the others.
public struct IdentityResolver: Sendable {
  /// How the authenticator is set up.
  public struct Options: Sendable, Hashable, Codable {
    /// Whether the feature gate `SSORoleMatch` is on. It is off by default upstream, and not
    /// documented for EKS.
    public var ssoRoleMatch: Bool
    /// Which spellings of template variables are filled in.
    ///
    /// With ``TemplateSyntax/authenticator`` the answer is what EKS does with the rows as they are.
    /// The default also fills in `<<…>>`, and says so in ``Resolution/assumptions``.
    public var templateSyntax: TemplateSyntax

    /// Makes options.
    public init(
      ssoRoleMatch: Bool = false, templateSyntax: TemplateSyntax = .withAngleBrackets
    ) {
      self.ssoRoleMatch = ssoRoleMatch
      self.templateSyntax = templateSyntax
    }
  }

  /// The mappings asked.
  public let access: ClusterAccess
  /// How the authenticator is set up.
  public let options: Options

  let index: AWSAuthIndex
  private let others: OtherSources

  /// Prepares the look-ups in a ConfigMap.
  ///
  /// Rows that the authenticator drops are dropped here too.
  public init(_ configMap: AWSAuthConfigMap, options: Options = Options()) {
    self.init(ClusterAccess(configMap: configMap), options: options)
  }

  /// Prepares the look-ups in all sources of a cluster.
  public init(_ access: ClusterAccess, options: Options = Options()) {
    self.access = access
    self.options = options
    index = AWSAuthIndex(access.configMap)
    others = OtherSources(access)
  }

  private var configMap: AWSAuthConfigMap { access.configMap }

  /// Answers who a caller is.
  public func resolve(_ caller: Caller) -> Resolution {
    let matches = matches(of: caller)
    let deciding = matches.deciding
    let outcomes = deciding.map { outcome(of: $0, for: caller) }
    let assumed = deciding.filter(usesAngleBrackets)
    return Resolution(
      caller: caller, outcomes: outcomes.isEmpty ? [.notMapped] : outcomes,
      candidates: candidates(for: caller, matches: matches),
      assumptions: assumed.map { .angleBracketsExpanded($0) })
  }

  /// Who a caller is, without the reasons: `nil` when it is nobody, or when that is left to chance
  /// or to facts that the caller lacks.
  public func identity(of caller: Caller) -> KubernetesIdentity? {
    let deciding = matches(of: caller).deciding
    guard let first = deciding.first,
      case .mapped(let identity, _) = outcome(of: first, for: caller)
    else { return nil }
    let isCertain = deciding.dropFirst().allSatisfy { row in
      guard case .mapped(identity, _) = outcome(of: row, for: caller) else { return false }
      return true
    }
    return isCertain ? identity : nil
  }

  /// The rows of all sources that match, and those of them that decide.
  func matches(of caller: Caller) -> AWSAuthIndex.Matches {
    let mode = access.authenticationMode
    let entries = others.entries(naming: caller.canonical).map { MappingRow(.accessEntries, $0) }
    let configMap = index.matches(of: caller, ssoRoleMatch: options.ssoRoleMatch)
    let mappings = others.mappings(of: caller).map { MappingRow(.identityMappings, $0) }
    var matches = AWSAuthIndex.Matches(all: entries + configMap.all + mappings)
    if mode?.asksAccessEntries ?? true { matches.deciding = entries }
    guard matches.deciding.isEmpty, mode?.asksConfigMap ?? true else { return matches }
    matches.deciding = configMap.deciding.isEmpty ? mappings : configMap.deciding
    return matches
  }

  /// The authentication mode, where it keeps a row from being asked.
  func modeAgainst(_ row: MappingRow) -> AuthenticationMode? {
    guard let mode = access.authenticationMode else { return nil }
    let isAsked = row.source == .accessEntries ? mode.asksAccessEntries : mode.asksConfigMap
    return isAsked ? nil : mode
  }

  private func outcome(of row: MappingRow, for caller: Caller) -> Resolution.Outcome {
    guard let template = template(of: row) else {
      return .mapped(KubernetesIdentity(username: caller.canonicalARN), by: row)
    }
    do throws(TemplateError) {
      var missing: Set<TemplateVariable> = []
      func render(_ text: String) throws(TemplateError) -> String {
        let rendering = try UsernameTemplate(text)
          .render(for: caller, syntax: options.templateSyntax)
        missing.formUnion(rendering.missing)
        return rendering.text
      }
      var identity = KubernetesIdentity(username: try render(template.username))
      for group in template.groups { identity.groups.append(try render(group)) }
      guard !missing.isEmpty else { return .mapped(identity, by: row) }
      return .undetermined(
        identity, by: row, missing: TemplateVariable.allCases.filter(missing.contains))
    } catch {
      return .failed(error, by: row)
    }
  }

  private func usesAngleBrackets(_ row: MappingRow) -> Bool {
    guard options.templateSyntax == .withAngleBrackets, let template = template(of: row) else {
      return false
    }
    return ([template.username] + template.groups).contains { text in
      UsernameTemplate(text).usesAngleBrackets
    }
  }

  /// The identity as written in a row; a row of `mapAccounts` has none.
  func template(of row: MappingRow) -> KubernetesIdentity? {
    switch row.source {
    case .accessEntries:
      return access.accessEntries[row.index].identity
    case .identityMappings:
      let mapping = access.identityMappings[row.index]
      return KubernetesIdentity(username: mapping.username, groups: mapping.groups)
    case .mapRoles:
      let mapping = configMap.roles[row.index]
      return KubernetesIdentity(username: mapping.username, groups: mapping.groups)
    case .mapUsers:
      let mapping = configMap.users[row.index]
      return KubernetesIdentity(username: mapping.username, groups: mapping.groups)
    case .mapAccounts:
      return nil
    }
  }
}

extension IdentityResolver {
  private func candidates(
    for caller: Caller, matches: AWSAuthIndex.Matches
  ) -> [Resolution.Candidate] {
    let deciding = Set(matches.deciding)
    var candidates: [Resolution.Candidate] = []
    for row in matches.all {
      let verdict: Resolution.Verdict
      if let mode = modeAgainst(row) {
        verdict = .notAsked(mode)
      } else if let later = index.replacement(of: row) {
        verdict = .replaced(by: later)
      } else if deciding.contains(row) {
        verdict = deciding.count == 1 ? .won : .tied
      } else {
        verdict = .askedLater(than: matches.deciding.first?.source ?? row.source)
      }
      candidates.append(
        Resolution.Candidate(
          row: row, verdict: verdict, differsInCase: differsInCase(row, from: caller)))
    }
    let matching = Set(matches.all)
    for (row, reasons) in index.nearMisses(
      of: caller, besides: matching, ssoRoleMatch: options.ssoRoleMatch)
    {
      candidates.append(Resolution.Candidate(row: row, verdict: .cannotMatch(reasons)))
    }
    return candidates.sorted { $0.row < $1.row }
  }

  private func differsInCase(_ row: MappingRow, from caller: Caller) -> Bool {
    switch row.source {
    case .mapRoles:
      let mapping = configMap.roles[row.index]
      return mapping.sso == nil && !mapping.roleARN.isIdentical(to: caller.canonicalARN)
    case .mapUsers:
      return !configMap.users[row.index].userARN.isIdentical(to: caller.canonicalARN)
    case .mapAccounts, .accessEntries, .identityMappings:
      return false
    }
  }
}
