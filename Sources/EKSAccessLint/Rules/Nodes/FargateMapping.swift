import EKSAccess
import EKSAccessManifests
import YAMLSource

/// The row of a Fargate pod execution role that Fargate cannot use.
public enum FargateMapping: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "fargate-mapping",
    severity: .error,
    summary: "the row of a Fargate pod execution role has not what Fargate needs",
    rationale: """
      A Fargate node joins with the session name of the pod execution role as its name, and it \
      runs kube-proxy itself. Its row needs the username `system:node:{{SessionName}}` and the \
      groups `system:bootstrappers`, `system:nodes` and `system:node-proxier`. With the username \
      of EC2 nodes the authentication itself fails, and pods stay Pending. A pod execution role \
      cannot serve EC2 nodes as well: one role has one row.
      """,
    source: "EKS user guide, \"Amazon EKS pod execution IAM role\"",
    fix: .safe,
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/fargate-pod-execution
          username: system:node:{{SessionName}}
          ↓groups:
            - system:bootstrappers
            - system:nodes
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/fargate-pod-execution
            username: system:node:{{SessionName}}
            groups:
              - system:bootstrappers
              - system:nodes
              - system:node-proxier
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/EKSFargateRole
          username: ↓system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, system:node-proxier]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/EKSFargateRole
            username: system:node:{{SessionName}}
            groups: [system:bootstrappers, system:nodes, system:node-proxier]
          """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/fargate-pod-execution
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes, system:node-proxier]
        - rolearn: arn:aws:iam::444455556666:role/hybrid-nodes
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/fargate-deployer
          username: deployer
          groups: [deployers]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard signs.isFargateByName, !row.hasUnresolvedIdentity else { return }
    switch signs.username {
    case .sessionName:
      guard !signs.hasProxier, row.entry.field(.groups)?.value.isSequence ?? true,
        row.misspelling(of: NodeSigns.proxier) == nil
      else { return }
      findings.report(
        "role of Fargate pods is not in \"\(NodeSigns.proxier)\", so they get no service network",
        at: row.groupsRange, notes: [.init("Fargate runs kube-proxy with the node's identity")],
        help: "add \"\(NodeSigns.proxier)\" to the groups",
        fix: Fix(.safe, row.entry.field(.groups)?.value.appending(NodeSigns.proxier)))
    case .privateDNSName:
      findings.report(
        "role of Fargate pods has the username of EC2 nodes, so they cannot start",
        at: row.usernameRange,
        notes: [.init("a Fargate node has no EC2 instance whose name EKS could ask for")],
        help: "write \"\(username)\"; EC2 nodes need a role of their own",
        fix: Fix(.safe, row.entry.username?.node.replacing(with: username)))
    // The username has a finding of its own where the row has a node's groups.
    case .fixed, .otherTemplate: return
    case .none where signs.hasJoiningGroup: return
    case .none:
      findings.report(
        "role of Fargate pods is not mapped as a node, so they cannot start", at: row.range,
        help: "write the username \"\(username)\" and the groups \"system:bootstrappers\", "
          + "\"system:nodes\" and \"system:node-proxier\"")
    }
  }

  private static let username = "system:node:{{SessionName}}"
}
