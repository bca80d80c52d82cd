/// The ARN of an account's root user.
public enum RootARN: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "root-arn",
    severity: .warning,
    summary: "an ARN names the root user of an account, not everybody in it",
    rationale: """
      In the policies of IAM, `arn:aws:iam::<account>:root` stands for the whole account. In \
      aws-auth it is compared with the ARN of the caller like any other: it matches the root user \
      of that account and none of its roles and users. Nobody should work as the root user.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go (Canonicalize)",
    failing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:↓root
          username: everyone
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: "arn:aws:iam::444455556666:↓root"
          username: everyone
          groups: [developers]
        """),
      .data(#"mapUsers: "[{\"userarn\": \"arn:aws-cn:iam::444455556666:↓root\"}]""#),
    ],
    passing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/root
          username: root
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/root
          username: root
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::${ACCOUNT}:root
          username: everyone
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let written = row.written, written.kind == .root, let parts = written.parts else {
      return
    }
    findings.report(
      message(parts.account), at: row.range(of: parts.resource), notes: [.init(note)], help: help)
  }

  private static func message(_ account: Substring) -> String {
    """
    this ARN names the root user of account "\(account)" alone, so nobody else of the account \
    gets in
    """
  }

  private static let note = "\":root\" stands for a whole account only in the policies of IAM"

  private static let help =
    "write a row for each role and user that is meant, or for one role that all of them assume"
}
