import EKSAccess

/// Principals of two partitions in one ConfigMap.
public enum MixedPartitions: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "mixed-partitions",
    severity: .warning,
    summary: "a ConfigMap names principals of more than one partition",
    rationale: """
      A cluster lives in one partition, and its callers sign in at the STS of that partition. The \
      partitions share neither accounts nor roles: in China every ARN begins with `arn:aws-cn:`, \
      in GovCloud with `arn:aws-us-gov:`. A row of another partition than the cluster's matches \
      nobody. Usually `arn:aws:` was copied or written into a template that is used everywhere.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go; AWS general reference, ARN format",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws-cn:iam::444455556666:role/eks-node
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:↓aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        - rolearn: arn:aws-cn:iam::444455556666:role/support
          username: support
          groups: [support]
        """),
      .data(
        """
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
        mapUsers: '[{"userarn": "arn:↓aws-us-gov:iam::444455556666:user/alice"}]'
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:AWS:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        - rolearn: arn:${PARTITION}:iam::444455556666:role/support
          username: support
          groups: [support]
        """),
      // Not a second partition but none at all.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws-gov:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard options.partition != nil || mayMix(configMap) else { return }
    var first: [Partition: Row] = [:]
    var counts: [Partition: Int] = [:]
    var order: [Partition] = []
    for row in configMap.rows {
      guard let written = row.written, written.flaw == nil, let partition = written.partition,
        partition.isKnown
      else { continue }
      if counts[partition] == nil { order.append(partition) }
      counts[partition, default: 0] += 1
      if first[partition] == nil { first[partition] = row }
    }
    guard let start = order.first else { return }
    // The partition of most rows is taken for the cluster's; of equals, the first one written.
    let usual =
      options.partition
      ?? order.reduce(start) { counts[$1, default: 0] > counts[$0, default: 0] ? $1 : $0 }
    guard let odd = order.first(where: { $0 != usual }), let row = first[odd],
      let part = row.written?.parts?.partition
    else { return }
    findings.report(
      message(odd, usual), at: row.range(of: part), notes: notes(usual, first[usual]),
      help: help(usual))
  }

  /// Whether there are two partitions at all, known or not.
  private static func mayMix(_ configMap: ConfigMapSubject) -> Bool {
    var first: Partition?
    for row in configMap.rows {
      guard let partition = row.written?.partition else { continue }
      if first == nil { first = partition }
      if first != partition { return true }
    }
    return false
  }

  private static func message(_ odd: Partition, _ usual: Partition) -> String {
    """
    partition "\(odd)" stands beside "\(usual)", but the callers of a cluster are all of one \
    partition, so rows of the other one match nobody
    """
  }

  private static func notes(_ usual: Partition, _ row: Row?) -> [Finding.Note] {
    guard let row, let part = row.written?.parts?.partition else { return [] }
    return [.init("the first row of \"\(usual)\"", at: row.range(of: part))]
  }

  private static func help(_ usual: Partition) -> String {
    """
    write the partition of the cluster in every row, "\(usual)" if that is the one, or keep a \
    ConfigMap for each cluster
    """
  }
}
