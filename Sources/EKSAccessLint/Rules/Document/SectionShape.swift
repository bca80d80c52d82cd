import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A section that is no list of mappings.
public enum SectionShape: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "section-shape",
    severity: .error,
    summary: "a section is not a list of rows",
    rationale: """
      The text of `mapRoles` and `mapUsers` must be a list of mappings, that of `mapAccounts` a list \
      of account ids. EKS reads nothing from a section that is a mapping or a word, and nothing from \
      an item that is a list or a word.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (ParseMap)",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        ↓rolearn: arn:aws:iam::444455556666:role/deployer
        username: deployer
        groups: [deployers]
        """),
      .mapRoles(
        """
        - ↓- rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
        """),
      .mapRoles(
        """
        ↓-groups:
          - deployers
        """),
      .data("mapAccounts: ↓all"),
      .data(
        """
        mapAccounts: |
          - ↓id: "444455556666"
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
      .data(#"mapRoles: '[{"rolearn": "arn:aws:iam::444455556666:role/deployer"}]'"#),
      .data("mapAccounts: '[\"444455556666\"]'"),
      .mapRoles("${indent(4, yamlencode(roles))}"),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for (configMap, section) in subject.unreadableSections {
      guard case .notList(let root)? = section.failure,
        TemplateEvidence.find(of: section, in: configMap, of: subject.file)
          == nil
      else { continue }
      report(root, in: section, of: configMap, &findings)
    }
    for configMap in subject.configMaps {
      for section in configMap.manifest.sections {
        checkItems(of: section, in: configMap.manifest, &findings)
      }
    }
  }

  private static func checkItems(
    of section: AWSAuthSectionText, in manifest: AWSAuthManifest,
    _ findings: inout FindingCollector
  ) {
    let dialect = manifest.dialect
    for entry in section.entries where !entry.node.isMapping {
      let word = entry.node.string
      guard !Placeholder.isUnresolved(identity: word) else { continue }
      findings.report(
        "this item of \"\(manifest.name(of: section))\" is \(article(entry.node)), not a mapping, so "
          + (dialect.refusal ?? "EKS drops it"),
        at: entry.node.range,
        help: entry.node.isSequence
          ? "remove one of the two dashes"
          : "write the keys of a row: \(keys(section.section, dialect))")
    }
    for problem in section.problems {
      guard case .type(_, _, let found) = problem.kind else { continue }
      findings.report(
        "this item of \"\(manifest.name(of: section))\" is a \(found), not an account id",
        at: problem.range, help: "write the account id in quotes as the item")
    }
  }

  private static func report(
    _ root: YAMLNode, in text: AWSAuthSectionText, of manifest: AWSAuthManifest,
    _ findings: inout FindingCollector
  ) {
    let section = text.section
    let first = root.pairs.first?.key
    let key = first?.string ?? ""
    let help: String
    if key.hasPrefix("-") {
      help = "write a blank between the dash and \"\(key.dropFirst())\""
    } else if key.lowercased() == section.rawValue.lowercased() {
      help = "remove this line: the text begins with the rows"
    } else if first != nil, section != .mapAccounts {
      help = "write a dash before the first key of each row: \"- \(key):\""
    } else if root.string.hasPrefix("-") {
      help = "write a blank behind the dash"
    } else {
      help =
        section == .mapAccounts
        ? "write a list of account ids in quotes"
        : "write a list of rows with the keys \(keys(section, manifest.dialect))"
    }
    findings.report(
      manifest.dialect.refusal.map {
        "\"\(manifest.name(of: text))\" is \(article(root)), not a list, so \($0)"
      } ?? "the text of \"\(section.rawValue)\" is \(article(root)), not a list, so EKS reads "
        + "nothing from it",
      at: first?.range ?? root.range, help: help)
  }

  private static func keys(_ section: AWSAuthSection, _ dialect: MappingDialect) -> String {
    "\(dialect.arnKey(in: section)), username and groups"
  }

  private static func article(_ node: YAMLNode) -> String {
    guard node.isScalar else { return "a \(node.typeName)" }
    switch node.scalar {
    case .null?: return "empty"
    case .string(let text)? where text.count <= 40: return "the text \"\(text)\""
    default: return "a \(node.typeName)"
    }
  }
}
