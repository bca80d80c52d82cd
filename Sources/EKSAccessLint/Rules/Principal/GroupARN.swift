/// The ARN of an IAM group.
public enum GroupARN: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "group-arn",
    severity: .error,
    summary: "the ARN of an IAM group stands where a role's or user's belongs",
    rationale: """
      An IAM group collects users for policies. It does not call anything itself, and a caller's \
      ARN does not tell the groups of the user. A row with the ARN of a group therefore matches \
      nobody. A role that the members of the group may assume does what is wanted.
      """,
    source: "EKS user guide, grant IAM users access to Kubernetes with a ConfigMap",
    failing: [
      .mapUsers(
        """
        - userarn: ↓arn:aws:iam::444455556666:group/developers
          username: developers
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: ↓'arn:aws:iam::444455556666:group/teams/developers'
          username: developers
          groups: [developers]
        """),
      .data(#"mapRoles: "- rolearn: ↓arn:aws:iam::444455556666:group/developers\n""#),
    ],
    passing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/group/alice
          username: alice
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:group/${GROUP}
          username: developers
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let written = row.written, written.kind == .group else { return }
    findings.report(message(written.name), at: row.range, notes: [.init(note)], help: help)
  }

  private static func message(_ name: Substring) -> String {
    "\"\(name)\" is an IAM group, and groups do not call, so this row matches nobody"
  }

  private static let note = "the ARN of a caller does not tell which IAM groups the user is in"

  private static let help =
    "let the members of the group assume a role, and write the ARN of that role under mapRoles"
}
