import EKSAccess
import EKSAccessManifests
import YAMLSource

/// Whole accounts that are let in.
public enum MapAccounts: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "map-accounts",
    severity: .warning,
    summary: "mapAccounts lets every user and role of an account in",
    rationale: """
      EKS authenticates everybody of an account in `mapAccounts`, people and machines alike, with \
      their ARN as the username and no groups of their own. They are then in \
      `system:authenticated`, and get whatever is bound to that group or to their ARN. Access \
      entries have nothing like it, so each of these principals needs a row before a move.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/mapper.go",
    failing: [
      .data(
        """
        ↓mapAccounts: |
          - "444455556666"
          - "777788889999"
        """),
      .data(
        #"""
        ↓mapAccounts: "[\"444455556666\"]"
        """#),
    ],
    passing: [
      .data("mapAccounts: |\n  []"),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: mapAccounts
          groups: [operators]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let section = configMap.manifest[.mapAccounts], !section.accounts.isEmpty else { return }
    let count = Set(section.accounts.map { $0.value }).count
    findings.report(
      "\"mapAccounts\" lets every user and role of \(count) account\(count == 1 ? "" : "s") in",
      at: section.key.string == section.section.rawValue
        ? section.key.range : section.accounts.first?.range ?? section.key.range,
      notes: [.init("they get their ARN as username and the group \"system:authenticated\"")],
      help: "write rows in mapRoles and mapUsers for those who need access, and remove the section")
  }
}
