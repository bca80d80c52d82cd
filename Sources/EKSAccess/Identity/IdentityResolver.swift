/// Answers who a caller is in a cluster, by its `aws-auth` ConfigMap.
///
/// The look-up is that of aws-iam-authenticator (`pkg/mapper/configmap`, `pkg/config/mapper.go`,
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

  /// The rows asked.
  public let configMap: AWSAuthConfigMap
  /// How the authenticator is set up.
  public let options: Options

  private let index: AWSAuthIndex

  /// Prepares the look-ups in a ConfigMap.
  ///
  /// Rows that the authenticator drops are dropped here too.
  public init(_ configMap: AWSAuthConfigMap, options: Options = Options()) {
    self.configMap = configMap
    self.options = options
    index = AWSAuthIndex(configMap)
  }

  /// Answers who a caller is.
  public func resolve(_ caller: Caller) -> Resolution {
    let matches = index.matches(of: caller, ssoRoleMatch: options.ssoRoleMatch)
    let deciding = matches.deciding
    let outcomes = deciding.map { outcome(of: $0, for: caller) }
    let assumed = deciding.filter(usesAngleBrackets)
    return Resolution(
      caller: caller, outcomes: outcomes.isEmpty ? [.notMapped] : outcomes,
      candidates: candidates(for: caller, matches: matches),
      assumptions: assumed.map { .angleBracketsExpanded($0) })
  }

  private func outcome(of row: AWSAuthRow, for caller: Caller) -> Resolution.Outcome {
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

  private func usesAngleBrackets(_ row: AWSAuthRow) -> Bool {
    guard options.templateSyntax == .withAngleBrackets, let template = template(of: row) else {
      return false
    }
    return ([template.username] + template.groups).contains { text in
      UsernameTemplate(text).usesAngleBrackets
    }
  }

  /// The identity as written in a row; a row of `mapAccounts` has none.
  private func template(of row: AWSAuthRow) -> KubernetesIdentity? {
    switch row.section {
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
      if let later = index.replacement(of: row) {
        verdict = .replaced(by: later)
      } else if deciding.contains(row) {
        verdict = deciding.count == 1 ? .won : .tied
      } else {
        verdict = .askedLater(than: matches.deciding.first?.section ?? row.section)
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

  private func differsInCase(_ row: AWSAuthRow, from caller: Caller) -> Bool {
    switch row.section {
    case .mapRoles:
      let mapping = configMap.roles[row.index]
      return mapping.sso == nil && !mapping.roleARN.isIdentical(to: caller.canonicalARN)
    case .mapUsers:
      return !configMap.users[row.index].userARN.isIdentical(to: caller.canonicalARN)
    case .mapAccounts:
      return false
    }
  }
}
