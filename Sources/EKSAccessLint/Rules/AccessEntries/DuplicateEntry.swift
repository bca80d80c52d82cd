import EKSAccess
import EKSAccessManifests

/// Two access entries for one principal.
public enum DuplicateEntry: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "duplicate-entry",
    severity: .error,
    summary: "two access entries of a cluster are for the same principal",
    rationale: """
      A principal has one access entry in a cluster. EKS refuses the second one with a conflict \
      (409), and which of the two comes second is often left to chance.
      """,
    source: "EKS API reference, CreateAccessEntry (ResourceInUseException)",
    needsWholeFile: true,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesGroups: [developers]
        - principalARN: ↓arn:aws:iam::444455556666:role/dev
          kubernetesGroups: [operators]
        """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesGroups: [developers]
        - principalARN: arn:aws:iam::444455556666:role/ops/dev
          kubernetesGroups: [operators]
        - principalARN: arn:aws:iam::444455556666:user/dev
          kubernetesGroups: [operators]
        """),
      Example(
        """
        {"accessEntries": ["arn:aws:iam::444455556666:role/dev"]}
        {"accessEntry": {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/dev",
          "kubernetesGroups": ["developers"], "type": "STANDARD"}}
        """),
      Example(
        """
        Resources:
          Operators:
            Type: AWS::EKS::AccessEntry
            Condition: IsProduction
            Properties:
              ClusterName: shop
              PrincipalArn: !GetAtt OperatorRole.Arn
              KubernetesGroups: [operators]
          OperatorsElsewhere:
            Type: AWS::EKS::AccessEntry
            Condition: IsNotProduction
            Properties:
              ClusterName: shop
              PrincipalArn: !GetAtt OperatorRole.Arn
              KubernetesGroups: [testers]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    var first: [Key: [EntrySubject]] = [:]
    for entry in subject.access.entries where !entry.manifest.isObserved {
      // A reference is one too, where it is written twice; a placeholder may be filled in twice.
      let arn = entry.entry.principalARN
      guard !arn.isEmpty, !Placeholder.isUnresolved(identity: arn) || arn.contains("${") else {
        continue
      }
      let key = Key(
        dialect: entry.manifest.dialect, cluster: entry.manifest.cluster, arn: arn,
        isReference: entry.isUnresolved(.principalARN))
      let other = first[key]?.first { $0.manifest.canStandBeside(entry.manifest) }
      guard let other else {
        // Nobody has more conditions than these for one principal.
        if first[key, default: []].count < 64 { first[key, default: []].append(entry) }
        continue
      }
      findings.report(
        "a second access entry for the same principal, which EKS refuses",
        at: entry.range(of: .principalARN),
        notes: [
          .init("the first one is here", at: other.range(of: .principalARN)),
          .init(
            "the EKS API answers: The specified access entry resource is already in use on this "
              + "cluster."),
        ],
        help: "keep one entry, with all groups and policies")
    }
  }

  private struct Key: Hashable {
    var dialect: AccessDialect
    var cluster: String?
    var arn: String
    var isReference: Bool
  }
}
