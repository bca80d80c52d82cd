import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A key of a row that EKS does not know.
public enum UnknownField: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unknown-field",
    severity: .warning,
    summary: "a row has a key that EKS ignores",
    rationale: """
      EKS reads `rolearn` or `userarn`, `username` and `groups` of a row, in any case. It passes \
      over other keys without a word: a row with `group` in place of `groups` gives no groups.
      """,
    source: "aws-iam-authenticator pkg/config/types.go",
    fix: .unsafe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          ↓group:
            - deployers
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups:
              - deployers
          """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          ↓user_name: alice
          groups: [developers]
          ↓comment: on call
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          userName: deployer
          GROUPS: [deployers]
          userid: AROAEXAMPLE
        """),
      .mapRoles(
        """
        - userarn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard row.entry.fields.contains(where: { $0.name == nil }) else { return }
    let misnamed = row.misnamedARN?.key.range
    for field in row.ownFields where field.name == nil && field.key.range != misnamed {
      guard !row.dialect.otherKeys.contains(field.key.string) else { continue }
      let key = field.key.string
      guard !Placeholder.isUnresolved(identity: key) else { continue }
      let suggestion = row.suggestion(for: field)
      let isFree = suggestion.map { row.entry.field($0) == nil } ?? false
      let help: String
      if key.hasPrefix("-") {
        help = "write a blank behind the dash"
      } else if let suggestion {
        help = "did you mean \"\(row.dialect.key(of: suggestion))\"?"
      } else {
        help = "remove the key, or write it as a comment"
      }
      findings.report(
        message(key, suggestion.map(row.dialect.key(of:)), row.dialect), at: field.key.range,
        notes: [
          .init("the keys of a row are \(row.names.map { "\"\($0)\"" }.joined(separator: ", "))")
        ],
        help: help,
        fix: isFree
          ? Fix(
            .unsafe, suggestion.flatMap { field.key.replacing(with: row.dialect.key(of: $0)) })
          : nil,
        severity: row.dialect.refusesUnknownKeys ? .error : nil)
    }
  }

  private static func message(
    _ key: String, _ suggestion: String?, _ dialect: MappingDialect
  ) -> String {
    guard let refusal = dialect.refusal, dialect.decoding == .strict else {
      return "\"\(key)\" is no key that \(dialect.reader) knows, so it is ignored"
    }
    if let suggestion, suggestion.lowercased() == key.lowercased() {
      return "\"\(key)\" is not \"\(suggestion)\": the key is ignored, or \(refusal)"
    }
    return dialect.refusesUnknownKeys
      ? "\"\(key)\" is no key that \(dialect.reader) knows, so \(refusal)"
      : "\"\(key)\" is no key of \(dialect.name), so it is ignored, or \(refusal)"
  }
}

extension Row {
  /// The keys that EKS reads in a row of this section.
  var names: [String] {
    [dialect.arnKey(in: section), "username", "groups"]
  }

  /// The key that an unknown one was meant to be.
  func suggestion(for field: MappingEntry.Field) -> MappingEntry.Name? {
    guard field.name == nil, !field.key.string.hasPrefix("-"),
      !dialect.otherKeys.contains(field.key.string)
    else { return nil }
    let arn: MappingEntry.Name = section == .mapRoles ? .roleARN : .userARN
    let key = field.key.string.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    let holdsARN = field.value.string.hasPrefix("arn:")
    switch key {
    case "rolearn", "userarn", "arn", "iamarn": return arn
    case "role", "iamrole", "user", "iamuser", "principal", "principalarn":
      return holdsARN ? arn : key == "user" ? .username : nil
    case "name", "k8susername", "kubernetesusername": return .username
    case "groupnames", "kubernetesgroups", "k8sgroups": return .groups
    default:
      guard let near = Suggestion.nearest(key, in: names) else { return nil }
      return near == dialect.arnKey(in: section) ? arn : MappingEntry.Name(rawValue: near)
    }
  }

  /// Whether an unknown key of the row was meant to be this one.
  func hasMisspelled(_ name: MappingEntry.Name) -> Bool {
    entry.fields.contains { suggestion(for: $0) == name }
  }
}
