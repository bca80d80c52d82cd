import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A template between angle brackets.
public enum AngleBracketTemplate: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "angle-bracket-template",
    severity: .error,
    summary: "a template stands between `<<` and `>>`, which EKS does not fill in",
    rationale: """
      `<<EC2PrivateDNSName>>` is how documents and configuration of some tools spell \
      `{{EC2PrivateDNSName}}` where braces belong to another template language; such a tool turns \
      it into braces on the way to the cluster. EKS itself knows braces alone: in a ConfigMap the \
      angle brackets stay as text, and no node can join with such a username.
      """,
    source: "aws-iam-authenticator pkg/server/server.go (renderTemplate)",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:↓<<EC2PrivateDNSName>>
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: ↓<<AccountID>>:<< sessionName >>  # who
          groups: [auditors, auditors-of-↓<<AccountID>>]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups: [system:bootstrappers, system:nodes]
          - rolearn: arn:aws:iam::444455556666:role/auditor
            username: "{{AccountID}}:{{SessionName}}"  # who
            groups: [auditors, "auditors-of-{{AccountID}}"]
          """),
      .data(
        #"""
        mapRoles: "- rolearn: arn:aws:iam::444455556666:role/auditor\n  username: ↓<<AccountID>>:{{SessionName}}\n  groups: [auditors]\n"
        """#,
        fixed: #"""
          mapRoles: "- rolearn: arn:aws:iam::444455556666:role/auditor\n  username: \"{{AccountID}}:{{SessionName}}\"\n  groups: [auditors]\n"
          """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: <<team>>
          groups: [<auditors>]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for name in row.names(holding: "<") where !name.isUnresolved {
      let angled = name.placeholders.filter {
        $0.delimiter == .doubleAngleBrackets && $0.suggestion != nil
      }
      guard let first = angled.first else { continue }
      var meant = name.text
      for placeholder in angled.reversed() {
        guard let suggestion = placeholder.suggestion else { continue }
        let bytes = Array(meant.utf8)
        meant = String(
          decoding: bytes[..<placeholder.range.lowerBound] + Array(suggestion.spelling.utf8)
            + bytes[placeholder.range.upperBound...], as: UTF8.self)
      }
      // The right spelling would be of no use to a user.
      let isOfUse = !row.isWithoutSession || angled.allSatisfy { $0.suggestion == .accountID }
      findings.report(
        message(first, name), at: name.range(of: first.range), notes: [.init(note)],
        help: isOfUse
          ? "write \(YAMLWriter.doubleQuoted(meant))"
          : "a user has no session: write the user's name",
        fix: isOfUse ? Fix(.safe, name.replacing(withTemplate: meant)) : nil)
    }
  }

  private static func message(_ placeholder: TemplatePlaceholder, _ name: RowName) -> String {
    let text =
      "\"\(placeholder.text)\" is not filled in by EKS and stays in the \(name.kind.rawValue)"
    return name.kind == .username && name.row.nodeSigns.hasJoiningGroup
      ? text + ", so no node of this role can join the cluster" : text
  }

  private static let note =
    "templates stand between \"{{\" and \"}}\"; some tools turn angle brackets into these"
}
