import EKSAccess
import EKSAccessManifests

/// The id of an access key in a username or group.
public enum AccessKeyTemplate: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "access-key-template",
    severity: .warning,
    summary: "a username or group depends on the caller's access key",
    rationale: """
      The id of an access key names no person: each session of a role has a new one, and a user \
      gets another with each rotation. No binding can name it, and the audit log cannot be read \
      by it. Older versions of the authenticator let callers choose its value (CVE-2022-2385) and \
      thereby their username and groups.
      """,
    source: """
      aws-iam-authenticator pkg/server/server.go (renderTemplate); CVE-2022-2385
      """,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/contractors
          username: contractor:↓{{AccessKeyID}}
          groups: [contractors, "key-↓{{AccessKeyID}}"]
        """),
      .data(
        #"""
        mapUsers: "- userarn: arn:aws:iam::444455556666:user/alice\n  username: \"alice:↓{{AccessKeyID}}\"\n"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/contractors
          username: contractor:{{SessionName}}
          groups: [contractors, AccessKeyID]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for name in row.namesWithUncommonBraces where name.text.contains(ascii: "{{AccessKeyID}}") {
      guard !name.isUnresolved,
        let placeholder = name.placeholders.first(where: { $0.variable == .accessKeyID })
      else { continue }
      findings.report(
        "\(name.kind.rawValue) holds the caller's access key, which changes, so it names nobody",
        at: name.range(of: placeholder.range),
        notes: [
          .init(
            row.isWithoutSession
              ? "a user has another key after each rotation"
              : "each session of a role has a key of its own")
        ],
        help: name.kind == .group
          ? "write the name of a group that a binding names"
          : row.isWithoutSession
            ? "write the user's name" : "write \"{{SessionName}}\" instead of the key")
    }
  }
}
