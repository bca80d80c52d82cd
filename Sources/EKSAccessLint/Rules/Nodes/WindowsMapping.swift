import EKSAccess
import EKSAccessManifests
import YAMLSource

/// The row of Windows nodes without the group that their kube-proxy needs.
public enum WindowsMapping: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "windows-mapping",
    severity: .warning,
    summary: "the row of a Windows node role lacks eks:kube-proxy-windows, or serves Linux too",
    rationale: """
      On Windows nodes kube-proxy runs with the node's identity and needs the group \
      `eks:kube-proxy-windows`. Without it the nodes are Ready, but DNS and services do not work. \
      Linux nodes do not need the group and should have a role of their own: as access entries \
      the two kinds cannot share one.
      """,
    source: "EKS user guide, \"Deploy Windows nodes on EKS clusters\"",
    fix: .safe,
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/windows-nodes
          username: system:node:{{EC2PrivateDNSName}}
          ↓groups:
            - system:bootstrappers
            - system:nodes
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/windows-nodes
            username: system:node:{{EC2PrivateDNSName}}
            groups:
              - system:bootstrappers
              - system:nodes
              - eks:kube-proxy-windows
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/linux-and-windows-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, ↓eks:kube-proxy-windows]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/windows-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, eks:kube-proxy-windows]
        - rolearn: arn:aws:iam::444455556666:role/windows-administrators
          username: windows-administrators
          groups: [operators]
        """)
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let signs = row.nodeSigns
    guard signs.hasNodeUsername, !row.hasUnresolvedGroup else { return }
    if signs.isWindowsByName, !signs.hasWindows, !signs.isLinuxByName, signs.hasJoiningGroup,
      row.misspelling(of: NodeSigns.windows) == nil
    {
      findings.report(
        "role of Windows nodes is not in \"\(NodeSigns.windows)\", so DNS and services will not work",
        at: row.groupsRange, notes: [.init("kube-proxy on Windows runs as the node")],
        help: "add \"\(NodeSigns.windows)\" to the groups",
        fix: Fix(.safe, row.entry.field(.groups)?.value.appending(NodeSigns.windows)))
    } else if signs.isLinuxByName,
      let group = row.entry.groups.first(where: { $0.value == NodeSigns.windows })
    {
      findings.report(
        "role of Linux nodes is in \"\(NodeSigns.windows)\", which is for Windows nodes alone",
        at: group.range,
        notes: [.init("as an access entry, one role serves either Linux or Windows nodes")],
        help: "use one role for Linux nodes and another one for Windows nodes")
    }
  }
}
