import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A section that is a list where a string must stand.
public enum SectionNotString: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "section-not-string",
    severity: .error,
    summary: "a section is a YAML list or another value, not text: the `|` is missing",
    rationale: """
      The values of a ConfigMap's `data` are strings. `mapRoles` is a string that holds YAML, hence \
      the `|` behind the key. Without it the value is a list, which the API server refuses; tools \
      that build the object themselves lose the section.
      """,
    source: "Kubernetes core/v1 ConfigMap; aws-iam-authenticator pkg/mapper/configmap/yaml",
    fix: .safe,
    failing: [
      .data(
        """
        ↓mapRoles:
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
        ↓mapRoles:
        - rolearn: arn:aws:iam::444455556666:role/deployer
          # people
          username: deployer
          groups: [deployers]
        """,
        fixed: """
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/deployer
              # people
              username: deployer
              groups: [deployers]
          """),
      Example(
        """
        {
          "kind": "ConfigMap",
          "metadata": {"name": "aws-auth", "namespace": "kube-system"},
          "data": {↓"mapUsers": []}
        }
        """),
    ],
    passing: [
      .mapUsers("[]"),
      .data(
        """
        mapRoles: '[{"rolearn": "arn:aws:iam::444455556666:role/deployer", "username": "deployer"}]'
        """),
      .data("mapRoles: {{ toYaml .Values.mapRoles }}"),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for (configMap, section) in subject.unreadableSections {
      guard case .notText? = section.failure,
        TemplateEvidence.find(of: section, in: configMap, of: subject.file)
          == nil
      else { continue }
      let found = section.value.typeName
      let isBlock = section.value.isSequence && !section.value.isFlow
      findings.report(
        "\"\(section.section.rawValue)\" is a \(found), not text, so the API server refuses the "
          + "ConfigMap",
        at: section.key.range,
        notes: [.init("values of a ConfigMap's data are strings; this one holds YAML")],
        help: isBlock
          ? "write \(section.section.rawValue): | and indent the rows below it"
          : "write the value as a string that holds YAML",
        fix: fix(section, subject.file.bytes))
    }
  }

  /// The list becomes a text of the same lines, indented where they are not deeper than the key.
  private static func fix(_ section: AWSAuthSectionText, _ bytes: [UInt8]) -> Fix? {
    let list = section.value
    guard list.isSequence, !list.isFlow, !list.isAlias, list.range == list.fullRange,
      !hasAlias(list)
    else { return nil }
    let lines = FileLines(bytes)
    guard bytes[section.key.range.upperBound...].first == UInt8(ascii: ":"),
      let margin = lines.margin(of: section.key.range.lowerBound),
      let dashes = lines.margin(of: list.range.lowerBound), dashes >= margin,
      bytes[section.key.range.upperBound..<list.range.lowerBound]
        .allSatisfy({ [0x3A, 0x20, 0x0A, 0x0D].contains($0) })
    else { return nil }
    let colon = section.key.range.upperBound + 1
    var edits = [SourceEdit(range: colon..<colon, replacement: " |")]
    var start = lines.start(of: list.range.lowerBound)
    while start < list.range.upperBound {
      let end = lines.end(of: start)
      let content = bytes[start..<end].firstIndex { $0 != 0x20 && $0 != 0x0D } ?? end
      if content < end {
        guard content - start >= dashes else { return nil }
        if dashes == margin { edits.append(SourceEdit(range: start..<start, replacement: "  ")) }
      }
      start = end + 1
    }
    return Fix(.safe, edits)
  }

  private static func hasAlias(_ node: YAMLNode) -> Bool {
    node.isAlias || node.elements.contains { hasAlias($0) }
      || node.pairs.contains { hasAlias($0.key) || hasAlias($0.value) }
  }
}
