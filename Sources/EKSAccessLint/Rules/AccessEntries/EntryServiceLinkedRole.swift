import EKSAccess
import EKSAccessManifests

/// An access entry for a service-linked role.
public enum EntryServiceLinkedRole: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-service-linked-role",
    severity: .error,
    summary: "an access entry is for a service-linked role, which only AWS can give one",
    rationale: """
      EKS refuses access entries for roles below `role/aws-service-role/`. Services that need \
      access to a cluster, such as AWS Batch or EMR, make the entries themselves once that is \
      switched on in the service.
      """,
    source: "EKS user guide, \"Create access entries\"; answers of the EKS API",
    failing: [
      .entries(
        """
        - principalARN: ↓arn:aws:iam::444455556666:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch
          kubernetesUsername: aws-batch
        - principalARN: ↓arn:aws:iam::${ACCOUNT}:role/AWSServiceRoleForAmazonEMRContainers
          kubernetesUsername: emr-containers
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/service-role/AWSServiceRole
          kubernetesGroups: [pipelines]
        """),
      Example(
        """
        {"accessEntries": [
          "arn:aws:iam::444455556666:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS"
        ]}
        """),
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations where violation.reason == .serviceLinkedRole {
      findings.report(
        "only AWS can make an access entry for a service-linked role",
        at: entry.range(of: violation.field), notes: violation.notes,
        help: "remove the entry and let the service make its own")
    }
  }
}
