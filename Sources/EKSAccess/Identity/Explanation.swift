extension IdentityResolver {
  /// A resolution in words, a line for each fact: who the caller is, then what became of each row.
  ///
  /// - Parameters:
  ///   - resolution: What ``resolve(_:)`` answered.
  ///   - place: Where a row stands, such as `aws-auth.yaml:9:5`, for rows that were read from files.
  /// - Returns: The lines, without line breaks.
  public func explain(
    _ resolution: Resolution, place: (MappingRow) -> String? = { _ in nil }
  ) -> [String] {
    var lines = ["caller    \(resolution.caller.principal)"]
    if !resolution.caller.canonicalARN.isIdentical(to: resolution.caller.principal.description) {
      lines.append("compared  \(resolution.caller.canonicalARN)")
    }
    for (number, outcome) in resolution.outcomes.enumerated() {
      if resolution.isAmbiguous { lines.append("outcome \(number + 1), one at random") }
      lines += outcome.lines
      lines += (outcome.row.map(access.policies) ?? []).map { "policy    \($0)" }
    }
    func title(_ row: MappingRow) -> String { (place(row).map { $0 + ": " } ?? "") + row.title }
    var reasons = resolution.candidates.map { candidate in
      "\(title(candidate.row)) \(reason(of: candidate, in: resolution))"
    }
    if reasons.isEmpty { reasons = ["no row names this principal or its account"] }
    let assumptions = resolution.assumptions.map(\.description)
    return lines + [""] + reasons + assumptions
  }

  /// Why a row decides for a caller or not, in words.
  public func reason(of candidate: Resolution.Candidate, in resolution: Resolution) -> String {
    let reason = reason(of: candidate.verdict, candidate.row, in: resolution)
    let decides = candidate.verdict == .won || candidate.verdict == .tied
    return decides && candidate.differsInCase ? reason + "; letter case does not count" : reason
  }

  private func reason(
    of verdict: Resolution.Verdict, _ row: MappingRow, in resolution: Resolution
  ) -> String {
    switch verdict {
    case .won: return "decides"
    case .tied: return "may decide: which row does is left to chance"
    case .replaced(let later):
      return "is lost: \(later.title) with the same ARN stands later, and groups are not merged"
    case .askedLater(let source):
      return "matches too, but \(source.title) \(source.isPlural ? "are" : "is") asked first, and "
        + "nothing is merged"
    case .notAsked(let mode):
      return "is not asked: the authentication mode is \(mode.rawValue)"
    case .cannotMatch(let reasons):
      let principal = principal(of: row)
      let remedy =
        reasons.allSatisfy(\.isSpelling)
        ? "; it would match as \(resolution.caller.canonicalARN)" : ""
      return "cannot match: "
        + reasons.map { $0.description(of: principal) }.joined(separator: "; ") + remedy
    }
  }
}

extension Resolution.Mismatch {
  /// Whether another spelling of the ARN would match.
  fileprivate var isSpelling: Bool {
    switch self {
    case .path, .blanks, .kind, .region, .partition, .wildcard: true
    case .dropped, .ssoRoleMatchOff, .ssoPartition: false
    }
  }
}

extension Resolution.Outcome {
  fileprivate var lines: [String] {
    switch self {
    case .mapped(let identity, _): identity.lines
    case .undetermined(let identity, _, let missing):
      identity.lines + ["unknown   \(missing.map(\.rawValue).joined(separator: ", "))"]
    case .failed(let error, _):
      ["refused   \(error); the whole authentication fails (401 Unauthorized)"]
    case .notMapped:
      ["refused   not mapped (401 Unauthorized: \"You must be logged in to the server\")"]
    }
  }
}

extension KubernetesIdentity {
  fileprivate var lines: [String] {
    [
      "username  \(username.isEmpty ? "(empty)" : username)",
      "groups    \(groups.isEmpty ? "(none)" : groups.joined(separator: ", "))",
    ]
  }
}

extension Resolution.Assumption: CustomStringConvertible {
  /// The condition in words.
  public var description: String {
    switch self {
    case .angleBracketsExpanded(let row):
      "\(row.title) is written with <<…>>, which EKS leaves as text: the answer holds if something "
        + "turns it into {{…}} first"
    }
  }
}
