extension MappingRow {
  /// The row as people call it, counted from 1.
  public var title: String {
    switch source {
    case .accessEntries: "access entry \(index + 1)"
    case .identityMappings: "IAMIdentityMapping \(index + 1)"
    case .mapRoles, .mapUsers, .mapAccounts: "\(source.rawValue) row \(index + 1)"
    }
  }
}

extension IdentitySource {
  /// The source as people call it.
  public var title: String {
    switch self {
    case .accessEntries: "access entries"
    case .identityMappings: "IAMIdentityMapping objects"
    case .mapRoles, .mapUsers, .mapAccounts: rawValue
    }
  }

  var isPlural: Bool { self == .accessEntries || self == .identityMappings }
}

extension EffectiveMapping.Status {
  /// What the cluster makes of a row, in words; `principal` is the row's as it is written.
  public func description(of principal: String) -> String {
    switch self {
    case .used: "used"
    case .tied: "another row differs only in letter case: which one counts is left to chance"
    case .replaced(let later): "lost: \(later.title) with the same principal stands later"
    case .shadowed(let first): "without effect: \(first.title) is asked first"
    case .notAsked(let mode): "without effect: the authentication mode is \(mode.rawValue)"
    case .matchesNobody(let reasons):
      "matches nobody: "
        + reasons.map { $0.description(of: principal) }.joined(separator: "; ")
    }
  }
}

extension Resolution.Mismatch {
  /// The reason in words; `principal` is the row's as it is written.
  public func description(of principal: String) -> String {
    switch self {
    case .dropped(let error): "EKS drops the row (\(error))"
    case .blanks: "\"\(principal)\" has blanks, which are compared too"
    case .wildcard: "\"\(principal)\" has wildcards, which are compared as they stand"
    case .kind(.other): "\"\(principal)\" is no ARN of a caller"
    case .kind(let kind): "\"\(principal)\" is the ARN of another kind (\(kind.rawValue))"
    case .partition(let partition): "its partition is \"\(partition)\""
    case .region(let region): "its ARN has the region \"\(region)\""
    case .path(let path, let callers):
      "its ARN has the path \"\(path)\" and the caller's \(callers == "/" ? "none" : "\"\(callers)\"")"
    case .ssoRoleMatchOff: "sso rows are off on EKS"
    case .ssoPartition: "an sso row with a partition never matches"
    }
  }
}
