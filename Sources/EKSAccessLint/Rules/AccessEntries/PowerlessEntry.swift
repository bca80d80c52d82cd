import EKSAccess
import EKSAccessManifests

/// An access entry that gives nothing.
public enum PowerlessEntry: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "powerless-entry",
    severity: .warning,
    summary: "an access entry gives neither groups nor access policies",
    rationale: """
      Such a principal can log in and may do nothing but what everybody may. If aws-auth has a row \
      for it, the entry replaces the row, and the principal loses what the row gave. An entry \
      with a username of its own is left alone, since a binding may name the user.
      """,
    source: "EKS user guide, \"Grant IAM users access to Kubernetes with EKS access entries\"",
    needsWholeFile: true,
    failing: [
      .entries(
        """
        - principalARN: ↓arn:aws:iam::444455556666:role/dev
        - principalARN: ↓arn:aws:iam::444455556666:role/ops
          kubernetesGroups: []
          accessPolicies: []
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesGroups: [developers]
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: EC2_LINUX
        - principalARN: arn:aws:iam::444455556666:role/bot
          kubernetesUsername: bot
        - principalARN: arn:aws:iam::444455556666:role/ops
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope: {type: cluster}
        """),
      // The policies of an entry are the answer of another call.
      Example(
        """
        {"accessEntry": {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/dev",
          "username": "arn:aws:sts::444455556666:assumed-role/dev/{{SessionName}}",
          "kubernetesGroups": [], "type": "STANDARD"}}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for entry in subject.access.entries where isPowerless(entry, subject.access) {
      findings.report(
        "this entry gives neither groups nor access policies, so its principal may do nothing",
        at: entry.range(of: .principalARN),
        notes: [.init("an entry also replaces the principal's row in aws-auth as a whole")],
        help: "add groups that bindings name, or associate an access policy")
    }
  }

  private static func isPowerless(_ entry: EntrySubject, _ access: AccessContext) -> Bool {
    let model = entry.entry
    // What EKS refuses has a finding of its own.
    guard entry.violations.isEmpty, model.kind == .standard, model.groups.isEmpty,
      model.policies.isEmpty,
      !entry.isUnresolved(.kind, .groups, .policies),
      !entry.manifest.isObserved || model.username == nil,
      model.username == nil || model.username == model.defaultUsername
    else { return false }
    let principal = entry.isUnresolved(.principalARN) ? nil : model.principalARN
    return !access.associations.contains {
      mayBeOneCluster($0.cluster, entry.manifest.cluster)
        && ($0.principalIsUnresolved || principal == nil || $0.principalARN == principal)
    } && !access.hasOtherAssociation(for: principal, in: entry.manifest.cluster)
  }
}
