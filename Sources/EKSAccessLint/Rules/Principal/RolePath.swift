import EKSAccess
import YAMLSource

/// A role's ARN with a path.
public enum RolePath: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "role-path",
    severity: .error,
    summary: "the ARN of a role in aws-auth has a path",
    rationale: """
      EKS learns a caller's role from STS, whose ARNs carry no path. A row with a path therefore \
      matches nobody, and no message says so. This is true for roles of IAM Identity Center \
      (`aws-reserved/sso.amazonaws.com/…`) and for service-linked roles too. Access entries are \
      the opposite: they need the ARN with its path. The ARN of a user keeps its path everywhere.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go (Canonicalize)",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: ↓arn:aws:iam::444455556666:role/team/deployer
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
        - rolearn: ↓"arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/\
        AWSReservedSSO_Admin_0123456789abcdef"
          username: admin
          groups: [admins]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/team/alice
          username: alice
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let principal = row.iamPrincipal, principal.kind == .role, principal.hasPath,
      let stripped = try? principal.strippingPath()
    else { return }
    findings.report(
      message(principal), at: row.range, notes: [.init(note)],
      help: "write \(stripped)",
      fix: Fix(.safe, row.arnNode?.replacing(with: stripped.description)))
  }

  private static func message(_ principal: IAMPrincipal) -> String {
    "role ARN has the path \"\(principal.path)\", so this row matches nobody"
  }

  private static let note = "STS names roles without their path, and EKS compares with that name"
}
