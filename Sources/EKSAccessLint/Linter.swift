public import EKSAccessManifests

/// Checks files for mistakes.
public struct Linter: Sendable {
  /// The rules that run, in the order of their ids.
  public let rules: [any Rule.Type]
  /// What is known of the cluster.
  public let options: LintOptions

  /// Makes a linter.
  ///
  /// - Parameters:
  ///   - rules: The rules to run; all by default.
  ///   - options: What is known of the cluster.
  public init(rules: [any Rule.Type] = RuleRegistry.all, options: LintOptions = LintOptions()) {
    self.rules = rules
    self.options = options
  }

  /// The findings in a file, in the order of their places.
  public func lint(_ file: ManifestFile) -> [Finding] {
    let subject = LintSubject(file, options)
    var collector = FindingCollector()
    for rule in rules { collector.run(rule, on: subject) }
    var findings = collector.findings
    if var suppressions = Suppressions(file) {
      findings = suppressions.apply(to: findings, rules: rules)
    }
    guard findings.count > 1 else { return findings }
    var seen: Set<Finding> = []
    return findings.filter { seen.insert($0).inserted }
      .sorted {
        ($0.range.lowerBound, $0.range.upperBound, $0.rule, $0.message)
          < ($1.range.lowerBound, $1.range.upperBound, $1.rule, $1.message)
      }
  }

  /// The findings in the bytes of a file.
  public func lint(_ bytes: [UInt8]) -> [Finding] {
    lint(ManifestFile(bytes))
  }
}
