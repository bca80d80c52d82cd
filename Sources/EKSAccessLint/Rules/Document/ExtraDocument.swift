import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A second YAML document inside of a section.
public enum ExtraDocument: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "extra-document",
    severity: .warning,
    summary: "a section holds more than one YAML document, of which EKS reads the first",
    rationale: """
      A line `---` ends a YAML document. The authenticator reads the first document of a section; \
      rows behind the line have no effect, and no message says so.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go; sigs.k8s.io/yaml Unmarshal",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        ↓---
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        """),
      Example(
        #"""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapUsers: "[]\n↓---\n- userarn: arn:aws:iam::444455556666:user/alice\n"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        ---
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        ---
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for section in configMap.manifest.sections {
      guard section.failure == nil, let start = extraDocument(of: section) else { continue }
      findings.report(
        "rows below this line have no effect: EKS reads \"\(section.section.rawValue)\" up to here",
        at: start..<(start + 3),
        notes: [.init("--- begins another YAML document, and only the first one is read")],
        help: "remove the line")
    }
  }

  private static func extraDocument(of section: AWSAuthSectionText) -> Int? {
    if let second = section.documents.dropFirst().first {
      let root = second.root
      return root.isScalar && root.bytes.isEmpty ? nil : second.range.lowerBound
    }
    // The second document may be one that does not parse.
    guard let unread = section.unreadDocument, section.value.bytes.contains(ascii: "\n---") else {
      return nil
    }
    return unread.lowerBound
  }
}
