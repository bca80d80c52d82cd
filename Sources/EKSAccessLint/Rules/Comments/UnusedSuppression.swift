import EKSAccessManifests

/// A comment that ignores what is not found.
public enum UnusedSuppression: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unused-suppression",
    severity: .warning,
    summary: "a comment to this tool ignores what is not found",
    rationale: """
      A comment `# eks-access: ignore[rule-id] reason` that excuses nothing is left from a mistake \
      that is gone, or stands at the wrong line. It would hide the next mistake of its kind.
      """,
    source: "eks-access lint --help",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/ci ↓# eks-access: ignore[role-path] on purpose
          username: ci
          groups: [deployers]
        """)
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/team/ci # eks-access: ignore[role-path] on purpose
          username: ci
          groups: [deployers]
        """)
    ])

  /// Looks for such comments in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let suppressions = subject.suppressions else { return }
    // These two would ask for themselves.
    let own = RuleRegistry.commentRules.map { $0.description.id }
    var found = FindingCollector(isPartial: subject.file.template?.isPartial == true)
    for id in Set(suppressions.all.flatMap(\.rules)).subtracting(own) {
      if let rule = RuleRegistry.rule(id) { found.run(rule, on: subject) }
    }
    for suppression in suppressions.all
    where !suppression.rules.contains(where: own.contains)
      && suppression.rules.allSatisfy({ RuleRegistry.rule($0) != nil })
      && !found.findings.contains(where: suppression.covers)
    {
      let names = suppression.rules.joined(separator: ", ")
      findings.report(
        "nothing is found here that \"\(names)\" would have to ignore", at: suppression.comment,
        help: "remove the comment")
    }
  }
}
