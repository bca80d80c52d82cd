import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A node role in `system:masters`.
public enum NodeAdmin: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "node-admin",
    severity: .error,
    summary: "a node role is a member of system:masters",
    rationale: """
      Everything on a node can use the node's role: each pod that reaches the instance metadata \
      service gets its credentials. With `system:masters` each of them may do anything in the \
      cluster, and RBAC cannot take that back, since this group is not subject to RBAC.
      """,
    source: """
      EKS best practices, "Identity and Access Management"; Kubernetes, \
      "Role Based Access Control Good Practices"
      """,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            - system:bootstrappers
            - system:nodes
            - ↓system:masters
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eksctl-blue-NodeInstanceRole-1A2B3C4D5E6F
          username: admin
          groups: [↓system:masters]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/node-group-admin
          username: platform
          groups: [system:masters]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard signs.isNodeByIdentity || signs.isNodeByName,
      let group = row.entry.groups.first(where: { $0.value == NodeSigns.masters })
    else { return }
    findings.report(
      "\(row.nodeNoun) is in \"system:masters\", so every pod that reaches its credentials is "
        + "cluster administrator",
      at: group.range,
      notes: [.init("pods get the node's credentials from the instance metadata service")],
      help: signs.isNodeByIdentity
        ? "remove \"system:masters\"; give the workload that needs it a role of its own"
        : "map a role of its own for administrators; the node role needs "
          + "\"system:bootstrappers\" and \"system:nodes\"")
  }
}
