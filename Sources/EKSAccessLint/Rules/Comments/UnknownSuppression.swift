import EKSAccessManifests
import YAMLSource

/// A comment that wants to ignore a rule which does not exist.
public enum UnknownSuppression: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unknown-suppression",
    severity: .warning,
    summary: "a comment to this tool names no rule that there is, so nothing is ignored",
    rationale: """
      A comment `# eks-access: ignore[rule-id] reason` excuses a line or a row from a rule, and \
      `ignore-file[rule-id]` a file. With a wrong id, or without brackets, it excuses nothing, \
      while it looks as if it did.
      """,
    source: "eks-access lint --help",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/team/ci ↓# eks-access: ignore[role-paths] on purpose
          username: ci
          groups: [deployers]
        """),
      .mapRoles(
        """
        ↓# eks-access: ignore role-path
        - rolearn: arn:aws:iam::444455556666:role/team/ci
          username: ci
          groups: [deployers]
        """),
    ],
    passing: [
      .mapRoles(
        """
        # see eks-access: it says more
        - rolearn: arn:aws:iam::444455556666:role/team/ci # eks-access: ignore[role-path] on purpose
          username: ci
          groups: [deployers]
        """)
    ])

  /// Looks for such comments in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let suppressions = subject.suppressions else { return }
    let known = RuleRegistry.all.map { $0.description.id }
    for suppression in suppressions.all {
      for rule in suppression.rules where !known.contains(rule) {
        let candidate = Suggestion.nearest(rule, in: known)
        findings.report(
          "there is no rule \"\(rule)\", so nothing is ignored", at: suppression.comment,
          help: candidate.map { "write \($0)" } ?? "write the id of a rule")
      }
    }
    for comment in suppressions.malformed {
      findings.report(
        "the comment does not say which rules to ignore, so nothing is ignored", at: comment.range,
        help: "write eks-access: ignore[rule-id] and the reason, or ignore-file[rule-id]")
    }
  }
}
