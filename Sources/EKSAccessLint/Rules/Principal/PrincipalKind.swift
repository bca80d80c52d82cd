import EKSAccess
import EKSAccessManifests

/// A user under mapRoles or a role under mapUsers.
public enum PrincipalKind: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "principal-kind",
    severity: .warning,
    summary: "a user stands under mapRoles or a role under mapUsers",
    rationale: """
      EKS compares the ARN of a caller with the rows of mapRoles and then with those of mapUsers, \
      whatever they name. A user under mapRoles gets in by that accident. Other tools that read \
      aws-auth, such as eksctl and everything that moves rows to access entries, go by the \
      section, and refuse or misread such a row. The two sections also differ: of several rows \
      for one ARN the last one counts in mapRoles, whereas mapUsers tells spellings apart.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (RoleMapping, UserMapping)",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:↓user/alice
          username: alice
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: "arn:aws:iam::444455556666:↓role/deployer"
          username: deployer
          groups: [deployers]
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:↓Role/deployer\"}]"
        """#),
    ],
    passing: [
      .data(
        """
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/user/deployer
            username: deployer
            groups: [deployers]
        mapUsers: |
          - userarn: arn:aws:iam::444455556666:user/role/alice
            username: alice
            groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: ${USER}
          username: alice
          groups: [developers]
        """),
      // One of the two rows has to go: a finding of another rule.
      .data(
        """
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
        mapUsers: |
          - userarn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [auditors]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let rows = configMap.rows.filter(isMisplaced)
    guard !rows.isEmpty else { return }
    let other: [AWSAuthSection: Set<String>] = [
      .mapRoles: arns(configMap, .mapUsers), .mapUsers: arns(configMap, .mapRoles),
    ]
    for row in rows {
      guard let arn = row.entry.arn?.value, let resource = row.written?.parts?.resource,
        other[row.section]?.contains(arn.simpleFolded) != true
      else { continue }
      findings.report(
        message(row), at: row.range(of: resource), notes: [.init(note)], help: help(row))
    }
  }

  private static func isMisplaced(_ row: Row) -> Bool {
    switch row.written?.kind {
    case .user?: row.section == .mapRoles
    case .role?, .session?: row.section == .mapUsers
    default: false
    }
  }

  private static func arns(_ configMap: ConfigMapSubject, _ section: AWSAuthSection) -> Set<String>
  {
    Set(
      configMap.rows.lazy.filter { $0.section == section }
        .compactMap { $0.entry.arn?.value.simpleFolded })
  }

  private static func message(_ row: Row) -> String {
    """
    a \(row.principalNoun) stands under \(row.section.rawValue), where other tools than EKS refuse \
    or misread it
    """
  }

  private static let note = "EKS finds the row all the same, since it compares ARNs alone"

  private static func help(_ row: Row) -> String {
    row.section == .mapRoles
      ? "move the row to mapUsers and call its key \"userarn\""
      : "move the row to mapRoles and call its key \"rolearn\""
  }
}
