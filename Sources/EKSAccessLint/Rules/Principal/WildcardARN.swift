import EKSAccessManifests

/// An ARN with a wildcard.
public enum WildcardARN: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "wildcard-arn",
    severity: .error,
    summary: "an ARN holds a wildcard",
    rationale: """
      EKS compares the ARN of a row with the ARN of the caller character by character, letter \
      case aside. `*` and `?` stand for nothing but themselves there, and no role or user has them \
      in its name, so the row matches nobody. A role of IAM Identity Center needs its whole name \
      with the sixteen digits at the end.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (RoleMapping)",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_↓*
          username: admin
          groups: [admins]
        """),
      .mapUsers(
        """
        - userarn: ↓"*"
          username: anybody
          groups: [developers]
        - userarn: "arn:aws:iam::↓*:user/*"
          username: anybody
          groups: [developers]
        """),
      .data(
        #"mapRoles: "[{\"rolearn\": \"arn:aws:iam::444455556666:role/team-↓?\", \"username\": \"x\"}]""#
      ),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef
          username: admin
          groups: ["*"]
        """),
      // The session's name is what is wrong: the role matches all of its sessions.
      .mapRoles(
        """
        - rolearn: arn:aws:sts::444455556666:assumed-role/deployer/*
          username: deployer
          groups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::${ACCOUNT}:role/*
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard !row.dialect.isSelfManaged, let written = row.written, written.flaw == .wildcard,
      let index = written.text.firstIndex(where: { $0 == "*" || $0 == "?" })
    else { return }
    let wildcard = written.text[index...index]
    let range = written.text.utf8.count == 1 ? row.range : row.range(of: wildcard)
    findings.report(
      message(wildcard), at: range, notes: [.init(note)],
      help: written.text.contains("AWSReservedSSO_") ? helpForSSO : help)
  }

  private static func message(_ wildcard: Substring) -> String {
    "the ARN holds \"\(wildcard)\", which EKS takes literally, so this row matches nobody"
  }

  private static let note = "no name in IAM holds \"*\" or \"?\""

  private static let help = "write a row for each role and user that is meant"

  private static let helpForSSO = """
    write the whole name of the role, AWSReservedSSO_<permission set>_<16 hex digits>, as "aws iam \
    list-roles --path-prefix /aws-reserved/sso.amazonaws.com/" shows it
    """
}
