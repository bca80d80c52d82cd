import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A session name as the name of EC2 nodes.
public enum NodeSessionName: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "node-session-name",
    severity: .note,
    summary: "nodes are named by their session name, which EC2 nodes are not by default",
    rationale: """
      The session name of an EC2 node is its instance id, while the kubelet registers with the \
      private DNS name unless it is told otherwise. Then the username does not fit and the node \
      stays NotReady. The template is right for Fargate (with `system:node-proxier`), for hybrid \
      nodes, and for EC2 nodes that nodeadm names by instance id.
      """,
    source: "aws-iam-authenticator pkg/server/server.go (renderTemplate)",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: ↓system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        """)
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/hybrid-nodes
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/pods
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes, system:node-proxier]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard signs.username == .sessionName, !signs.hasProxier, !signs.isFargateByName,
      !signs.isHybridByName
    else { return }
    findings.report(
      "nodes on EC2 register with their private DNS name unless they are set to use instance ids",
      at: row.usernameRange,
      help: "for EC2 nodes write \"system:node:{{EC2PrivateDNSName}}\"; keep this for hybrid "
        + "nodes and instance-id names; for Fargate add \"system:node-proxier\"")
  }
}
