import EKSAccess
import YAMLSource

/// The answer of `resolve` for one caller.
struct Explanation {
  private let resolution: Resolution
  private let resolver: IdentityResolver
  private let input: ClusterInput

  init(_ resolution: Resolution, _ resolver: IdentityResolver, _ input: ClusterInput) {
    self.resolution = resolution
    self.resolver = resolver
    self.input = input
  }

  /// The answer for people.
  var text: String {
    let lines = resolver.explain(resolution) { input.place(of: $0)?.description }
    return (lines + remarks).map { Terminal.escaped($0) + "\n" }.joined()
  }

  private var remarks: [String] {
    let missing = resolution.outcomes.flatMap { outcome in
      if case .undetermined(_, _, let missing) = outcome { missing } else { [TemplateVariable]() }
    }
    let options = TemplateVariable.allCases.filter(missing.contains).compactMap(\.option)
    let hint = options.isEmpty ? [] : ["give \(options.joined(separator: ", ")) to fill it in"]
    return hint
      + input.remarks.map { "\($0.place.description): \($0.message); \"eks-access lint\" says why" }
  }

  /// The answer for programs.
  var json: [UInt8] {
    JSONOutput.encode(Document(self))
  }

  private struct Document: Encodable {
    var version = 1
    var caller: String
    var canonicalARN: String
    var mapped: Bool
    var random: Bool
    var outcomes: [Outcome]
    var candidates: [Candidate]
    var remarks: [String]

    init(_ explanation: Explanation) {
      let resolution = explanation.resolution
      caller = resolution.caller.principal.description
      canonicalARN = resolution.caller.canonicalARN
      mapped = resolution.outcomes.contains { $0.identity != nil }
      random = resolution.isAmbiguous
      outcomes = resolution.outcomes.map { outcome in
        var item = Outcome()
        item.username = outcome.identity?.username
        item.groups = outcome.identity?.groups
        item.row = outcome.row?.description
        item.policies = outcome.row.flatMap { PolicyJSON.list(of: $0, explanation.input) }
        if case .undetermined(_, _, let missing) = outcome { item.missing = missing }
        if case .failed(let error, _) = outcome { item.error = error.description }
        if case .notMapped = outcome { item.error = "identity is not mapped" }
        return item
      }
      candidates = resolution.candidates.map { candidate in
        let place = explanation.input.place(of: candidate.row)
        return Candidate(
          row: candidate.row.description, file: place?.path, line: place?.position.line,
          column: place?.position.column,
          principal: explanation.resolver.principal(
            of: candidate.row), verdict: explanation.resolver.reason(of: candidate, in: resolution))
      }
      remarks = explanation.remarks + resolution.assumptions.map(\.description)
    }
  }

  private struct Outcome: Encodable {
    var username: String?
    var groups: [String]?
    var policies: [PolicyJSON]?
    var row: String?
    var missing: [TemplateVariable]?
    var error: String?
  }

  private struct Candidate: Encodable {
    var row: String
    var file: String?
    var line: Int?
    var column: Int?
    var principal: String
    var verdict: String
  }
}

extension TemplateVariable {
  /// The option of the command that gives the variable's value.
  fileprivate var option: String? {
    switch self {
    case .ec2PrivateDNSName: "--private-dns-name"
    case .sessionName, .sessionNameRaw: "--session-name"
    case .accessKeyID: "--access-key-id"
    case .accountID: nil
    }
  }
}
