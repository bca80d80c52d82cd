import EKSAccess
import EKSAccessManifests

/// A row that gives `system:masters`.
public enum ClusterAdminMapping: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "cluster-admin-mapping",
    severity: .warning,
    summary: "a row makes its callers administrators for good, with system:masters",
    rationale: """
      Members of `system:masters` are let through before RBAC is asked: they may do everything, no \
      role can restrict them, and no binding shows that they exist. For the keys of a user and for \
      the role of a pipeline, which others can start, this is more than they need. A group of \
      one's own that is bound to the ClusterRole `cluster-admin` can be seen, audited and taken \
      away; an access entry with AmazonEKSClusterAdminPolicy can too.
      """,
    source: """
      Kubernetes, "Role Based Access Control Good Practices"; CIS Amazon EKS benchmark 4.1.7
      """,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/github-actions
          username: github-actions
          groups:
            - ↓system:masters
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef
          username: admin:{{SessionName}}
          groups: [operators, ↓"system:masters", "system:masters"]
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:user/alice\", \"groups\": [↓\"system:masters\"]}]"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - username: dropped
          groups: [system:masters]
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: system:masters
          groups: [operators, system:master]
        """),
      // A finding of the rules about nodes.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, system:masters]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard row.entry.isKept,
      let group = row.entry.groups.first(where: { $0.value == NodeSigns.masters }),
      !signs.isNodeByIdentity, !signs.isNodeByName
    else { return }
    findings.report(
      "\(holder(row)) is in \"system:masters\", which RBAC cannot restrict", at: group.range,
      notes: [.init(note(row))],
      help: "bind the ClusterRole \"cluster-admin\", or a smaller one, to a group of your own and "
        + "give that group")
  }

  private static func holder(_ row: Row) -> String {
    guard let principal = row.iamPrincipal else { return "this principal" }
    if let sso = principal.ssoRole { return "permission set \"\(sso.permissionSetName)\"" }
    switch row.written?.kind {
    case .user?: return "user \"\(principal.name)\""
    case .root?: return "the root user"
    case .role? where PipelineRoles.isPipeline(principal.name):
      return "pipeline role \"\(principal.name)\""
    case .role?: return "role \"\(principal.name)\""
    default: return "this principal"
    }
  }

  private static func note(_ row: Row) -> String {
    if row.written?.kind == .user {
      return "whoever has a key of this user is administrator, and keys do not expire by themselves"
    }
    if let principal = row.iamPrincipal, PipelineRoles.isPipeline(principal.name) {
      return "whoever can change what the pipeline runs is administrator"
    }
    return "members are let through before RBAC is asked, and no binding shows that they exist"
  }
}
