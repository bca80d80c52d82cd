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
      let key = field.key.string
      guard !Placeholder.isUnresolved(identity: key) else { continue }
      let suggestion = row.suggestion(for: field)
      let isFree = suggestion.map { row.entry.field($0) == nil } ?? false
      let help: String
      if key.hasPrefix("-") {
        help = "write a blank behind the dash"
      } else if let suggestion {
        help = "did you mean \"\(suggestion.rawValue)\"?"
      } else {
        help = "remove the key, or write it as a comment"
      }
      findings.report(
        "\"\(key)\" is no key that EKS knows, so it is ignored", at: field.key.range,
        notes: [
          .init("the keys of a row are \(row.names.map { "\"\($0)\"" }.joined(separator: ", "))")
        ],
        help: help,
        fix: isFree ? Fix(.unsafe, field.key.replacing(with: suggestion?.rawValue ?? "")) : nil)
    }
  }
}

extension Row {
  /// The keys that EKS reads in a row of this section.
  var names: [String] {
    [section == .mapRoles ? "rolearn" : "userarn", "username", "groups"]
  }

  /// The key that an unknown one was meant to be.
  func suggestion(for field: MappingEntry.Field) -> MappingEntry.Name? {
    guard field.name == nil, !field.key.string.hasPrefix("-") else { return nil }
    let arn: MappingEntry.Name = section == .mapRoles ? .roleARN : .userARN
    let key = field.key.string.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
    let holdsARN = field.value.string.hasPrefix("arn:")
    switch key {
    case "rolearn", "userarn", "arn", "iamarn": return arn
    case "role", "iamrole", "user", "iamuser", "principal", "principalarn":
      return holdsARN ? arn : key == "user" ? .username : nil
    case "name", "k8susername", "kubernetesusername": return .username
    case "groupnames", "kubernetesgroups", "k8sgroups": return .groups
    default: return Suggestion.nearest(key, in: names).flatMap { MappingEntry.Name(rawValue: $0) }
    }
  }

  /// Whether an unknown key of the row was meant to be this one.
  func hasMisspelled(_ name: MappingEntry.Name) -> Bool {
    entry.fields.contains { suggestion(for: $0) == name }
  }
}
