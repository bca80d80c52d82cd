import EKSAccess
import EKSAccessManifests
import YAMLSource

/// Something that is not the ARN of an access policy where one belongs.
public enum AccessPolicyARNRule: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "access-policy-arn",
    severity: .error,
    summary: "the ARN of an access policy is malformed, of IAM or of another partition",
    rationale: """
      Access policies are not IAM policies. Their ARN is \
      `arn:<partition>:eks::aws:cluster-access-policy/<name>`, with an empty region and `aws` for \
      the account, in the partition of the cluster. EKS refuses anything else.
      """,
    source:
      "EKS user guide, \"Associate access policies with access entries\"; answers of the EKS API",
    fix: .safe,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/admins
          accessPolicies:
            - policyARN: ↓arn:aws:iam::aws:policy/AmazonEKSClusterAdminPolicy
              accessScope: {type: cluster}
            - policyARN: ↓arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope: {type: cluster}
            - policyARN: ↓AmazonEKSEditPolicy
              accessScope: {type: cluster}
        """,
        fixed: """
          - principalARN: arn:aws:iam::444455556666:role/admins
            accessPolicies:
              - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy
                accessScope: {type: cluster}
              - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
                accessScope: {type: cluster}
              - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy
                accessScope: {type: cluster}
          """),
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/readers
          accessPolicies:
            - policyARN: ↓arn:aws:iam::aws:policy/ReadOnlyAccess
              accessScope: {type: cluster}
        """),
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws-cn:iam::444455556666:role/admins
          accessPolicies:
            - policyARN: arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy
              accessScope: {type: cluster}
            - policyARN: arn:${PARTITION}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope: {type: cluster}
            - policyARN: ${POLICY}
              accessScope: {type: cluster}
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations {
      guard case .policy(let index) = violation.field,
        let message = message(violation.reason, entry.entry.policies[index].policyARN)
      else { continue }
      let written = entry.entry.policies[index].policyARN
      let partition = entry.principal?.partition ?? context.partition
      let corrected = corrected(written, partition: partition)
      findings.report(
        message, at: entry.range(of: violation.field), notes: violation.notes,
        help: "write "
          + (corrected ?? "arn:<partition>:eks::aws:cluster-access-policy/<name of the policy>"),
        fix: corrected.flatMap {
          Fix(.safe, entry.node(of: violation.field)?.replacing(with: $0))
        })
    }
  }

  private static func message(_ reason: AccessEntryViolation.Reason, _ text: String) -> String? {
    switch reason {
    case .malformedPolicyARN:
      ARN(text)?.service == "iam"
        ? "this is an IAM policy, and access entries take access policies of EKS"
        : "this is not the ARN of an access policy"
    case .foreignPolicyPartition(let partition):
      "the access policy is of another partition than the cluster, which is in \(partition)"
    default: nil
    }
  }

  /// The ARN that must have been meant: that of a known policy in the principal's partition.
  private static func corrected(_ text: String, partition: Partition?) -> String? {
    let name = text.split(separator: "/").last.map(String.init) ?? ""
    guard let policy = AccessPolicy.named(name), let partition, partition.isKnown else {
      return nil
    }
    return policy.arn(in: partition)
  }
}
