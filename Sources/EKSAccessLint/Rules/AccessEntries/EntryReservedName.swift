import EKSAccess
import EKSAccessManifests

/// A group or username of an access entry that AWS keeps for itself.
public enum EntryReservedName: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-reserved-name",
    severity: .error,
    summary: "a group or username of an access entry begins with a prefix that EKS reserves",
    rationale: """
      Unlike aws-auth, an access entry cannot give a group or username that begins with \
      `system:`, `eks:`, `aws:`, `amazon:` or `iam:`; EKS refuses the entry. Administrators get \
      the access policy AmazonEKSClusterAdminPolicy in place of `system:masters`, and nodes an \
      entry of their type, for which EKS gives the groups.
      """,
    source: """
      EKS user guide, "Create access entries" (username); answers of the EKS API (groups)
      """,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/admins
          kubernetesGroups: [↓system:masters, operators]
        - principalARN: arn:aws:iam::444455556666:role/nodes
          kubernetesUsername: ↓system:node:{{EC2PrivateDNSName}}
          kubernetesGroups: [↓system:bootstrappers, ↓"eks:kube-proxy-windows"]
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/admins
          kubernetesUsername: sts:admin
          kubernetesGroups: [masters, "operators:system:"]
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy
              accessScope: {type: cluster}
        """),
      // What EKS answers is in the cluster already.
      Example(
        """
        {"accessEntry": {"principalArn": "arn:aws:iam::444455556666:role/nodes", "type": "EC2_LINUX",
          "username": "system:node:{{EC2PrivateDNSName}}", "kubernetesGroups": ["system:nodes"]}}
        """),
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations {
      guard case .reservedPrefix(let prefix) = violation.reason else { continue }
      let what = violation.field == .username ? "username" : "group"
      findings.report(
        "an access entry cannot have a \(what) that begins with \"\(prefix)\", so EKS refuses it",
        at: entry.range(of: violation.field), notes: violation.notes,
        help: help(violation.field, entry.entry))
    }
  }

  private static func help(_ field: AccessEntry.Field, _ entry: AccessEntry) -> String {
    guard case .group(let index) = field else {
      return entry.username?.hasPrefix("system:node:") == true
        ? "give the role an entry of the type of its nodes, such as EC2_LINUX, without a username"
        : "choose another username and bind that one, or leave it out"
    }
    switch entry.groups[index] {
    case "system:masters":
      return "associate the access policy AmazonEKSClusterAdminPolicy with cluster scope instead"
    case "system:nodes", "system:bootstrappers", "system:node-proxier", "eks:kube-proxy-windows":
      return "give the role an entry of the type of its nodes, such as EC2_LINUX, without groups"
    default:
      return "choose another group and bind its roles to that one, or use an access policy"
    }
  }
}
