import EKSAccess
import EKSAccessManifests

/// One username for several principals.
public enum SharedUsername: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "shared-username",
    severity: .note,
    summary: "several principals have one and the same username",
    rationale: """
      The audit log of a cluster names callers by their username. When several roles and users \
      are all `admin`, it does not tell who did something, and a binding for one of them is one \
      for all. A username of its own for each row, with `{{SessionName}}` behind a prefix where \
      several people assume one role, tells them apart.
      """,
    source: "EKS best practices, \"Identity and Access Management\"",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: admin
          groups: [admins]
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: ↓admin
          groups: [admins]
        - rolearn: arn:aws:iam::444455556666:role/support
          username: admin
          groups: [admins]
        """),
      .data(
        #"""
        mapRoles: "- rolearn: arn:aws:iam::444455556666:role/operators\n  username: \"admin\"\n"
        mapUsers: "- userarn: arn:aws:iam::444455556666:user/alice\n  username: ↓\"admin\"\n"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/green-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: ops:{{SessionName}}
          groups: [operators]
        - rolearn: arn:aws:iam::444455556666:role/support
          username: ops:{{SessionName}}
          groups: [support]
        """),
      // Two rows of one role, and names that differ in case.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: admin
          groups: [admins]
        - rolearn: arn:aws:iam::444455556666:role/Operators
          username: admin
          groups: [admins]
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: Admin
          groups: [admins]
        - rolearn: arn:aws:iam::444455556666:role/silent
          username: ""
          groups: [admins]
        - rolearn: ${SUPPORT_ROLE}
          username: admin
          groups: [admins]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let rows = configMap.rows.filter(isConcerned)
    for rows in Dictionary(grouping: rows, by: \.username).values where rows.count > 1 {
      // Two rows of one principal are a finding of another rule.
      var principals: Set<String> = []
      let others = rows.filter { row in
        let principal = row.written?.corrected ?? row.entry.arn?.value ?? ""
        return principals.insert(principal.simpleFolded).inserted
      }
      guard others.count > 1 else { continue }
      findings.report(
        message(others[0].username, others.count), at: others[1].usernameRange,
        notes: [.init("the first one stands here", at: others[0].usernameRange)], help: help)
    }
  }

  private static func isConcerned(_ row: Row) -> Bool {
    let username = row.username
    return !username.isEmpty && row.entry.isKept && row.written != nil
      && !row.nodeSigns.isNodeRow
      && !row.usernameBytes.contains(UInt8(ascii: "{"))
      && !row.usernameBytes.contains(UInt8(ascii: "<"))
      && !Placeholder.isUnresolved(identity: username)
  }

  private static func message(_ username: String, _ count: Int) -> String {
    "username \"\(username)\" is that of \(count) principals, so the audit log cannot tell them apart"
  }

  private static let help = """
    give each row a username of its own; where several people assume one role, add \
    "{{SessionName}}" behind a prefix and a colon
    """
}
