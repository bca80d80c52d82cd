import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A role's ARN with a path.
public enum RolePath: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "role-path",
    severity: .error,
    summary: "the ARN of a role in aws-auth has a path",
    rationale: """
      EKS learns a caller's role from STS, whose ARNs carry no path. A row with a path therefore \
      matches nobody, and no message says so. This is true for roles of IAM Identity Center \
      (`aws-reserved/sso.amazonaws.com/…`) and for service-linked roles too. Access entries are \
      the opposite: they need the ARN with its path. The ARN of a user keeps its path everywhere.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go (Canonicalize)",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role↓/team/deployer
          username: deployer
          groups: [deployers]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
          """),
      .mapRoles(
        """
        - rolearn: "arn:aws:iam::444455556666:role↓/aws-reserved/sso.amazonaws.com/eu-west-1/\
        AWSReservedSSO_Admin_0123456789abcdef"
          username: admin
          groups: [admins]
        """,
        fixed: """
          - rolearn: "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef"
            username: admin
            groups: [admins]
          """),
      .mapRoles(
        """
        - rolearn: >-
            arn:aws:iam::444455556666:role↓/aws-service-role/batch.amazonaws.com/\
        AWSServiceRoleForBatch
          username: aws-batch
          groups: [batch-jobs]
        """),
      .data(
        #"""
        mapRoles: "- rolearn: 'arn:aws:iam::444455556666:role↓/team/deployer'\n  username: deployer\n"
        """#,
        fixed: #"""
          mapRoles: "- rolearn: 'arn:aws:iam::444455556666:role/deployer'\n  username: deployer\n"
          """#),
      // Corrected, this row would take the other one's place.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role↓/team/deployer
          username: deployer
          groups: [auditors]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::${ACCOUNT}:role↓/team/deployer
          username: deployer
          groups: [deployers]
        """,
        fixed: """
          - rolearn: arn:aws:iam::${ACCOUNT}:role/deployer
            username: deployer
            groups: [deployers]
          """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/team/alice
          username: alice
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/${PATH}/deployer
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for row in configMap.rows { checkUnresolved(row, &findings) }
    let rows = configMap.rows.filter { $0.written?.rolePath != nil }
    guard !rows.isEmpty else { return }
    let meanings = RowsByMeaning(configMap)
    for row in rows {
      guard let path = row.written?.rolePath, let corrected = row.written?.corrected else {
        continue
      }
      let rival = meanings.rival(of: row)
      findings.report(
        message(path), at: row.range(of: path), notes: notes(path, rival),
        help: rival == nil ? "write \(corrected)" : helpWithRival(corrected),
        fix: rival == nil ? Fix(.safe, row.removingPath(path)) : nil)
    }
  }

  /// An account that is filled in later does not change that the path is there.
  private static func checkUnresolved(_ row: Row, _ findings: inout FindingCollector) {
    guard row.isUnresolved, let text = row.entry.arn?.value,
      let arn = ARN(text), arn.resource.hasPrefix("role/"),
      !Placeholder.isUnresolved(arn: arn.resource), let slash = arn.resource.lastIndex(of: "/")
    else { return }
    let head = text.utf8.count - arn.resource.utf8.count
    let lower = head + "role".utf8.count
    let upper = head + arn.resource.utf8.distance(from: arn.resource.startIndex, to: slash)
    guard lower < upper, let range = row.range(ofText: lower..<(upper + 1)) else { return }
    let path = arn.resource.dropFirst("role".count)[...slash]
    findings.report(
      message(path), at: range, notes: notes(path, nil),
      help: "write role/\(arn.resource[arn.resource.index(after: slash)...])",
      fix: Fix(.safe, row.removing((lower + 1)..<(upper + 1))))
  }

  private static func message(_ path: Substring) -> String {
    "role ARN has the path \"\(path)\", so this row matches nobody"
  }

  private static func notes(_ path: Substring, _ rival: Row?) -> [Finding.Note] {
    var notes = [
      Finding.Note("STS names roles without their path, and EKS compares with that name")
    ]
    if path.hasPrefix("/aws-reserved/") || path.hasPrefix("/aws-service-role/") {
      notes.append(.init("IAM shows this role with its path, which only access entries keep"))
    }
    if let rival { notes.append(.init("this row names the same role", at: rival.range)) }
    return notes
  }

  private static func helpWithRival(_ corrected: String) -> String {
    "keep one row for the role, with all of its groups, and write \(corrected) there"
  }
}

extension Row {
  fileprivate func removingPath(_ path: Substring) -> SourceEdit? {
    guard let written, written.blanks == nil else { return nil }
    let utf8 = written.text.utf8
    let lower = utf8.distance(from: utf8.startIndex, to: path.startIndex) + 1
    return removing(lower..<(lower + path.utf8.count - 1))
  }
}
