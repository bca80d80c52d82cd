import EKSAccess
import EKSAccessManifests

/// A principal with a row under mapRoles and one under mapUsers.
public enum PrincipalInBothSections: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "principal-in-both-sections",
    severity: .warning,
    summary: "a principal has a row under mapRoles and another one under mapUsers",
    rationale: """
      EKS compares the ARN of a caller with the rows of mapRoles first, whether they name roles or \
      users, and asks mapUsers only when none of them matches. The row under mapUsers is never \
      reached: its username and groups are lost.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/mapper.go (Map)",
    needsWholeFile: true,
    failing: [
      .data(
        """
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
        mapUsers: |
          - userarn: ↓arn:aws:iam::444455556666:role/Deployer
            username: deployer
            groups: [auditors]
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": ↓\"arn:aws:iam::444455556666:user/alice\"}]"
        mapRoles: '[{rolearn: "arn:aws:iam::444455556666:user/alice"}]'
        """#),
    ],
    passing: [
      .data(
        """
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/alice
            username: alice
            groups: [deployers]
        mapUsers: |
          - userarn: arn:aws:iam::444455556666:user/alice
            username: alice
            groups: [auditors]
        """),
      .data(
        """
        mapRoles: |
          - rolearn: ${ADMIN}
            username: admin
            groups: [admins]
        mapUsers: |
          - userarn: ${ADMIN}
            username: admin
            groups: [admins]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard configMap.mayRepeatARN else { return }
    var roles: [String: Row] = [:]
    for row in configMap.rows where row.section == .mapRoles && RowKey(row) != nil {
      if let arn = row.entry.arn?.value { roles[arn.simpleFolded] = row }
    }
    guard !roles.isEmpty else { return }
    for row in configMap.rows where row.section == .mapUsers && RowKey(row) != nil {
      guard let arn = row.entry.arn?.value, let winner = roles[arn.simpleFolded] else { continue }
      findings.report(
        message(row), at: row.range(besides: winner),
        notes: [.init("this row of mapRoles counts", at: winner.range)], help: help(row))
    }
  }

  private static func message(_ row: Row) -> String {
    "this \(row.principalNoun) has a row under mapRoles too, so EKS never reaches this one"
  }

  private static func help(_ row: Row) -> String {
    let section = row.written?.kind == .user ? "mapUsers" : "mapRoles"
    return "keep one row, under \(section), with all of the groups"
  }
}
