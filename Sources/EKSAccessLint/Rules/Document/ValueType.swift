import EKSAccessManifests
import YAMLSource

/// A number, boolean or collection where text belongs.
public enum ValueType: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "value-type",
    severity: .error,
    summary: "a value in a row is a number, a boolean or empty where text is needed",
    rationale: """
      YAML takes `yes`, `on`, `y` and `true` for booleans and digits for numbers. The authenticator \
      wants text and leaves such a field empty: the username is empty, or the group is an empty \
      name. The row stays, so nothing but its effect tells.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go; Go encoding/json",
    fix: .safe,
    failing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: ↓yes
          groups:
            - ↓1042
            - developers
        """,
        fixed: """
          - userarn: arn:aws:iam::444455556666:user/alice
            username: "yes"
            groups:
              - "1042"
              - developers
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups:
            - ↓system: authenticated
            -↓
        """),
      .mapRoles(
        """
        - rolearn: ↓[arn:aws:iam::444455556666:role/deployer]
          username: deployer
          groups: [deployers]
        """),
    ],
    passing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: "1042"
          groups: ['yes', 2020-02-02, 1.2.3]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: developers
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard !row.entry.isPlain, row.dialect.decoding != .weak else { return }
    let refusal = row.dialect.refusal
    let groups = row.entry.field(.groups)?.value
    for element in groups?.elements ?? .init() where element.isNull {
      report(element, "this group is empty: it gives the row a group without a name", &findings)
    }
    for field in row.entry.fields where !field.isOverridden {
      guard let name = field.name, name != .groups, name != .sso else { continue }
      check(
        field.value, "\"\(field.key.string)\" is",
        refusal
          ?? (name == .roleARN || name == .userARN ? "EKS drops the row" : "EKS reads it as empty"),
        &findings)
    }
    for element in groups?.elements ?? .init() {
      check(
        element, "this group is", refusal ?? "EKS reads it as a group without a name", &findings)
    }
    for pair in row.entry.field(.sso)?.value.pairs ?? .init() where !pair.isMerge {
      check(pair.value, "\"\(pair.key.string)\" is", "EKS reads it as empty", &findings)
    }
  }

  private static func check(
    _ value: YAMLNode, _ subject: @autoclosure () -> String, _ consequence: String,
    _ findings: inout FindingCollector
  ) {
    if value.isText || value.isNull { return }
    let what = value.isScalar ? "the \(value.typeName) \(value.string)" : "a \(value.typeName)"
    report(value, "\(subject()) \(what), not text, so \(consequence)", &findings)
  }

  private static func report(
    _ value: YAMLNode, _ message: String, _ findings: inout FindingCollector
  ) {
    if let name = splitName(value) {
      findings.report(
        message, at: value.range, notes: [.init("the blank behind the colon makes it a mapping")],
        help: "write \(name)",
        fix: value.isAlias ? nil : Fix(.safe, value.edit(range: value.range, writing: name)))
    } else if value.isNull {
      findings.report(message, at: value.range, help: "write the group, or remove the item")
    } else {
      findings.report(
        message, at: value.range,
        help: value.isScalar ? "write \(YAMLWriter.doubleQuoted(value.string))" : "write one name",
        fix: Fix(.safe, value.quoting))
    }
  }

  /// `system: masters` for `system:masters`.
  private static func splitName(_ value: YAMLNode) -> String? {
    guard value.isMapping, !value.isFlow, let pair = value.pairs.first,
      value.pairs.reduce(0, { count, _ in count + 1 }) == 1,
      pair.key.has("system") || pair.key.has("eks"),
      case .string(let rest)? = pair.value.scalar, pair.value.style == .plain,
      !rest.utf8.contains(0x20)
    else { return nil }
    return "\(pair.key.string):\(rest)"
  }
}
