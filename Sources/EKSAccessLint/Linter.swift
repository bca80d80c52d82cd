public import EKSAccess
public import EKSAccessManifests

/// Checks files for mistakes.
public struct Linter: Sendable {
  /// The rules that run, in the order of their ids.
  public let rules: [any Rule.Type]
  /// What is known of the cluster.
  public let options: LintOptions
  /// The severities of rules that are reported with another one than their own.
  public let severities: [String: Severity]

  /// Makes a linter.
  ///
  /// - Parameters:
  ///   - rules: The rules to run; all by default.
  ///   - options: What is known of the cluster.
  ///   - severities: The severities of rules, by id, where they are not the rules' own.
  public init(
    rules: [any Rule.Type] = RuleRegistry.all, options: LintOptions = LintOptions(),
    severities: [String: Severity] = [:]
  ) {
    self.rules = rules
    self.options = options
    self.severities = severities
  }

  /// Makes a linter as a project wants it.
  ///
  /// - Parameters:
  ///   - configuration: What the project wants.
  ///   - onlyRBAC: Whether only the rules about roles and bindings run.
  public init(_ configuration: Configuration, onlyRBAC: Bool = false) {
    let levels = configuration.rules
    let rules =
      onlyRBAC ? RuleRegistry.rbacRules + RuleRegistry.commentRules : RuleRegistry.all
    self.init(
      rules: levels.isEmpty ? rules : rules.filter { levels[$0.description.id] != .off },
      options: configuration.options, severities: levels.compactMapValues(\.severity))
  }

  /// The findings in a file, in the order of their places.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - path: Its path as in `input`.
  ///   - input: What is known of all files of the run; without it the file is checked alone.
  /// - Returns: The findings.
  public func lint(
    _ file: ManifestFile, at path: String = "", in input: LintInput? = nil
  ) -> [Finding] {
    let subject = LintSubject(file, options, at: path, in: input)
    let file = subject.file
    var collector = FindingCollector(isPartial: file.template?.isPartial == true)
    for rule in rules { collector.run(rule, on: subject) }
    var findings = collector.findings
    if let template = file.template { findings = template.findings(findings) }
    if !severities.isEmpty {
      for index in findings.indices {
        findings[index].severity = severities[findings[index].rule] ?? findings[index].severity
      }
    }
    if file.isTerraform {
      // A plan or state is printed by Terraform; to change the text of it changes nothing.
      for index in findings.indices { findings[index].fix = nil }
    }
    if let suppressions = subject.suppressions { findings = suppressions.apply(to: findings) }
    guard findings.count > 1 else { return findings }
    var seen: Set<Finding> = []
    return findings.filter { seen.insert($0).inserted }
      .sorted {
        ($0.range.lowerBound, $0.range.upperBound, $0.rule, $0.message)
          < ($1.range.lowerBound, $1.range.upperBound, $1.rule, $1.message)
      }
  }

  /// The findings in the bytes of a file, which may be the text of one section.
  public func lint(
    _ bytes: [UInt8], as section: AWSAuthSection? = nil, at path: String = "",
    in input: LintInput? = nil
  ) -> [Finding] {
    lint(ManifestFile(bytes, as: section), at: path, in: input)
  }
}
