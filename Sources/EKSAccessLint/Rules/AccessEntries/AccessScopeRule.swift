import EKSAccess
import EKSAccessManifests

/// A scope of an access policy that contradicts itself.
public enum AccessScopeRule: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "access-scope",
    severity: .error,
    summary: "the scope of an access policy lacks its namespaces or has some that it cannot have",
    rationale: """
      A scope is `cluster`, without namespaces, or `namespace`, with at least one. EKS refuses \
      anything else. It does not check that the namespaces exist.
      """,
    source: "EKS API reference, AccessScope; answers of the EKS API",
    needsWholeFile: true,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/readers
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope:
                type: ↓namespace
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy
              accessScope:
                type: cluster
                namespaces: ↓[shop]
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy
              accessScope:
                type: ↓Namespace
                namespaces: [shop]
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/readers
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope: {type: namespace, namespaces: [shop, "dev-*"]}
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy
              accessScope: {type: cluster, namespaces: []}
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations {
      let message: String
      let help: String
      switch violation.reason {
      case .scopeWithoutNamespaces:
        message = "the scope is of namespaces and lists none, so EKS refuses it"
        help = "list the namespaces, or write the type cluster"
      case .namespacesNotAllowed:
        message = "a scope of the whole cluster cannot list namespaces, so EKS refuses it"
        help = "write the type namespace, or remove the namespaces"
      case .unknownScope:
        guard case .scope(let index) = violation.field else { continue }
        let isMissing = entry.entry.policies[index].scope.kind.rawValue.isEmpty
        message =
          isMissing
          ? "the policy has no scope, so EKS refuses it"
          : "a scope has the type cluster or namespace"
        help =
          isMissing
          ? "add the scope: the type cluster, or the type namespace with its namespaces"
          : "write cluster or namespace, in lower case"
      default: continue
      }
      findings.report(
        message, at: entry.range(of: violation.field), notes: violation.notes, help: help)
    }
  }
}
