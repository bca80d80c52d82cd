import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A key of `data` that is one of the three sections but for case or its last letter.
public enum SectionKeyCase: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "section-key-case",
    severity: .error,
    summary: "the key of a section is not spelled exactly `mapRoles`, `mapUsers` or `mapAccounts`",
    rationale: """
      Keys of a ConfigMap are compared exactly. EKS looks for `mapRoles`, `mapUsers` and \
      `mapAccounts` and passes over `maproles` or `mapRole` without a word, so that nobody named \
      there has access. Only the keys inside of a row may be written in any case.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (ParseMap)",
    fix: .safe,
    failing: [
      .data(
        """
        ↓maproles: |
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
        """,
        fixed: """
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/deployer
              username: deployer
              groups: [deployers]
          """),
      .data(
        """
        ↓"mapUser": |
          - userarn: arn:aws:iam::444455556666:user/alice
            username: alice
            groups: [developers]
        """),
    ],
    passing: [
      .mapUsers(
        """
        - userArn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        """),
      .data("mapping: none"),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for pair in configMap.manifest.data?.pairs ?? .init() {
      guard AWSAuthManifest.isSectionLike(pair.key),
        AWSAuthSection(rawValue: pair.key.string) == nil,
        let section = AWSAuthSection.allCases.first(where: { matches($0, pair.key.string) })
      else { continue }
      let name = section.rawValue
      let present = configMap.manifest[section]
      findings.report(
        "\"\(pair.key.string)\" is not \"\(name)\": EKS ignores the key and all that stands below it",
        at: pair.key.range,
        notes: present.map { [.init("\"\(name)\" is here too", at: $0.key.range)] } ?? [],
        help: present == nil
          ? "write \(name)" : "move the rows to \"\(name)\" and remove this key",
        fix: present == nil ? Fix(.safe, pair.key.replacing(with: name)) : nil)
    }
  }

  private static func matches(_ section: AWSAuthSection, _ key: String) -> Bool {
    let (name, key) = (section.rawValue.lowercased(), key.lowercased())
    return key == name || key + "s" == name
  }
}
