import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A node's row without the groups that let nodes join.
public enum NodeGroups: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "node-groups",
    severity: .error,
    summary: "the row of a node role lacks system:nodes or system:bootstrappers",
    rationale: """
      A kubelet authenticates as its node's IAM role. The node authorizer lets it register and \
      read its pods only as a member of `system:nodes`; `system:bootstrappers` lets it ask for \
      its serving certificate. Without them the instances run, cost money and never become \
      nodes, or existing nodes turn NotReady, while EKS reports no error.
      """,
    source: """
      EKS user guide, "Grant IAM users access to Kubernetes with a ConfigMap"; \
      Kubernetes, "Using Node Authorization"
      """,
    fix: .safe,
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          ↓groups:
            - system:bootstrappers
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups:
              - system:bootstrappers
              - system:nodes
          """),
      .mapRoles(
        """
        - ↓groups: [system:nodes]
          rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
        """,
        fixed: """
          - groups: [system:nodes, system:bootstrappers]
            rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            - ↓system:node
            - system:bootstrappers
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/blue-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups:
              - system:nodes
              - system:bootstrappers
          """),
      .mapRoles(
        """
        - rolearn: ↓arn:aws:iam::444455556666:role/eksctl-blue-NodeInstanceRole-1A2B3C4D5E6F
          username: blue
        """),
      .data(
        #"""
        mapRoles: "- rolearn: arn:aws:iam::444455556666:role/blue-nodes\n  username: \
          system:node:{{EC2PrivateDNSName}}\n  ↓groups:\n  - system:nodes\n"
        """#,
        fixed: #"""
          mapRoles: "- rolearn: arn:aws:iam::444455556666:role/blue-nodes\n  username: \
            system:node:{{EC2PrivateDNSName}}\n  groups:\n  - system:nodes\n  - system:bootstrappers\n"
          """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/KarpenterController
          username: karpenter
          groups: [autoscaling]
        - rolearn: arn:aws:iam::444455556666:role/nodejs-builders
          username: builders
          groups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: ["${NODE_GROUPS}"]
        - rolearn: arn:aws:iam::444455556666:role/green-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers - system:nodes]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    var nodes: Set<String>?
    for row in configMap.rows {
      let signs = row.nodeSigns
      guard mayBeConcerned(row, signs), !row.hasUnresolvedGroup else { continue }
      if !signs.hasNodeUsername, !signs.hasJoiningGroup {
        guard let arn = row.entry.arn?.value.lowercased() else { continue }
        let known = nodes ?? nodeARNs(configMap.rows)
        nodes = known
        guard !known.contains(arn) else { continue }
      }
      let missing = missingGroups(signs)
      guard !missing.isEmpty else { continue }
      report(row, missing, &findings)
    }
  }

  /// A row counts by its username or groups. By its role's name alone it counts when it gives
  /// nothing that shows another purpose, and no other row maps the same role as a node's.
  private static func mayBeConcerned(_ row: Row, _ signs: NodeSigns) -> Bool {
    let isNode = signs.hasNodeUsername || signs.hasJoiningGroup
    guard isNode || signs.isNodeByName else { return false }
    // Groups of the wrong type, written twice or glued together are wrong for another reason.
    guard row.entry.field(.groups)?.value.isSequence ?? true,
      row.entry.fields.count(where: { $0.name == .groups }) <= 1,
      !row.entry.groups.contains(where: { $0.value.utf8.contains(UInt8(ascii: " ")) })
    else { return false }
    return isNode || row.entry.groups.isEmpty
  }

  /// The principals that a row maps as a node's.
  private static func nodeARNs(_ rows: [Row]) -> Set<String> {
    var arns: Set<String> = []
    for row in rows where row.nodeSigns.isNodeByIdentity {
      if let arn = row.entry.arn { arns.insert(arn.value.lowercased()) }
    }
    return arns
  }

  private static func missingGroups(_ signs: NodeSigns) -> [String] {
    (signs.hasNodes ? [] : [NodeSigns.nodes])
      + (signs.hasBootstrappers ? [] : [NodeSigns.bootstrappers])
  }

  private static func report(_ row: Row, _ missing: [String], _ findings: inout FindingCollector) {
    var edits: [SourceEdit?] = []
    var misspelt: [Range<Int>] = []
    let groups = row.entry.field(.groups)?.value
    for group in missing {
      if let near = row.misspelling(of: group) {
        edits.append(near.node.replacing(with: group))
        misspelt.append(near.range)
      } else {
        edits.append(groups?.appending(group))
      }
    }
    if edits.count == 2, misspelt.isEmpty {
      edits = [groups?.appending(missing)]
    }
    let names = missing.map { "\"\($0)\"" }.joined(separator: " and ")
    findings.report(
      "\(row.nodeNoun) is not in \(names), so \(consequence(missing))",
      at: misspelt.first ?? row.groupsRange,
      notes: [.init(note(missing))],
      help: misspelt.isEmpty ? "add \(names) to the groups" : "write \(names)",
      fix: Fix(.safe, edits))
  }

  private static func consequence(_ missing: [String]) -> String {
    missing.contains(NodeSigns.nodes)
      ? "its nodes cannot join the cluster" : "its nodes cannot get their serving certificates"
  }

  private static func note(_ missing: [String]) -> String {
    missing.contains(NodeSigns.nodes)
      ? "the node authorizer lets a kubelet register only as a member of \"system:nodes\""
      : "only members of \"system:bootstrappers\" may ask for certificates as kubelets do; "
        + "kubectl logs and exec fail without them"
  }
}

extension Row {
  /// Whether a group waits for a template language to fill it in.
  var hasUnresolvedGroup: Bool {
    entry.groups.contains { Placeholder.isUnresolved(identity: $0.value) }
  }
}
