import EKSAccess

/// An account that is not twelve digits.
public enum AccountId: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "account-id",
    severity: .error,
    summary: "the account of an ARN is not twelve digits",
    rationale: """
      Every caller's ARN has an account of twelve digits, leading zeros included. A row with \
      another account matches nobody. Zeros get lost when a tool takes the account for a number; \
      the console shows accounts with hyphens; and templates with the wrong parameter write a \
      region or an alias there.
      """,
    source:
      "aws-iam-authenticator pkg/arn/arn.go; AWS account management guide, account identifiers",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::↓44445555666:role/digit-lost
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam::↓eu-west-1:role/region
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam::↓4444-5555-6666:role/hyphens
          username: x
          groups: [developers]
        - rolearn: ↓arn:aws:iam:::role/nothing
          username: x
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: "arn:aws:iam::↓my-company:user/alice"
          username: alice
          groups: [developers]
        """),
      .data(#"mapRoles: "- rolearn: 'arn:aws:iam::↓4444555566667:role/deployer'\n""#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::004455556666:role/deployer
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam::${ACCOUNT}:role/deployer
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam::ACCOUNT_ID:role/deployer
          username: x
          groups: [developers]
        """),
      // No colon before the account: a finding of another rule.
      .mapRoles(
        """
        - rolearn: arn:aws:iam:44445555666:role/deployer
          username: x
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let written = row.written, written.flaw == nil, written.account == nil,
      let parts = written.parts
    else { return }
    let range = parts.account.isEmpty ? row.range : row.range(of: parts.account)
    findings.report(
      message(parts.account), at: range, notes: notes(parts.account), help: help(parts, written))
  }

  private static func message(_ account: Substring) -> String {
    let consequence = ", so this row matches nobody"
    if account.isEmpty { return "the ARN has no account" + consequence }
    if ARNRepair.isRegion(account.lowercased()) {
      return "the region \"\(account)\" stands where the account belongs" + consequence
    }
    if account.allSatisfy(\.isNumber) {
      return "account \"\(account)\" has \(account.count) digits instead of 12" + consequence
    }
    return "account \"\(account)\" is not 12 digits" + consequence
  }

  private static func notes(_ account: Substring) -> [Finding.Note] {
    guard !account.isEmpty, account.count < 12, account.allSatisfy(\.isNumber) else { return [] }
    return [.init("leading zeros belong to an account and get lost when it is read as a number")]
  }

  private static func help(
    _ parts: WrittenPrincipal.Parts, _ written: WrittenPrincipal
  ) -> String {
    let digits = String(parts.account.filter { $0 != "-" })
    guard AccountID(digits) != nil else {
      return "write the 12 digits that \"aws sts get-caller-identity\" shows as \"Account\""
    }
    let behind = written.text[parts.account.endIndex...]
    return "write \(written.text[..<parts.account.startIndex])\(digits)\(behind)"
  }
}
