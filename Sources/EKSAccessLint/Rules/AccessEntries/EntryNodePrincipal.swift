import EKSAccess
import EKSAccessManifests

/// An entry for nodes whose principal cannot be a node's.
public enum EntryNodePrincipal: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-node-principal",
    severity: .error,
    summary: "an access entry for nodes is for a user, or for a role of another account",
    rationale: """
      Entries of the types EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX and EC2 are for \
      roles of the cluster's own account; EKS refuses other principals. Whether an account is \
      foreign is told from the accounts in the configuration.
      """,
    source: "answers of the EKS API; EKS user guide, \"Create access entries\"",
    needsWholeFile: true,
    failing: [
      .entries(
        """
        - principalARN: ↓arn:aws:iam::444455556666:user/node
          type: EC2_LINUX
        - principalARN: ↓arn:aws:iam::777788889999:role/nodes
          type: HYBRID_LINUX
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: EC2_LINUX
        - principalARN: arn:aws:iam::777788889999:role/auditors
          kubernetesGroups: [auditors]
        - principalARN: arn:aws:iam::${ACCOUNT_ID}:role/nodes
          type: HYBRID_LINUX
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    guard !entry.manifest.isObserved else { return }
    for violation in entry.violations where violation.reason == .needsRole {
      findings.report(
        "nodes have a role, and this is a user", at: entry.range(of: violation.field),
        notes: violation.notes, help: "write the ARN of the role that the nodes have")
    }
    guard entry.entry.kind.needsOwnRole, !entry.isUnresolved(.kind), !options.ownAccounts.isEmpty,
      let principal = entry.principal, principal.kind == .role, let account = principal.account,
      !options.ownAccounts.contains(account.description)
    else { return }
    findings.report(
      "nodes need a role of the cluster's account, and \(account) is not among the own accounts",
      at: entry.range(of: .principalARN),
      notes: [
        .init(
          "the EKS API answers: AccessEntry principalArn must be from the same account as the "
            + "cluster when using types [EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]")
      ],
      help: "write a role of the cluster's account, or add \(account) to the configured accounts")
  }
}
