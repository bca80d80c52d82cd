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
    guard !row.entry.isPlain else { return }
    let dialect = row.dialect
    // The documentation of the authenticator itself writes the keys of its file in several ways.
    guard dialect.decoding != .weak,
      row.entry.fields.contains(where: { !isCanonical($0, dialect) })
    else { return }
    for field in row.ownFields {
      guard let name = field.name, !isCanonical(field, dialect),
        row.entry.fields.lazy.filter({ $0.name == name }).dropFirst().isEmpty
      else { continue }
      findings.report(
        "\"\(field.key.string)\" is \"\(dialect.key(of: name))\" to \(dialect.reader), but unknown to "
          + "other tools",
        at: field.key.range, help: "write \(dialect.key(of: name))",
        fix: Fix(.safe, field.key.replacing(with: dialect.key(of: name))))
    }
  }

  private static func isCanonical(_ field: MappingEntry.Field, _ dialect: MappingDialect) -> Bool {
    guard let name = field.name, !field.key.has(name.key) || dialect.key(of: name) != name.rawValue
    else { return true }
    return field.key.string == dialect.key(of: name)
  }
}
