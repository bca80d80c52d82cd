import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A row without an ARN.
public enum MissingARN: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "missing-arn",
    severity: .error,
    summary: "a row has no ARN, so EKS drops it",
    rationale: """
      A row of `mapRoles` needs `rolearn`, a row of `mapUsers` needs `userarn`. EKS drops a row \
      without, also when the ARN stands behind the key of the other section or behind a misspelled \
      one.
      """,
    source: "aws-iam-authenticator pkg/config/mapper.go (Validate)",
    fix: .unsafe,
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - ↓username: deployer
          groups: [deployers]
        - rolearn: ↓""
          username: auditor
          groups: [auditors]
        """),
      .mapRoles(
        """
        - ↓userarn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
          """),
      .mapUsers(
        """
        - username: alice
          groups: [developers]
          ↓user_arn: arn:aws:iam::444455556666:user/alice
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: ${DEPLOYER_ARN}
          username: deployer
          groups: [deployers]
        - sso: {permissionSetName: Admins, accountID: "444455556666"}
          username: admin
          groups: [admins]
        """),
      .mapRoles(
        """
        - rolearn: 1234
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard row.lacksARN else { return }
    let key = row.dialect.arnKey(in: row.section)
    let loss = row.dialect.refusal ?? "EKS drops it"
    guard let misnamed = row.misnamedARN else {
      let empty = row.arnField
      let range = empty.map { $0.value.range.isEmpty ? $0.key.range : $0.value.range }
      findings.report(
        "row has \(empty == nil ? "no \"\(key)\"" : "an empty \"\(key)\""), so \(loss)",
        at: range ?? row.firstFieldRange, help: "write the ARN behind \(key):, or remove the row")
      return
    }
    let name = misnamed.key.string
    let hasSections = row.dialect.roleKey != row.dialect.userKey
    let belongsElsewhere =
      hasSections
      && misnamed.value.string.contains(
        row.section == .mapRoles ? ":user/" : ":role/")
    let other = row.section == .mapRoles ? "mapUsers" : "mapRoles"
    findings.report(
      "row has its ARN behind \"\(name)\" instead of \"\(key)\", so \(loss)",
      at: misnamed.key.range,
      help: belongsElsewhere ? "move the row to \(other)" : "write \(key)",
      fix: belongsElsewhere || row.arnField != nil
        ? nil : Fix(.unsafe, misnamed.key.replacing(with: key)))
  }
}

extension Row {
  var arnField: MappingEntry.Field? {
    entry.field(section == .mapRoles ? .roleARN : .userARN)
  }

  /// Whether EKS drops the row for want of an ARN; a value that is no text is another mistake.
  var lacksARN: Bool {
    guard entry.node.isMapping, !entry.isKept, entry.field(.sso) == nil else { return false }
    switch arnField?.value.scalar {
    case .null?: return true
    case .string(let text)?: return text.isEmpty
    default: return arnField == nil
    }
  }

  /// The key behind which the ARN of a row without one stands.
  var misnamedARN: MappingEntry.Field? {
    guard lacksARN else { return nil }
    let arn: MappingEntry.Name = section == .mapRoles ? .roleARN : .userARN
    return ownFields.first {
      suggestion(for: $0) == arn && $0.value.isScalar && !$0.value.bytes.isEmpty
    }
  }
}
