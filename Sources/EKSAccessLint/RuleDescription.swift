/// What a rule is about: its documentation and its tests.
public struct RuleDescription: Sendable {
  /// Which fixes a rule offers.
  public enum FixAvailability: String, Sendable, Hashable, Codable {
    /// None.
    case none
    /// Fixes that may be made without looking.
    case safe
    /// Fixes that somebody should look at.
    case unsafe
  }

  /// The rule's name in findings and configuration; never changed or given to another rule.
  public let id: String
  /// How much its findings matter unless the configuration says otherwise.
  public let severity: Severity
  /// One sentence that says what the rule finds, without a full stop.
  public let summary: String
  /// Why it matters: what EKS does with such a file.
  public let rationale: String
  /// What proves it: a file of aws-iam-authenticator or Kubernetes, or a page of the EKS user
  /// guide.
  public let source: String
  /// Which fixes the rule offers.
  public let fix: FixAvailability
  /// Whether it is about what is missing or stands there twice, so that it says nothing where a
  /// template repeats lines or leaves some out.
  public let needsWholeFile: Bool
  /// Manifests with the mistake; `↓` stands before each place where a finding begins.
  public let failing: [Example]
  /// Manifests without the mistake, near misses above all.
  public let passing: [Example]

  /// Describes a rule.
  public init(
    id: String, severity: Severity, summary: String, rationale: String, source: String,
    fix: FixAvailability = .none, needsWholeFile: Bool = false, failing: [Example],
    passing: [Example]
  ) {
    self.id = id
    self.severity = severity
    self.summary = summary
    self.rationale = rationale
    self.source = source
    self.fix = fix
    self.needsWholeFile = needsWholeFile
    self.failing = failing
    self.passing = passing
  }
}

/// A manifest that shows what a rule finds or leaves alone.
public struct Example: Sendable, Hashable {
  /// The manifest with `↓` before the places of findings.
  public let marked: String
  /// The manifest after the fix, where the example shows one.
  public let fixed: String?

  /// A whole file.
  public init(_ manifest: String, fixed: String? = nil) {
    marked = manifest.hasSuffix("\n") ? manifest : manifest + "\n"
    self.fixed = fixed.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }
  }

  /// The rows of `mapRoles` in an otherwise correct ConfigMap.
  public static func mapRoles(_ rows: String, fixed: String? = nil) -> Example {
    section("mapRoles", rows, fixed)
  }

  /// The rows of `mapUsers` in an otherwise correct ConfigMap.
  public static func mapUsers(_ rows: String, fixed: String? = nil) -> Example {
    section("mapUsers", rows, fixed)
  }

  /// What stands below `data` in an otherwise correct ConfigMap.
  public static func data(_ data: String, fixed: String? = nil) -> Example {
    Example(wrap(data, margin: "  "), fixed: fixed.map { wrap($0, margin: "  ") })
  }

  private static func section(_ key: String, _ rows: String, _ fixed: String?) -> Example {
    func text(_ rows: String) -> String { "\(key): |\n" + indented(rows, "  ") }
    return .data(text(rows), fixed: fixed.map(text))
  }

  private static func wrap(_ data: String, margin: String) -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: aws-auth
      namespace: kube-system
    data:

    """ + indented(data, margin)
  }

  private static func indented(_ text: String, _ margin: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : margin + $0 }.joined(separator: "\n")
  }

  /// The manifest without marks.
  public var text: String { marked.filter { $0 != "↓" } }

  /// Where the findings begin, as byte offsets into ``text``.
  public var offsets: [Int] {
    var offsets: [Int] = []
    var position = 0
    for character in marked {
      if character == "↓" { offsets.append(position) } else { position += character.utf8.count }
    }
    return offsets
  }
}
