/// Who a caller is in the cluster, and why.
public struct Resolution: Sendable, Hashable {
  /// The caller asked about.
  public var caller: Caller
  /// Every outcome that is possible, one for each row that may decide, in the order of the rows;
  /// never empty. Rows with equal contents give outcomes that differ in their row only.
  ///
  /// There is more than one when rows differ only in case, or an `sso` row and a `rolearn` row name
  /// the same role: the authenticator then takes one of them at random.
  public var outcomes: [Outcome]
  /// Every row that has to do with the caller, in the order in which rows are asked.
  public var candidates: [Candidate]
  /// What the outcomes rest on beyond the behaviour of the authenticator.
  public var assumptions: [Assumption]

  /// Makes a resolution.
  public init(
    caller: Caller, outcomes: [Outcome], candidates: [Candidate], assumptions: [Assumption] = []
  ) {
    self.caller = caller
    self.outcomes = outcomes
    self.candidates = candidates
    self.assumptions = assumptions
  }

  /// Whether more than one row may decide, at random.
  public var isAmbiguous: Bool { outcomes.count > 1 }

  /// The identity, when every outcome gives this one and it is known completely.
  public var identity: KubernetesIdentity? {
    guard case .mapped(let identity, _)? = outcomes.first else { return nil }
    let isCertain = outcomes.allSatisfy { outcome in
      guard case .mapped(identity, _) = outcome else { return false }
      return true
    }
    return isCertain ? identity : nil
  }
}

extension Resolution {
  /// One answer of the authenticator.
  public enum Outcome: Sendable, Hashable {
    /// The caller is this user, by this row.
    case mapped(KubernetesIdentity, by: MappingRow)
    /// The caller is mapped by this row; the values of the variables, which still stand in the
    /// identity, are not known.
    case undetermined(KubernetesIdentity, by: MappingRow, missing: [TemplateVariable])
    /// The row matches but cannot be filled in: the caller is refused.
    case failed(TemplateError, by: MappingRow)
    /// No row matches: the caller is refused.
    case notMapped

    /// The row that decides, or `nil` when none matches.
    public var row: MappingRow? {
      switch self {
      case .mapped(_, let row), .undetermined(_, let row, _), .failed(_, let row): row
      case .notMapped: nil
      }
    }

    /// The identity, with variables in it where their values are not known.
    public var identity: KubernetesIdentity? {
      switch self {
      case .mapped(let identity, _), .undetermined(let identity, _, _): identity
      case .failed, .notMapped: nil
      }
    }
  }

  /// A condition under which an outcome holds.
  public enum Assumption: Sendable, Hashable {
    /// `<<…>>` in this row was filled in, which the authenticator does not do: the outcome holds
    /// when something turns it into `{{…}}` before it reaches the cluster.
    case angleBracketsExpanded(MappingRow)
  }
}
