import EKSAccess
import EKSAccessManifests

/// The template of a session in the row of a user.
public enum TemplateForUser: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "template-for-user",
    severity: .error,
    summary: "the row of an IAM user holds a template that only sessions of roles have a value for",
    rationale: """
      An IAM user calls with keys of its own and has no session. `{{SessionName}}` and \
      `{{SessionNameRaw}}` are filled in with nothing, so the username is cut short, and \
      `{{EC2PrivateDNSName}}` makes EKS refuse the caller altogether. A user's row names one user: \
      its username can be written out.
      """,
    source: "aws-iam-authenticator pkg/server/server.go (renderTemplate)",
    failing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/team/alice
          username: dev:↓{{SessionName}}
          groups: [developers, "team-of-↓{{SessionNameRaw}}"]
        - userarn: arn:aws:iam::444455556666:user/builder
          username: system:node:↓{{EC2PrivateDNSName}}
          groups: [builders]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:user/alice
          username: dev:↓{{SessionName}}
          groups: [developers]
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:root\", \"username\": \"↓{{SessionName}}\"}]"
        """#),
    ],
    passing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice:{{AccountID}}
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:role/developers
          username: dev:{{SessionName}}
          groups: [developers]
        - userarn: ${USER_ARN}
          username: dev:{{SessionName}}
          groups: [developers]
        """),
      // This user is mapped as a node: a finding of another rule.
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard row.isWithoutSession, !(signs.hasNodeUsername && signs.hasNodes) else { return }
    for name in row.names(holding: "{") where !name.isUnresolved {
      for obstacle in UsernameTemplate(name.text).obstacles(for: .user) {
        report(obstacle, name, &findings)
      }
    }
  }

  private static func report(
    _ obstacle: TemplateObstacle, _ name: RowName, _ findings: inout FindingCollector
  ) {
    let placeholder = obstacle.placeholder
    let message: String
    switch obstacle {
    case .staysLiteral: return
    case .alwaysEmpty:
      let rest = name.text(replacing: placeholder.range, with: "")
      message = """
        "\(placeholder.text)" is empty for a user, so the \(name.kind.rawValue) is "\(rest)"
        """
    case .alwaysFails:
      message = "\"\(placeholder.text)\" has no value for a user, so EKS refuses this caller"
    }
    findings.report(
      message, at: name.range(of: placeholder.range), notes: [.init(note)],
      help: help(obstacle, name))
  }

  private static func help(_ obstacle: TemplateObstacle, _ name: RowName) -> String {
    guard name.kind == .username else { return "write the name of a group that a binding names" }
    let user = name.row.iamPrincipal.flatMap { $0.kind == .user ? $0.name : nil } ?? "alice"
    if case .alwaysFails = obstacle {
      return "give the user a name of its own, such as \"\(user)\""
    }
    let whole = name.text(replacing: obstacle.placeholder.range, with: user)
    return "write the name out: \"\(whole)\""
  }

  private static let note = "only sessions of roles have a name; a user calls with keys of its own"
}
