import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A principal with two rows in one section.
public enum DuplicatePrincipal: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "duplicate-principal",
    severity: .error,
    summary: "a principal has several rows in one section, of which only the last one counts",
    rationale: """
      EKS keeps one row for an ARN: of several the last one. The groups of the others are not \
      added to it; they are lost without a message. In mapRoles letter case does not count, in \
      mapUsers it does. Tools that append rows, such as eksctl, make such duplicates, and other \
      tools take the first row instead of the last. When the lost row is the one of the nodes, \
      the nodes leave the cluster.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (saveMap)",
    fix: .unsafe,
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        # the team
        - rolearn: ↓arn:aws:iam::444455556666:role/orders
          username: orders
          groups:
            - readers  # for now
        # the pipeline
        - rolearn: arn:aws:iam::444455556666:role/Orders
          username: orders
          groups:
            - deployers
        """,
        fixed: """
          # the team
          # the pipeline
          - rolearn: arn:aws:iam::444455556666:role/Orders
            username: orders
            groups:
              - deployers
          """),
      .mapUsers(
        """
        - {userarn: ↓"arn:aws:iam::444455556666:user/alice", username: alice, groups: [developers]}

        - {userarn: ↓"arn:aws:iam::444455556666:user/alice", username: alice, groups: [auditors]}
        - {userarn: "arn:aws:iam::444455556666:user/alice", username: alice, groups: [auditors]}
        """),
      .data(
        #"""
        mapRoles: "- rolearn: ↓arn:aws:iam::444455556666:role/a\n  username: a\n- rolearn: arn:aws:iam::444455556666:role/a\n  username: b\n"
        """#,
        fixed: #"""
          mapRoles: "- rolearn: arn:aws:iam::444455556666:role/a\n  username: b\n"
          """#),
      .data(
        #"""
        mapRoles: >-
          [{"rolearn": ↓"arn:aws:iam::444455556666:role/a", "username": "a"},
          {"rolearn": "arn:aws:iam::444455556666:role/a", "username": "a"}]
        """#,
        fixed: #"""
          mapRoles: >-
            [{"rolearn": "arn:aws:iam::444455556666:role/a", "username": "a"}]
          """#),
      // Another row needs the anchor of this one.
      .mapRoles(
        """
        - rolearn: ↓arn:aws:iam::444455556666:role/a
          username: a
          groups: &groups [developers]
        - rolearn: arn:aws:iam::444455556666:role/a
          username: b
          groups: *groups
        """),
    ],
    passing: [
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:user/team/alice
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:user/Alice
          username: alice
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: ${NODE_ROLE}
          username: node
          groups: [system:nodes]
        - rolearn: ${NODE_ROLE}
          username: node
          groups: [system:nodes]
        - rolearn: arn:aws-cn:iam::444455556666:role/a
          username: a
          groups: [developers]
        - rolearn: arn:aws-us-gov:iam::444455556666:role/a
          username: a
          groups: [developers]
        """),
      // EKS drops a row with both, so the other one counts: a finding of another rule.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/a
          username: a
          groups: [developers]
        - rolearn: arn:aws:iam::444455556666:role/a
          sso: {permissionSetName: A, accountID: "444455556666"}
          username: a
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard configMap.mayRepeatARN else { return }
    var winners: [RowKey: Int] = [:]
    var lost: [(place: Int, key: RowKey)] = []
    for (place, row) in configMap.rows.enumerated() {
      guard let key = RowKey(row) else { continue }
      if let former = winners.updateValue(place, forKey: key) { lost.append((former, key)) }
    }
    for (place, key) in lost {
      guard let winner = winners[key].map({ configMap.rows[$0] }) else { continue }
      let row = configMap.rows[place]
      // The row that counts stands further down, so there is a next one.
      let edit = configMap.manifest[row.section]?.documents.first?.root
        .removing(row.entry.node, before: configMap.rows[place + 1].entry.node)
      findings.report(
        message(row, winner), at: row.range(besides: winner),
        notes: [.init("this row counts", at: winner.range)], help: help(row, winner),
        fix: Fix(.unsafe, edit))
    }
  }

  private static func message(_ row: Row, _ winner: Row) -> String {
    let fate = "a later row of this \(row.principalNoun) takes the place of this one"
    let groups = lostGroups(row, winner)
    if !groups.isEmpty {
      let noun = groups.count == 1 ? "group" : "groups"
      return "\(fate), so \(noun) \(groups.quotedList) \(groups.count == 1 ? "is" : "are") lost"
    }
    return row.username == winner.username
      ? "\(fate), which changes nothing while both say the same"
      : "\(fate), so username \"\(row.username)\" is lost"
  }

  private static func lostGroups(_ row: Row, _ winner: Row) -> [String] {
    let kept = Set(winner.entry.groups.map(\.value))
    return row.entry.groups.map(\.value).filter { !$0.isEmpty && !kept.contains($0) }
  }

  private static func help(_ row: Row, _ winner: Row) -> String {
    lostGroups(row, winner).isEmpty
      ? "remove this row"
      : "add the groups to the later row if they are needed, and remove this one"
  }
}

/// What EKS keeps a row under: a later row with an equal key takes the place of a former one.
struct RowKey: Hashable {
  private let section: AWSAuthSection
  private let text: String

  /// The key of a row that EKS keeps and whose ARN can name somebody.
  init?(_ row: Row) {
    guard row.entry.isKept, let written = row.written, written.flaw == nil,
      let text = row.entry.arn?.value
    else { return nil }
    section = row.section
    self.text = section == .mapRoles || row.dialect.foldsUserARNs ? text.simpleLowercased : text
  }
}
