extension Resolution {
  /// A row that has to do with a caller.
  public struct Candidate: Sendable, Hashable {
    /// The row.
    public var row: MappingRow
    /// What became of it.
    public var verdict: Verdict
    /// Whether the row matches and its ARN differs from the caller's in letter case.
    public var differsInCase: Bool

    /// Makes a candidate.
    public init(row: MappingRow, verdict: Verdict, differsInCase: Bool = false) {
      self.row = row
      self.verdict = verdict
      self.differsInCase = differsInCase
    }
  }

  /// Why a row decides or not.
  public enum Verdict: Sendable, Hashable {
    /// It decides.
    case won
    /// It matches, and so do the other rows with this verdict: one of them decides at random.
    case tied
    /// It was lost: a later row with the same key took its place.
    case replaced(by: MappingRow)
    /// It matches, but this source is asked first and answers.
    case askedLater(than: IdentitySource)
    /// It is not asked at all in the cluster's authentication mode.
    case notAsked(AuthenticationMode)
    /// It does not match, for every one of these reasons.
    case cannotMatch([Mismatch])
  }

  /// Why a row that seems to mean the caller does not match.
  public enum Mismatch: Sendable, Hashable {
    /// The authenticator drops the row.
    case dropped(MappingError)
    /// The ARN has blanks, which are compared too.
    case blanks
    /// The ARN has `*` or `?`, which are compared as they stand.
    case wildcard
    /// The ARN names something of another kind; a session where the role belongs, for example.
    case kind(IAMPrincipal.Kind)
    /// The ARN has another partition than the caller.
    case partition(String)
    /// The ARN has a region.
    case region(String)
    /// The ARN has one path and the caller another; the sessions of a role have none, `/`.
    case path(String, callers: String)
    /// The row is an `sso` row, and these are off.
    case ssoRoleMatchOff
    /// The row is an `sso` row with a partition, which breaks its pattern.
    case ssoPartition(String)
  }
}
