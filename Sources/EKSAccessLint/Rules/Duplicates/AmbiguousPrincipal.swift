import EKSAccess
import EKSAccessManifests

/// Two users whose ARNs differ in letter case alone.
public enum AmbiguousPrincipal: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "ambiguous-principal",
    severity: .error,
    summary: "the ARNs of two users differ in letter case alone, and chance decides between them",
    rationale: """
      EKS keeps the rows of mapUsers under their ARNs as written, so that both of two spellings \
      stay. It then compares each with the ARN of the caller, letter case aside, and takes the \
      first that matches, in an order that is different each time. The same user gets the \
      username and groups of one row now and of the other later. IAM itself knows no two users \
      whose names differ in letter case alone. Where both rows say the same it is a warning.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (saveMap, UserMapping)",
    needsWholeFile: true,
    failing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        - userarn: ↓arn:aws:iam::444455556666:user/Alice
          username: alice
          groups: [auditors]
        - userarn: ↓arn:aws:iam::444455556666:USER/alice
          username: alice
          groups: [developers]
        """),
      .data(
        #"""
        mapUsers: '[{"userarn": "arn:aws:iam::444455556666:user/bob"}, {"userarn": ↓"arn:aws:iam::444455556666:user/BOB"}]'
        """#),
    ],
    passing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [auditors]
        - userarn: arn:aws:iam::444455556666:user/Team/alice
          username: alice
          groups: [auditors]
        """),
      // Among roles the last row wins: a finding of another rule.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/Deployer
          username: deployer
          groups: [auditors]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::${ACCOUNT}:user/alice
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::${ACCOUNT}:user/Alice
          username: alice
          groups: [auditors]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard configMap.mayRepeatARN, !configMap.manifest.dialect.foldsUserARNs else { return }
    // Of rows with the same spelling the last one counts.
    var places: [RowKey: Int] = [:]
    var counting: [Row] = []
    for row in configMap.rows where row.section == .mapUsers {
      guard let key = RowKey(row) else { continue }
      if let place = places[key] {
        counting[place] = row
      } else {
        places[key] = counting.count
        counting.append(row)
      }
    }
    var first: [String: Row] = [:]
    for row in counting {
      guard let folded = row.entry.arn?.value.simpleFolded else { continue }
      guard let other = first[folded] else {
        first[folded] = row
        continue
      }
      let areAlike = row.username == other.username && groups(row) == groups(other)
      findings.report(
        areAlike ? messageForAlike : message, at: row.range(besides: other),
        notes: [.init("the other spelling", at: other.range)], help: help,
        severity: areAlike ? .warning : nil)
    }
  }

  private static func groups(_ row: Row) -> Set<String> { Set(row.entry.groups.map(\.value)) }

  private static let message =
    "two rows name this user in different letter case, so EKS takes either of them by chance"

  private static let messageForAlike =
    "two rows name this user in different letter case, which is harmless while both say the same"

  private static let help =
    "keep one row for the user, with all of its groups, spelt as IAM shows the name"
}
