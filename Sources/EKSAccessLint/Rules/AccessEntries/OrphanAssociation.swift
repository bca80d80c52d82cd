import EKSAccess
import EKSAccessManifests
import YAMLSource

/// An access policy for a principal without an access entry.
public enum OrphanAssociation: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "orphan-association",
    severity: .error,
    summary: "an access policy is associated with a principal that has no access entry",
    rationale: """
      A policy is associated with an access entry, so the entry has to be there first; EKS \
      refuses the association otherwise. The rule looks only where the input has other entries \
      of the cluster, since entries may be made elsewhere.
      """,
    source: "EKS API reference, AssociateAccessPolicy; answers of the EKS API",
    needsWholeFile: true,
    failing: [
      Example(
        """
        apiVersion: eks.aws.upbound.io/v1beta1
        kind: AccessEntry
        metadata: {name: developers}
        spec:
          forProvider:
            region: eu-central-1
            clusterName: shop
            principalArn: arn:aws:iam::444455556666:role/teams/developers
        ---
        apiVersion: eks.aws.upbound.io/v1beta1
        kind: AccessPolicyAssociation
        metadata: {name: developers-view}
        spec:
          forProvider:
            region: eu-central-1
            clusterName: shop
            principalArn: ↓arn:aws:iam::444455556666:role/developers
            policyArn: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
            accessScope: {type: cluster}
        """)
    ],
    passing: [
      Example(
        """
        apiVersion: eks.aws.upbound.io/v1beta1
        kind: AccessEntry
        metadata: {name: developers}
        spec:
          forProvider:
            region: eu-central-1
            clusterName: shop
            principalArn: arn:aws:iam::444455556666:role/developers
        ---
        apiVersion: eks.aws.upbound.io/v1beta1
        kind: AccessPolicyAssociation
        metadata: {name: developers-view}
        spec:
          forProvider:
            region: eu-central-1
            clusterName: shop
            principalArn: arn:aws:iam::444455556666:role/developers
            policyArn: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
            accessScope: {type: cluster}
        ---
        apiVersion: eks.aws.upbound.io/v1beta1
        kind: AccessPolicyAssociation
        metadata: {name: operators-view}
        spec:
          forProvider:
            region: eu-central-1
            clusterName: forge
            principalArn: arn:aws:iam::444455556666:role/operators
            policyArn: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
            accessScope: {type: cluster}
        """)
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    let access = subject.access
    // By cluster: the principals of its entries, and whether one of them is not known yet.
    var own: [String?: (principals: Set<String>, isOpen: Bool)] = [:]
    for entry in access.entries {
      own[entry.manifest.cluster, default: ([], false)].principals.insert(
        entry.entry.principalARN)
      if entry.isUnresolved(.principalARN) { own[entry.manifest.cluster]?.isOpen = true }
    }
    for association in access.associations
    where !association.isObserved && !association.principalIsUnresolved
      && association.entryLabel == nil && !Placeholder.isUnresolved(arn: association.principalARN)
    {
      let candidates = own.filter { mayBeOneCluster($0.key, association.cluster) }.values
      // An entry whose principal is not known yet may be the one.
      guard !candidates.isEmpty || access.hasOtherEntry(for: nil, in: association.cluster),
        !candidates.contains(where: {
          $0.isOpen || $0.principals.contains(association.principalARN)
        }),
        !access.hasOtherEntry(for: association.principalARN, in: association.cluster)
      else { continue }
      findings.report(
        "no access entry is for \(association.principalARN), so EKS refuses the association",
        at: association.principalNode?.range ?? association.node.range,
        notes: [
          .init("the EKS API answers: The specified principalArn could not be found.")
        ],
        help: "make an entry for this principal, or write the ARN of an entry, path included")
    }
  }
}
