import EKSAccess
import EKSAccessManifests
import YAMLSource

/// Braces in a username or group that EKS does not fill in.
public enum UnknownTemplate: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unknown-template",
    severity: .error,
    summary: "a username or group holds a template that EKS does not know",
    rationale: """
      EKS fills in `{{EC2PrivateDNSName}}`, `{{AccountID}}`, `{{SessionName}}`, \
      `{{SessionNameRaw}}` and `{{AccessKeyID}}` by plain text replacement: one letter in another \
      case, a blank within the braces or a single brace, and the text stays as it is. All callers \
      of the row then share one username with braces in it, no node can join with it, and no \
      binding names it. Values of a file that is evidently the source of another program's \
      template are left alone.
      """,
    source: "aws-iam-authenticator pkg/server/server.go (renderTemplate)",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:↓{{EC2PrivateDnsName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: audit:↓{{AccountId}}:↓{{ SessionName }}
          groups: [auditors, "auditors-of-↓{AccountID}"]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups: [system:bootstrappers, system:nodes]
          - rolearn: arn:aws:iam::444455556666:role/auditor
            username: audit:{{AccountID}}:{{SessionName}}
            groups: [auditors, "auditors-of-{{AccountID}}"]
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:↓{{EC2PrivateDNSName})
          groups: [system:bootstrappers, system:nodes]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups: [system:bootstrappers, system:nodes]
          """),
      .data(
        #"""
        mapRoles: "- rolearn: arn:aws:iam::444455556666:role/auditor\n  username: 'audit:↓{{sessionname}}'\n  groups: [auditors]\n"
        """#,
        fixed: #"""
          mapRoles: "- rolearn: arn:aws:iam::444455556666:role/auditor\n  username: 'audit:{{SessionName}}'\n  groups: [auditors]\n"
          """#),
      // Two templates begin so, and none is named like the other one.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: support:↓{{Session}}:↓{{Email}}
          groups: [support]
        """),
      // The right spelling would be of no use to a user.
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: dev:↓{{ SessionName }}
          groups: [developers]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: audit:{{AccountID}}:{{SessionNameRaw}}
          groups: ["auditors-of-{{AccountID}}", "{curly}", "{{ .Values.group }}"]
        - rolearn: arn:aws:iam::444455556666:role/support
          username: support:${SessionName}
          groups: [support]
        """),
      // Jinja fills in the account, and so the rest too.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::{{ account }}:role/support
          username: support:{{ session_name }}
          groups: ["{{ group }}"]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: "support:{{ team.name }}"
          groups: [support]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    var isTemplateSource: Bool?
    for configMap in subject.configMaps {
      for row in configMap.rows {
        for name in row.namesWithUncommonBraces where !name.isUnresolved {
          for placeholder in name.placeholders where mayBeMeant(placeholder) {
            if placeholder.delimiter == .doubleBraces {
              let isSource = isTemplateSource ?? subject.isTemplateSource
              isTemplateSource = isSource
              if isSource { continue }
            }
            report(placeholder, in: name, &findings)
          }
        }
      }
    }
  }

  /// A dot is no part of a template's name, and so one of another program's.
  private static func mayBeMeant(_ placeholder: TemplatePlaceholder) -> Bool {
    switch placeholder.delimiter {
    case .doubleBraces: placeholder.variable == nil && !placeholder.name.utf8.contains(0x2E)
    case .braces: true
    case .doubleAngleBrackets, .angleBrackets: false
    }
  }

  private static func report(
    _ placeholder: TemplatePlaceholder, in name: RowName, _ findings: inout FindingCollector
  ) {
    let part = name.withStrayBraces(placeholder)
    let candidates = candidates(for: placeholder)
    let only = candidates.count == 1 ? candidates.first : nil
    let isOfUse = only.map { isSuited($0, for: name.row) } ?? false
    findings.report(
      message(name[part], name), at: name.range(of: part), notes: [.init(note)],
      help: help(candidates, name),
      fix: isOfUse ? Fix(.safe, only.flatMap { name.replacing(part, with: $0.spelling) }) : nil)
  }

  private static func candidates(for placeholder: TemplatePlaceholder) -> [TemplateVariable] {
    if let suggestion = placeholder.suggestion { return [suggestion] }
    let names = TemplateVariable.allCases.map(\.rawValue)
    let word = placeholder.name.filter { $0 != " " && $0 != "-" && $0 != "_" }
    if let nearest = Suggestion.nearest(word, in: names).flatMap(TemplateVariable.init(rawValue:)) {
      return [nearest]
    }
    let start = word.lowercased()
    return TemplateVariable.allCases.filter {
      start.utf8.count > 3 && $0.rawValue.lowercased().hasPrefix(start)
    }
  }

  /// Whether another rule would not complain about the right spelling.
  private static func isSuited(_ variable: TemplateVariable, for row: Row) -> Bool {
    switch variable {
    case .accountID: true
    case .accessKeyID: false
    case .ec2PrivateDNSName, .sessionName, .sessionNameRaw: !row.isWithoutSession
    }
  }

  private static func message(_ part: String, _ name: RowName) -> String {
    let text = "\"\(part)\" is no template of EKS and stays in the \(name.kind.rawValue)"
    if name.kind == .username, name.row.nodeSigns.hasJoiningGroup {
      return text + ", so no node of this role can join the cluster"
    }
    if name.kind == .group { return text + ", so the row gives a group that nobody has bound" }
    return UsernameTemplate(name.text).isConstant()
      ? text + ", so all callers of this row have the same one"
      : text + ", so no binding names it"
  }

  private static let note = """
    EKS fills in exact spellings alone: \
    \(TemplateVariable.allCases.map(\.spelling).joined(separator: ", "))
    """

  private static func help(_ candidates: [TemplateVariable], _ name: RowName) -> String {
    let spellings = candidates.map(\.spelling).quotedList
    if let only = candidates.first, candidates.count == 1 {
      guard !isSuited(only, for: name.row) else { return "write \(spellings)" }
      return only == .accessKeyID
        ? "did you mean \(spellings)? A name should not depend on a key: write \"{{SessionName}}\""
        : "did you mean \(spellings)? A user has no session: write the user's name"
    }
    return candidates.isEmpty
      ? "write one of the templates that EKS knows, or the text that is meant"
      : "did you mean one of \(spellings)?"
  }
}

extension RowName {
  /// A placeholder with the braces around it that do not pair, as in `{{SessionName})`.
  fileprivate func withStrayBraces(_ placeholder: TemplatePlaceholder) -> Range<Int> {
    guard placeholder.delimiter == .braces else { return placeholder.range }
    let bytes = Array(text.utf8)
    var (lower, upper) = (placeholder.range.lowerBound, placeholder.range.upperBound)
    let isOpen = lower > 0 && bytes[lower - 1] == UInt8(ascii: "{")
    if isOpen { lower -= 1 }
    let closers = isOpen ? "})" : "}"
    if upper < bytes.count, closers.utf8.contains(bytes[upper]) { upper += 1 }
    return lower..<upper
  }
}

extension LintSubject {
  /// Whether braces in this file are another program's: they stand in ARNs or accounts, or hold
  /// what only a template language can mean.
  fileprivate var isTemplateSource: Bool {
    // In what a template shows, braces are those that it leaves.
    if file.template != nil { return false }
    return configMaps.contains { configMap in
      configMap.rows.contains { $0.entry.arn?.value.contains(anyOf: ["{{", "{%"]) == true }
        || configMap.manifest.sections.contains { section in
          section.accounts.contains { $0.value.contains(anyOf: ["{{", "{%"]) }
        }
        || [configMap.manifest.object.name, configMap.manifest.object.namespace]
          .contains { $0?.string.contains(ascii: "{{") == true }
    } || TemplateEvidence.find(in: 0..<file.bytes.count, of: file.bytes) != nil
  }
}
