import EKSAccessManifests
import YAMLSource

/// An ARN with blanks.
public enum ARNWhitespace: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "arn-whitespace",
    severity: .error,
    summary: "an ARN holds spaces, line breaks or characters that nobody sees",
    rationale: """
      EKS compares the ARN of a row with the ARN of the caller character by character, and trims \
      neither. A space inside of quotes, the line break that a `|` block keeps, or a no-break \
      space from a web page makes the row match nobody, although it looks right.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (RoleMapping)",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: "arn:aws:iam::444455556666:role/deployer↓ "
          username: deployer
          groups: [deployers]
        - rolearn: '↓  arn:aws:iam::444455556666:role/auditor'
          username: auditor
          groups: [auditors]
        """,
        fixed: """
          - rolearn: "arn:aws:iam::444455556666:role/deployer"
            username: deployer
            groups: [deployers]
          - rolearn: 'arn:aws:iam::444455556666:role/auditor'
            username: auditor
            groups: [auditors]
          """),
      .mapUsers(
        """
        - userarn: "arn:aws:iam::444455556666:↓ user/alice"
          username: alice
          groups: [developers]
        """,
        fixed: """
          - userarn: "arn:aws:iam::444455556666:user/alice"
            username: alice
            groups: [developers]
          """),
      .data(
        #"""
        mapRoles: "- rolearn: \"arn:aws:iam::444455556666:role/deployer↓\\t\"\n  username: deployer\n"
        """#,
        fixed: #"""
          mapRoles: "- rolearn: \"arn:aws:iam::444455556666:role/deployer\"\n  username: deployer\n"
          """#),
      // No way to tell what the name is.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks↓ deployer
          username: deployer
          groups: [deployers]
        """),
      // The block keeps its line break.
      .mapRoles(
        """
        - rolearn: ↓|
            arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
      // Corrected, this row would take the other one's place.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: "arn:aws:iam::444455556666:role/deployer↓ "
          username: deployer
          groups: [auditors]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn:   arn:aws:iam::444455556666:role/deployer   # the pipeline
          username: deployer
          groups: [deployers]
        - rolearn: >-
            arn:aws:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        """),
      .mapRoles(
        """
        - rolearn: " ${ROLE} "
          username: deployer
          groups: [deployers]
        - rolearn: the role of the pipeline
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let rows = configMap.rows.filter { $0.written?.blanks != nil }
    guard !rows.isEmpty else { return }
    let meanings = RowsByMeaning(configMap)
    for row in rows {
      guard let written = row.written, let blanks = written.blanks else { continue }
      let rival = meanings.rival(of: row)
      let isBlock = row.arnNode?.style == .literal || row.arnNode?.style == .folded
      findings.report(
        message(blanks), at: isBlock ? row.range : row.range(ofText: blanks.runs[0]) ?? row.range,
        notes: rival.map { [Finding.Note("this row names the same principal", at: $0.range)] }
          ?? [],
        help: help(written, blanks, isBlock: isBlock, rival),
        fix: rival == nil && blanks.areRemovable && !isBlock
          ? Fix(.safe, row.arnNode?.replacing(with: written.text)) : nil)
    }
  }

  private static func message(_ blanks: ARNBlanks) -> String {
    let place =
      switch blanks.place {
      case .start: "begins with"
      case .end: "ends with"
      case .inside: "holds"
      }
    return
      "the ARN \(place) \(name(blanks.first)), which EKS compares too, so this row matches nobody"
  }

  private static func name(_ blank: Unicode.Scalar) -> String {
    switch blank {
    case " ": return "a space"
    case "\t": return "a tab"
    case "\n", "\r": return "a line break"
    case "\u{A0}": return "a no-break space"
    default:
      let digits = String(blank.value, radix: 16, uppercase: true)
      let zeros = String(repeating: "0", count: max(0, 4 - digits.count))
      return "the invisible character U+\(zeros)\(digits)"
    }
  }

  private static func help(
    _ written: WrittenPrincipal, _ blanks: ARNBlanks, isBlock: Bool, _ rival: Row?
  ) -> String {
    if rival != nil { return "keep one row for the principal, with all of its groups" }
    if !blanks.areRemovable { return "write the name as IAM shows it: names hold no blanks" }
    return isBlock
      ? "write it on the line of its key: \(written.text)" : "write \(written.text)"
  }
}
