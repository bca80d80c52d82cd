import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A section whose text holds no rows.
public enum EmptySection: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "empty-section",
    severity: .warning,
    summary: "a section holds nothing or comments alone",
    rationale: """
      The text of the section is what EKS knows of it. Comments alone are an empty section: when \
      the file is applied, every row that the cluster had there is gone, those of the nodes too. \
      An empty list that is written as `[]` is taken as meant.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (ParseMap, saveMap)",
    needsWholeFile: true,
    failing: [
      .data(
        """
        ↓mapRoles: |
          # rows go here
        mapUsers: |
          - userarn: arn:aws:iam::444455556666:user/alice
            username: alice
            groups: [developers]
        """),
      .data("↓mapRoles:"),
    ],
    passing: [
      .mapUsers("[]"),
      .data("mapUsers: ''"),
      .mapUsers(
        """
        # people
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard configMap.manifest.dialect.sectionsAreText else { return }
    for section in configMap.manifest.sections where section.isEmpty && !isMeant(section) {
      let name = section.section.rawValue
      let what = section.section == .mapAccounts ? "account" : "row"
      let content = section.comments.isEmpty ? "nothing" : "only comments"
      findings.report(
        "\"\(name)\" holds \(content): applying the file removes every \(what) that it had",
        at: section.key.range,
        help: "write the rows, or [] where there are none, or remove the key")
    }
  }

  /// `[]`, `''` or a reference that another program resolves.
  private static func isMeant(_ section: AWSAuthSectionText) -> Bool {
    if section.documents.first?.root.isSequence == true { return true }
    guard section.value.isScalar, section.value.style != .plain else { return false }
    return section.value.style != .literal && section.value.style != .folded
      && section.comments.isEmpty
  }
}
