import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A node's row whose username is not each node's own name.
public enum NodeUsername: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "node-username",
    severity: .error,
    summary: "the username of a node role is not a template that names each node",
    rationale: """
      The node authorizer knows a kubelet by its username, which must be `system:node:` and the \
      name of its node. One role serves many nodes, so the username has to be a template: \
      `system:node:{{EC2PrivateDNSName}}` for EC2 nodes, `system:node:{{SessionName}}` for \
      Fargate and hybrid nodes. With a fixed name all nodes share one identity and none, or one \
      by chance, can register.
      """,
    source: """
      aws-iam-authenticator pkg/server/server.go (renderTemplate); Kubernetes, \
      "Using Node Authorization"
      """,
    fix: .unsafe,
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: ↓system:node:ip-10-0-1-49.eu-west-1.compute.internal
          groups: [system:bootstrappers, system:nodes]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups: [system:bootstrappers, system:nodes]
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: ↓nodes
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: ↓system:node:pipeline
          groups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: ↓"{{EC2PrivateDNSName}}"
          groups: [system:bootstrappers, system:nodes]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: "system:node:{{EC2PrivateDNSName}}"
            groups: [system:bootstrappers, system:nodes]
          """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/agent
          username: agent:{{EC2PrivateDNSName}}
          groups: [agents]
        - rolearn: arn:aws:iam::444455556666:role/grey-nodes
          username: "${PREFIX}{{EC2PrivateDNSName}}"
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/hybrid-nodes
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/green-nodes
          username: "${NODE_USERNAME}"
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: pipeline
          groups: [deployers]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard let field = row.entry.field(.username), row.entry.username != nil else {
      guard signs.hasJoiningGroup, row.entry.field(.username) == nil else { return }
      findings.report(
        "node role has no username, so its nodes cannot join the cluster", at: row.range,
        notes: [.init(note)], help: "add the username \"\(template(signs))\"")
      return
    }
    let isNode = signs.hasJoiningGroup || signs.isNodeByName || signs.isFargateByName
    let message: String
    switch signs.username {
    case .fixed:
      message =
        "username \"\(row.username)\" is the same for all callers, so they share one node's name"
    case .none where signs.hasJoiningGroup:
      message =
        "username \"\(row.username)\" is no node's, so nodes cannot join the cluster with it"
    case .otherTemplate where isNode && lacksPrefix(row.username):
      message =
        "username \"\(row.username)\" does not begin with \"system:node:\", so nodes cannot join the "
        + "cluster with it"
    default: return
    }
    findings.report(
      message, at: field.value.range, notes: [.init(note)],
      help: isNode
        ? "write \"\(template(signs))\"; if this is no node, remove the node groups"
        : "give people and pipelines a username that does not begin with \"system:\"",
      fix: isNode ? Fix(.unsafe, field.value.replacing(with: template(signs))) : nil)
  }

  /// Whether a username is made of an instance's name and is no node's.
  private static func lacksPrefix(_ username: String) -> Bool {
    username.contains(TemplateVariable.ec2PrivateDNSName.spelling)
      && !username.hasPrefix("system:node:") && !Placeholder.isUnresolved(identity: username)
  }

  private static func template(_ signs: NodeSigns) -> String {
    signs.isFargateByName || signs.isHybridByName || signs.hasProxier
      ? "system:node:{{SessionName}}" : "system:node:{{EC2PrivateDNSName}}"
  }

  private static let note =
    "a kubelet is authorised only as \"system:node:\" and the name of its own node"
}
