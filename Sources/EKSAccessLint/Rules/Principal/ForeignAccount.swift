import EKSAccess

/// An account that is none of one's own.
public enum ForeignAccount: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "foreign-account",
    severity: .warning,
    summary: "a principal is of an account that is not among the configured own accounts",
    rationale: """
      Rows may name roles and users of any account, and EKS lets them in without asking the other \
      account. A wrong digit hands the rights of the row to somebody else's account, and nobody \
      notices in a review. The rule compares with the accounts that the configuration lists, and \
      finds nothing where it lists none.
      """,
    source: "EKS user guide, grant IAM users access to Kubernetes with a ConfigMap",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::↓777788889999:role/deployer
          username: deployer
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: "arn:aws:iam::↓444455556667:user/alice"
          username: alice
          groups: [developers]
        """),
      .data(
        #"""
        mapRoles: "[{\"rolearn\": \"arn:aws:iam::↓777788889999:role/deployer\", \"username\": \"x\"}]"
        mapAccounts: '[↓"777788889999"]'
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer-of-777788889999
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::${ACCOUNT}:role/deployer
          username: deployer
          groups: [deployers]
        """),
      // An account of documentation, and none at all: findings of other rules.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::111122223333:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::7777:role/deployer
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard !options.ownAccounts.isEmpty else { return }
    let accounts = WrittenAccount.all(in: configMap) {
      !options.ownAccounts.contains($0.rawValue) && !$0.isExample
    }
    for account in accounts {
      findings.report(message(account), at: account.range, notes: [.init(note)], help: help)
    }
  }

  private static func message(_ account: WrittenAccount) -> String {
    """
    account "\(account.id)" is not among the own accounts, so \(account.owner) lets somebody \
    else's account in
    """
  }

  private static let note = "EKS does not ask the account before it lets its roles and users in"

  private static let help =
    "check the digits, and add the account to the own accounts if it is to be trusted"
}
