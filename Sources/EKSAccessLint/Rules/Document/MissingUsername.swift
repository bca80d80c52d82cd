import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A row without a username.
public enum MissingUsername: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "missing-username",
    severity: .warning,
    summary: "a row has no username",
    rationale: """
      EKS keeps the row, and the caller's name in Kubernetes is empty: audit logs do not tell who \
      it was, and no binding can name the caller. All examples of AWS set a username.
      """,
    source: "aws-iam-authenticator pkg/config/mapper.go (Validate); EKS user guide auth-configmap",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - ↓rolearn: arn:aws:iam::444455556666:role/deployer
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: ↓""
          groups: [developers]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          UserName: deployer
          groups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: ""
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: 12
          groups: [auditors]
        - rolearn: arn:aws:iam::444455556666:role/deployer
          user: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    if let username = row.entry.username, !username.value.isEmpty { return }
    guard row.entry.isKept, row.entry.node.isMapping, !row.hasMisspelled(.username) else { return }
    let field = row.entry.field(.username)
    guard field?.value.isNull ?? true || row.entry.username != nil else { return }
    let isRequired = row.dialect.required.contains(.username)
    guard !row.lacksRequiredIdentity else { return }
    let range = field.map { $0.value.range.isEmpty ? $0.key.range : $0.value.range }
    findings.report(
      isRequired
        ? "row has no username, so \(row.dialect.refusal ?? "it is refused")"
        : "row has no username, so its caller has an empty name in audit logs and no binding can "
          + "name it",
      at: range ?? row.firstFieldRange,
      help: row.section == .mapRoles
        ? "write a username, such as \"team:{{SessionName}}\"" : "write a username",
      severity: isRequired ? .error : nil)
  }
}

extension Row {
  /// Whether the row has neither a username nor groups where one of them is required.
  var lacksRequiredIdentity: Bool {
    dialect.requiresIdentity && username.isEmpty && entry.groups.isEmpty
  }
}
