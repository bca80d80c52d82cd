import EKSAccessManifests
import YAMLSource

/// The ARN of a role session.
public enum SessionARN: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "session-arn",
    severity: .error,
    summary: "the ARN of a role session stands where the role's belongs",
    rationale: """
      `aws sts get-caller-identity` prints the ARN of a session, \
      `arn:aws:sts::<account>:assumed-role/<role>/<session>`. EKS turns the session of a caller \
      into its role before it looks for a row, and does not do the same with what is written in \
      aws-auth. A row with the ARN of a session therefore matches nobody. The role's ARN matches \
      every session of the role.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go (Canonicalize)",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: ↓arn:aws:sts::444455556666:assumed-role/deployer/terminal
          username: deployer
          groups: [deployers]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
          """),
      .mapRoles(
        """
        - rolearn: ↓'arn:aws-cn:sts::444455556666:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/*'
          username: admin
          groups: [admins]
        """,
        fixed: """
          - rolearn: 'arn:aws-cn:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef'
            username: admin
            groups: [admins]
          """),
      .data(
        #"""
        mapRoles: "[{\"rolearn\": ↓\"arn:aws:iam::444455556666:assumed-role/deployer\", \"username\": \"x\"}]"
        """#,
        fixed: #"""
          mapRoles: "[{\"rolearn\": \"arn:aws:iam::444455556666:role/deployer\", \"username\": \"x\"}]"
          """#),
      // The role has a row already: somebody has to say which one counts.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: ↓arn:aws:sts::444455556666:assumed-role/deployer/terminal
          username: deployer
          groups: [auditors]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/assumed-role
          username: deployer:{{SessionName}}
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:sts::444455556666:federated-user/alice
          username: alice
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:sts::${ACCOUNT}:assumed-role/deployer/terminal
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard !configMap.manifest.dialect.canonicalizesARNs else { return }
    let rows = configMap.rows.filter { $0.written?.kind == .session }
    guard !rows.isEmpty else { return }
    let meanings = RowsByMeaning(configMap)
    for row in rows {
      let corrected = row.written?.corrected
      let rival = meanings.rival(of: row)
      findings.report(
        message, at: row.range, notes: notes(rival), help: help(corrected, rival),
        fix: rival == nil
          ? corrected.flatMap { Fix(.safe, row.arnNode?.replacing(with: $0)) } : nil)
    }
  }

  private static let message =
    "this is the ARN of a role session, not of the role, so this row matches nobody"

  private static func notes(_ rival: Row?) -> [Finding.Note] {
    [Finding.Note("EKS compares with the role behind a session, whatever the session is called")]
      + (rival.map { [Finding.Note("this row names the role of the session", at: $0.range)] } ?? [])
  }

  private static func help(_ corrected: String?, _ rival: Row?) -> String {
    guard let corrected else {
      return "write the ARN of the role: arn:aws:iam::<account>:role/<name>"
    }
    return rival == nil
      ? "write \(corrected)"
      : "keep one row for the role, with all of its groups, and write \(corrected) there"
  }
}
