import EKSAccess

/// A partition that AWS does not have.
public enum UnknownPartition: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unknown-partition",
    severity: .error,
    summary: "the partition of an ARN is not one that EKS accepts",
    rationale: """
      The first part of an ARN behind `arn:` is the partition: `aws` for most regions, `aws-cn` \
      in China, `aws-us-gov` in GovCloud, and some more. EKS refuses a caller of a partition that \
      it does not know before it looks for a row, so a row with such a partition matches nobody.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go (Canonicalize), pkg/endpoints/partitions.go",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:↓aws-gov:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: "arn:↓aws-china:iam::444455556666:role/team/deployer"
          username: deployer
          groups: [deployers]
        """),
      .mapUsers(
        """
        - userarn: arn:↓eu-west-1:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        """),
      .data(#"mapRoles: "- rolearn: 'arn:↓asw:iam::444455556666:role/deployer'\n""#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws-us-gov:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:AWS-US-GOV:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        """),
      .mapRoles(
        """
        - rolearn: arn:${PARTITION}:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws-eusc:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let written = row.written, let partition = written.partition, !partition.isKnown,
      written.flaw == nil, let parts = written.parts
    else { return }
    findings.report(
      message(parts.partition), at: row.range(of: parts.partition),
      notes: [.init("expected one of \(Partition.known.map { $0.rawValue }.quotedList)")],
      help: help(partition, parts, written))
  }

  private static func message(_ partition: Substring) -> String {
    "partition \"\(partition)\" does not exist, so this row matches nobody"
  }

  private static func help(
    _ partition: Partition, _ parts: WrittenPrincipal.Parts, _ written: WrittenPrincipal
  ) -> String {
    guard let meant = ARNRepair.partition(for: partition.rawValue) else {
      return "write the partition of the cluster's region, \"aws\" for most"
    }
    return
      "did you mean \"\(meant)\"? write arn:\(meant)\(written.text[parts.partition.endIndex...])"
  }
}
