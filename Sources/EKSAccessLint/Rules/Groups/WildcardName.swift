import EKSAccess
import EKSAccessManifests

/// A wildcard in a username or group.
public enum WildcardName: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "wildcard-name",
    severity: .error,
    summary: "a username or group holds a `*`, which stands for nothing but itself",
    rationale: """
      EKS hands usernames and groups to Kubernetes as they are written, and bindings name them \
      exactly. `*` as a group is a group of that name, not all groups, and `*` as a username makes \
      every caller of the row the user `*`. Nobody has bound such a name, so the row gives nothing.
      """,
    source: "aws-iam-authenticator pkg/server/server.go; Kubernetes, \"Using RBAC Authorization\"",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: operator:{{SessionName}}
          groups: ["↓*", system:↓*]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: "↓*"
          groups: [developers]
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:user/alice\", \"groups\": [\"team-↓*\"]}]"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: operator:{{SessionName}}
          groups: ["${TEAM}-*", "team?", operators]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for name in row.names(holding: "*") where !name.isUnresolved {
      let star = Array(name.text.utf8).firstIndex(of: UInt8(ascii: "*")) ?? 0
      findings.report(
        message(name), at: name.range(of: star..<(star + 1)),
        notes: [.init("bindings name users and groups exactly; nothing expands a wildcard")],
        help: name.kind == .group
          ? "write each group that is meant" : "write the name of the user")
    }
  }

  private static func message(_ name: RowName) -> String {
    switch name.kind {
    case .group: "group \"\(name.text)\" is taken literally, so this row gives no other group"
    case .username: "username \"\(name.text)\" is taken literally and stands for no other user"
    }
  }
}
