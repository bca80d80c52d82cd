import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A person or a pipeline with the identity of a node.
public enum PersonInNodeGroups: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "person-in-node-groups",
    severity: .warning,
    summary: "a user, an SSO role or a pipeline's role has the identity of a node",
    rationale: """
      `system:nodes` with a node's username gives the rights of a kubelet: reading the secrets \
      of its pods, writing node and pod status. For people and pipelines these are the wrong \
      rights, and the audit log shows a node where somebody acted.
      """,
    source: "Kubernetes, \"Using Node Authorization\"",
    needsWholeFile: true,
    failing: [
      .mapUsers(
        """
        - userarn: ↓arn:aws:iam::444455556666:user/alice
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: ↓arn:aws:iam::444455556666:role/AWSReservedSSO_Ops_0123456789abcdef
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    // Rows that are wrong for nodes too are findings of the rules about nodes.
    guard signs.hasNodeUsername, signs.hasNodes, let principal = row.iamPrincipal,
      let who = person(principal)
    else { return }
    findings.report(
      "\(who) is mapped as a node, which gives it a kubelet's rights", at: row.range,
      notes: [.init("the audit log will show a node where a person or pipeline acted")],
      help: "give it a username and groups of its own, bound with RBAC")
  }

  private static func person(_ principal: IAMPrincipal) -> String? {
    if principal.kind == .user { return "user \"\(principal.name)\"" }
    if principal.ssoRole != nil { return "the role of an SSO permission set" }
    return PipelineRoles.isPipeline(principal.name) ? "pipeline role \"\(principal.name)\"" : nil
  }
}
