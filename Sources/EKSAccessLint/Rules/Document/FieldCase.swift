import EKSAccessManifests
import YAMLSource

/// A key of a row in another case than the documented one.
public enum FieldCase: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "field-case",
    severity: .note,
    summary: "a key of a row is not written in small letters",
    rationale: """
      The authenticator compares keys of rows without regard to case, so `roleARN` works. Other \
      tools that read and write aws-auth compare exactly: to them such a row has no ARN, and some \
      write it back without one.
      """,
    source: "aws-iam-authenticator pkg/config/types.go; Go encoding/json",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - ↓roleARN: arn:aws:iam::444455556666:role/deployer
          username: deployer
          ↓Groups: [deployers]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
          """)
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard row.entry.fields.contains(where: { !isCanonical($0) }) else { return }
    for field in row.ownFields {
      guard let name = field.name, !isCanonical(field),
        row.entry.fields.lazy.filter({ $0.name == name }).dropFirst().isEmpty
      else { continue }
      findings.report(
        "\"\(field.key.string)\" is \"\(name.rawValue)\" to EKS, but unknown to other tools",
        at: field.key.range, help: "write \(name.rawValue)",
        fix: Fix(.safe, field.key.replacing(with: name.rawValue)))
    }
  }

  private static func isCanonical(_ field: MappingEntry.Field) -> Bool {
    field.name.map { field.key.has($0.key) } ?? true
  }
}
