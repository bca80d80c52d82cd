import EKSAccess
import EKSAccessManifests

/// An entry for Auto Mode nodes without the policy that they need.
public enum AutoNodePolicy: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "auto-node-policy",
    severity: .error,
    summary: "an access entry of type EC2 lacks AmazonEKSAutoNodePolicy",
    rationale: """
      The role of a custom node class of EKS Auto Mode needs an access entry of type EC2 with \
      AmazonEKSAutoNodePolicy for the whole cluster; without the policy its nodes do not become \
      ready. EKS adds it only for the role of the built-in node pools. Nodes of self-managed \
      groups that are named by their instance id use the type EC2 without the policy: for those, \
      suppress the finding.
      """,
    source: "EKS user guide, \"Create a node class for Amazon EKS\"",
    needsWholeFile: true,
    failing: [
      .entries(
        """
        - principalARN: ↓arn:aws:iam::444455556666:role/auto-nodes
          type: EC2
        - principalARN: arn:aws:iam::444455556666:role/gpu-nodes
          type: EC2
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy
              accessScope:
                type: ↓namespace
                namespaces: [kube-system]
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/auto-nodes
          type: EC2
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy
              accessScope: {type: cluster}
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: EC2_LINUX
        """)
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for entry in subject.access.entries
    where entry.entry.kind == .ec2 && !entry.manifest.isObserved {
      check(entry, subject.access, &findings)
    }
  }

  private static func check(
    _ entry: EntrySubject, _ access: AccessContext, _ findings: inout FindingCollector
  ) {
    guard !entry.isUnresolved(.kind, .policies, .principalARN) else { return }
    let policies = entry.entry.policies
    let indices = policies.indices.filter {
      entry.isUnresolved(.policy($0))
        || AccessPolicyARN(policies[$0].policyARN)?.policy == .autoNode
        || policies[$0].policyARN.hasSuffix("/" + AccessPolicy.autoNode.name)
    }
    if indices.contains(where: {
      policies[$0].scope.kind == .cluster || entry.isUnresolved(.scope($0))
    }) {
      return
    }
    let others = access.hasOtherAssociation(
      for: entry.entry.principalARN, in: entry.manifest.cluster)
    if indices.isEmpty, others || access.associations.contains(where: \.principalIsUnresolved) {
      return
    }
    findings.report(
      indices.isEmpty
        ? "nodes of EKS Auto Mode need the access policy AmazonEKSAutoNodePolicy"
        : "the policy AmazonEKSAutoNodePolicy has to hold in the whole cluster",
      at: indices.first.map { entry.range(of: .scope($0)) } ?? entry.range(of: .principalARN),
      help: "associate AmazonEKSAutoNodePolicy with cluster scope")
  }
}
