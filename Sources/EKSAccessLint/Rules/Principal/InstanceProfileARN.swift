/// The ARN of an instance profile.
public enum InstanceProfileARN: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "instance-profile-arn",
    severity: .error,
    summary: "the ARN of an instance profile stands where a role's belongs",
    rationale: """
      An instance profile only carries a role to EC2 instances. The instances call as that role, \
      so a row with the ARN of the profile matches no node, and the nodes of that role do not \
      join. Profile and role often have the same name, but need not.
      """,
    source: "EKS user guide, troubleshooting (nodes fail to join cluster)",
    failing: [
      .mapRoles(
        """
        - rolearn: ↓arn:aws:iam::444455556666:instance-profile/eks-node
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - {rolearn: ↓"arn:aws:iam::444455556666:instance-profile/eks/node", username: node}
        """),
      .data(
        #"""
        mapRoles: "- rolearn: ↓arn:aws:iam::444455556666:instance-profile/eks-node\n"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-instance-profile
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:instance-profile/<name>
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let written = row.written, written.kind == .instanceProfile else { return }
    findings.report(
      message, at: row.range, notes: [.init(note)], help: help(written.name))
  }

  private static let message =
    "this is the ARN of an instance profile, not of its role, so this row matches nobody"

  private static let note = "an instance calls as the role inside of its profile"

  private static func help(_ name: Substring) -> String {
    """
    write the ARN that "aws iam get-instance-profile --instance-profile-name \(name)" shows under \
    "Roles", without its path
    """
  }
}
