import EKSAccess
import EKSAccessManifests
import YAMLSource

/// An access policy that is not in the catalogue.
public enum AccessPolicyName: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "access-policy-name",
    severity: .warning,
    summary: "an access policy is not among those that are known",
    rationale: """
      AWS makes the access policies; nobody else can. EKS refuses a name that it does not know. \
      AWS adds policies from time to time, so the name may be newer than this tool's list: \
      `aws eks list-access-policies` prints what there is.
      """,
    source: "EKS user guide, \"Review access policy permissions\"",
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/readers
          accessPolicies:
            - policyARN: ↓arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewsPolicy
              accessScope: {type: cluster}
            - policyARN: ↓arn:aws:eks::aws:cluster-access-policy/amazoneksviewpolicy
              accessScope: {type: cluster}
            - policyARN: ↓arn:aws:eks::aws:cluster-access-policy/OurOwnPolicy
              accessScope: {type: cluster}
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/readers
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy
              accessScope: {type: cluster}
            - policyARN: arn:aws:eks::aws:cluster-access-policy/${NAME}
              accessScope: {type: cluster}
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations where violation.reason == .unknownPolicy {
      guard case .policy(let index) = violation.field,
        let name = entry.entry.policies[index].policyARN.split(separator: "/").last
      else { continue }
      let near = Suggestion.nearest(name, in: AccessPolicy.catalogue.map(\.name))
      findings.report(
        "no access policy \"\(name)\" is known" + (near.map { ", did you mean \($0)?" } ?? ""),
        at: entry.range(of: violation.field), notes: violation.notes,
        help: near.map { "write \($0)" } ?? "compare with `aws eks list-access-policies`")
    }
  }
}
