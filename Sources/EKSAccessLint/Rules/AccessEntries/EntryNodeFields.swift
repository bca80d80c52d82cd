import EKSAccess
import EKSAccessManifests

/// A username, groups or policies for nodes, which get theirs from EKS.
public enum EntryNodeFields: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-node-fields",
    severity: .error,
    summary: "an access entry for nodes has a username, groups or access policies",
    rationale: """
      For entries of the types EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX and EC2 EKS \
      sets the username and the groups, and refuses others. Access policies are for STANDARD \
      entries; the one exception is EC2, the type of Auto Mode nodes, which takes \
      AmazonEKSAutoNodePolicy.
      """,
    source: """
      EKS API reference, CreateAccessEntry; EKS user guide, "Create access entries"; answers of \
      the EKS API
      """,
    needsWholeFile: true,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: EC2_LINUX
          kubernetesUsername: ↓system:node:{{EC2PrivateDNSName}}
          kubernetesGroups: ↓["system:nodes"]
        - principalARN: arn:aws:iam::444455556666:role/windows-nodes
          type: EC2_WINDOWS
          accessPolicies:
            ↓- policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope: {type: cluster}
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: EC2_LINUX
          kubernetesGroups: []
        - principalARN: arn:aws:iam::444455556666:role/auto-nodes
          type: EC2
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy
              accessScope: {type: cluster}
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesGroups: [developers]
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations {
      let what: String
      switch violation.reason {
      case .usernameOnNode: what = "a username"
      case .groupsOnNode: what = "groups"
      case .policiesOnNode: what = "access policies"
      default: continue
      }
      findings.report(
        "an access entry of type \(entry.entry.kind) cannot have \(what), so EKS refuses it",
        at: range(of: violation.field, entry), notes: violation.notes,
        help: violation.reason == .policiesOnNode
          ? "remove them, or make a STANDARD entry for a role of its own"
          : "remove it: EKS gives nodes their username and groups")
    }
  }

  /// Policies that are associated elsewhere have no place in the entry.
  private static func range(
    of field: AccessEntry.Field, _ entry: EntrySubject
  ) -> Range<Int> {
    field == .policies && entry.node(of: .policies) == nil
      ? entry.range(of: .policy(0)) : entry.range(of: field)
  }
}
