import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A value that begins with `{{` and has no quotes.
public enum UnquotedTemplate: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unquoted-template",
    severity: .error,
    summary: "a value without quotes begins with `{{`, so EKS drops the whole section",
    rationale: """
      YAML takes a value that begins with a brace for a mapping in flow style, and the authenticator \
      loses the whole section over it: since Kubernetes 1.25 such values must be quoted. Braces \
      behind other text, as in `system:node:{{EC2PrivateDNSName}}`, need no quotes.
      """,
    source: "EKS user guide kubernetes-versions-extended (Kubernetes 1.25)",
    fix: .safe,
    failing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/deployer
          username: ↓{{AccountID}}
          groups: [deployers]
        - userarn: arn:aws:iam::444455556666:user/auditor
          username: ↓{{AccountID}}:auditor  # who
          groups: [auditors]
        """,
        fixed: """
          - userarn: arn:aws:iam::444455556666:user/deployer
            username: "{{AccountID}}"
            groups: [deployers]
          - userarn: arn:aws:iam::444455556666:user/auditor
            username: "{{AccountID}}:auditor"  # who
            groups: [auditors]
          """),
      .mapUsers(
        """
        - userarn: ↓{{ DEPLOYER }}
          username: deployer
          groups: [deployers]
        """),
      Example(
        #"""
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapUsers: "- userarn: arn:aws:iam::444455556666:user/deployer\n  username: ↓{{AccountID}}\n  groups: [x]\n"
        """#,
        fixed: #"""
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: aws-auth
            namespace: kube-system
          data:
            mapUsers: "- userarn: arn:aws:iam::444455556666:user/deployer\n  username: \"{{AccountID}}\"\n  groups: [x]\n"
          """#),
      Example(
        """
        iamIdentityMappings:
          - arn: arn:aws:iam::444455556666:role/deployer
            username: ↓{{AccountID}}
            groups: [deployers]
        """,
        fixed: """
          iamIdentityMappings:
            - arn: arn:aws:iam::444455556666:role/deployer
              username: "{{AccountID}}"
              groups: [deployers]
          """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: '{{SessionName}}'
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for (configMap, section) in subject.unreadableSections {
      let places = places(in: section, of: subject.file)
      guard !places.isEmpty,
        TemplateEvidence.find(of: section, in: configMap, of: subject.file)
          == nil
      else { continue }
      for place in places {
        let edit = place.text.flatMap {
          section.edit(range: place.range, writing: YAMLWriter.doubleQuoted($0))
        }
        findings.report(
          message(section, in: configMap), at: place.range, notes: [.init(note)],
          help: place.text.map { "write \(YAMLWriter.doubleQuoted($0))" }
            ?? "put the text in quotes",
          fix: Fix(.safe, edit))
      }
    }
  }

  struct Place {
    var range: Range<Int>
    /// The value to quote, where it is one line's.
    var text: String?
  }

  /// The values that break a section because they begin with `{{`.
  static func places(in section: AWSAuthSectionText, of file: ManifestFile) -> [Place] {
    let node: YAMLNode?
    let problem: YAMLProblem?
    switch section.failure {
    case .notJSON(let notJSON)?:
      guard notJSON.kind == .collectionKey, notJSON.node.isMapping, notJSON.node.isFlow else {
        return []
      }
      (node, problem) = (notJSON.node, nil)
    case .syntax(let found)? where found.kind == .syntax: (node, problem) = (nil, found)
    default: return []
    }
    guard section.value.isScalar else {
      guard let node else { return [] }
      // The key is the inner one of two mappings.
      let range =
        max(node.range.lowerBound - 1, 0)..<min(node.range.upperBound + 1, file.bytes.count)
      let text = String(decoding: file.bytes[range], as: UTF8.self)
      guard text.hasPrefix("{{"), text.hasSuffix("}}"), !text.contains("\n") else {
        return [Place(range: node.range, text: nil)]
      }
      return [Place(range: range, text: text)]
    }
    let lines = TextLines(textOf: section.value, in: file.bytes)
    if let problem {
      let isCause = [problem.range, problem.context?.range].contains { place in
        guard let place else { return false }
        let index = lines.index(of: lines.offset(ofFile: place.lowerBound))
        return lines.lines.indices.contains(index) && lines.template(in: index) != nil
      }
      guard isCause else { return [] }
    }
    let places = lines.lines.indices.compactMap { lines.template(in: $0) }
    if places.isEmpty, let node { return [Place(range: node.range, text: nil)] }
    return places.map { Place(range: lines.fileRange($0), text: lines.string($0)) }
  }

  private static func message(
    _ section: AWSAuthSectionText, in manifest: AWSAuthManifest
  ) -> String {
    "value begins with \"{{\" and has no quotes, so "
      + (manifest.dialect.refusal
        ?? "EKS cannot parse \"\(section.section.rawValue)\" and drops every row of it")
  }

  private static let note = "YAML takes an opening brace at the start of a value for a mapping"
}

extension AWSAuthSectionText {
  /// The edit that writes YAML in place of a range that belongs to the section.
  fileprivate func edit(range: Range<Int>, writing yaml: String) -> SourceEdit? {
    guard value.isScalar else { return value.edit(range: range, writing: yaml) }
    return value.sourceText(for: yaml).map { SourceEdit(range: range, replacement: $0) }
  }
}

extension TextLines {
  /// The value of a line that begins with `{{`, without a comment behind it.
  func template(in index: Int) -> Range<Int>? {
    let line = lines[index]
    let value = line.value ?? (line.isItem ? line.body..<line.range.upperBound : nil)
    guard let value, bytes[value].starts(with: "{{".utf8) else { return nil }
    var end = value.upperBound
    for place in value where bytes[place] == UInt8(ascii: "#") && bytes[place - 1] == 0x20 {
      end = place
      break
    }
    while end > value.lowerBound, bytes[end - 1] == 0x20 { end -= 1 }
    return value.lowerBound..<end
  }
}
