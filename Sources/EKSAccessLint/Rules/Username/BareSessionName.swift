import EKSAccess
import EKSAccessManifests

/// A username that begins with the name of the session.
public enum BareSessionName: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "bare-session-name",
    severity: .warning,
    summary: "a username begins with the session name, so the caller picks it",
    rationale: """
      Whoever may assume a role gives the session its name. When the username is that name, or \
      begins with it, the caller can take the username of somebody else, or one that a binding \
      names, and appears in the audit log under it. Text and a colon before the template, as in \
      `dev:{{SessionName}}`, keep such names apart from all others. Access entries refuse a \
      session name without them.
      """,
    source: """
      aws-iam-authenticator pkg/server/server.go (renderTemplate); EKS user guide, \
      "Create access entries"
      """,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/developers
          username: ↓"{{SessionName}}"
          groups: [developers]
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_Support_0123456789abcdef
          username: ↓'{{SessionNameRaw}}@{{AccountID}}'
          groups: [support]
        """),
      .data(
        #"""
        mapRoles: "[{\"rolearn\": \"arn:aws:iam::444455556666:role/developers\", \"username\": ↓\"{{SessionName}}\"}]"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/developers
          username: developers:{{SessionName}}
          groups: [developers]
        - rolearn: arn:aws:iam::444455556666:role/auditors
          username: "{{AccountID}}:{{SessionName}}"
          groups: [auditors]
        - rolearn: arn:aws:iam::444455556666:role/hybrid-nodes
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      // A user has no session: a finding of another rule.
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: "{{SessionName}}"
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let template = row.username
    guard template.utf8.starts(with: "{{SessionName".utf8), !row.isWithoutSession,
      let first = UsernameTemplate(template).placeholders.first,
      first.variable == .sessionName || first.variable == .sessionNameRaw,
      !Placeholder.isUnresolved(identity: template)
    else { return }
    let principal = row.iamPrincipal
    let permissionSet = principal?.ssoRole?.permissionSetName
    let prefix = permissionSet ?? principal?.name ?? "dev"
    let share = template == first.text ? "is only" : "begins with"
    findings.report(
      permissionSet == nil
        ? "username \(share) \"\(first.text)\", so whoever assumes the role picks the username"
        : "username \(share) \"\(first.text)\", so it can equal the username of somebody else",
      at: row.usernameRange, notes: [.init(note(permissionSet))],
      help: "put a name and a colon before it, for example \"\(prefix):\(template)\"")
  }

  private static func note(_ permissionSet: String?) -> String {
    permissionSet == nil
      ? "a caller names the session when assuming the role, and may name it like another user"
      : "the session is named like the SSO user, and other rows and bindings may use that name too"
  }
}
