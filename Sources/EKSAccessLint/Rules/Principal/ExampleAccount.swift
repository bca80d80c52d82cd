import EKSAccess

/// An account that only documentation uses.
public enum ExampleAccount: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "example-account",
    severity: .note,
    summary: "an account is one that documentation uses as an example",
    rationale: """
      AWS documentation and many tutorials use the accounts `111122223333`, `123456789012` and \
      `000000000000`. In a ConfigMap for a real cluster they are left over from an example: the \
      row lets nobody of one's own account in. Where the own accounts are configured and this is \
      none of them, it is a warning.
      """,
    source: "AWS account management guide, account identifiers",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::↓111122223333:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: "arn:aws:iam::↓000000000000:role/deployer"
          username: deployer
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::↓123456789012:user/team/alice
          username: alice
          groups: [developers]
        """),
      .data(#"mapRoles: "- rolearn: 'arn:aws:iam::↓111122223333:role/deployer'\n""#),
      .data(
        """
        mapAccounts: |
          - ↓"123456789012"
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/111122223333
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::111122223333:role/${ROLE}
          username: deployer
          groups: [deployers]
        """)
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let accounts = WrittenAccount.all(in: configMap) {
      $0.isExample && !options.ownAccounts.contains($0.rawValue)
    }
    for account in accounts {
      findings.report(
        message(account), at: account.range, help: help,
        severity: options.ownAccounts.isEmpty ? nil : .warning)
    }
  }

  private static func message(_ account: WrittenAccount) -> String {
    """
    account "\(account.id)" is an example of documentation, so \(account.owner) is unlikely to be \
    the one that is meant
    """
  }

  private static let help =
    "write the account that \"aws sts get-caller-identity\" shows as \"Account\""
}
