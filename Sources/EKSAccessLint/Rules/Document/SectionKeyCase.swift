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
      Example(
        """
        generatorOptions: {disableNameSuffixHash: true}
        configMapGenerator:
          - name: aws-auth
            files:
              - mapRoles=roles.yaml
              - ↓people/mapUsers.yaml
        """,
        fixed: """
          generatorOptions: {disableNameSuffixHash: true}
          configMapGenerator:
            - name: aws-auth
              files:
                - mapRoles=roles.yaml
                - mapUsers=people/mapUsers.yaml
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
    for file in configMap.manifest.generator?.files ?? [] { report(file, &findings) }
    for key in configMap.manifest.keys {
      guard AWSAuthManifest.isSectionLike(key), AWSAuthSection(rawValue: key.string) == nil,
        let section = AWSAuthSection.allCases.first(where: { matches($0, key.string) })
      else { continue }
      let name = section.rawValue
      let present = configMap.manifest[section]
      findings.report(
        "\"\(key.string)\" is not \"\(name)\": EKS ignores the key and all that stands below it",
        at: key.range,
        notes: present.map { [.init("\"\(name)\" is here too", at: $0.key.range)] } ?? [],
        help: present == nil
          ? "write \(name)" : "move the rows to \"\(name)\" and remove this key",
        fix: present == nil ? Fix(.safe, key.replacing(with: name)) : nil)
    }
  }

  /// Reports a file that is named after a section and has no key, so that its name is the key.
  private static func report(
    _ file: ConfigMapGenerator.File, _ findings: inout FindingCollector
  ) {
    let stem = String(file.key.string.prefix { $0 != "." })
    guard !file.hasKey, let section = AWSAuthSection.allCases.first(where: { matches($0, stem) }),
      file.key.string != section.rawValue
    else { return }
    let name = section.rawValue
    let place = file.node.positionMap?.sourceRange(of: 0..<0)
    findings.report(
      "the file gives the ConfigMap a key \"\(file.key.string)\", not \"\(name)\": EKS ignores it",
      at: file.node.range,
      notes: [.init("a file without a key before its path is kept under its own name")],
      help: "write \(name)=\(file.path)",
      fix: Fix(.safe, place.map { SourceEdit(range: $0, replacement: "\(name)=") }))
  }

  private static func matches(_ section: AWSAuthSection, _ key: String) -> Bool {
    let (name, key) = (section.rawValue.lowercased(), key.lowercased())
    return key == name || key + "s" == name
  }
}
