import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A type of access entry that there is not.
public enum EntryType: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-type",
    severity: .error,
    summary: "the type of an access entry is unknown or in the wrong case",
    rationale: """
      The types are STANDARD, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2 and \
      HYPERPOD_LINUX. Tools compare them letter by letter: CAPA wants lower case, all others \
      upper case. A type cannot be changed once the entry is there.
      """,
    source: "EKS API reference, CreateAccessEntry (type); eksctl access_entry.go; CAPA webhook",
    fix: .safe,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: ↓ec2_linux
        - principalARN: arn:aws:iam::444455556666:role/windows-nodes
          type: ↓EC2_WINDOW
        - principalARN: arn:aws:iam::444455556666:role/other-nodes
          type: ↓NODE
        """,
        fixed: """
          - principalARN: arn:aws:iam::444455556666:role/nodes
            type: EC2_LINUX
          - principalARN: arn:aws:iam::444455556666:role/windows-nodes
            type: EC2_WINDOWS
          - principalARN: arn:aws:iam::444455556666:role/other-nodes
            type: NODE
          """),
      Example(
        """
        apiVersion: controlplane.cluster.x-k8s.io/v1beta2
        kind: AWSManagedControlPlane
        metadata: {name: shop}
        spec:
          accessConfig: {authenticationMode: api}
          accessEntries:
            - principalARN: arn:aws:iam::444455556666:role/nodes
              type: ↓EC2_LINUX
        """,
        fixed: """
          apiVersion: controlplane.cluster.x-k8s.io/v1beta2
          kind: AWSManagedControlPlane
          metadata: {name: shop}
          spec:
            accessConfig: {authenticationMode: api}
            accessEntries:
              - principalARN: arn:aws:iam::444455556666:role/nodes
                type: ec2_linux
          """),
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/nodes
          type: HYBRID_LINUX
        - principalARN: arn:aws:iam::444455556666:role/dev
          type: ${TYPE}
          kubernetesGroups: [developers]
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    guard !entry.manifest.isObserved, !entry.isUnresolved(.kind),
      let node = entry.node(of: .kind), node.isScalar
    else { return }
    let written = node.string
    let isLower = entry.manifest.dialect.writesKindsInLowerCase
    let names = AccessEntry.Kind.known.map { isLower ? $0.rawValue.lowercased() : $0.rawValue }
    guard !names.contains(written), !written.contains("${") else { return }
    let same = names.first { $0.lowercased() == written.lowercased() }
    let name = same ?? Suggestion.nearest(written, in: names)
    findings.report(
      same == nil
        ? "there is no access entry type \"\(written)\""
        : "in \(entry.manifest.dialect.rawValue) the type is written in \(isLower ? "lower" : "upper") case",
      at: node.range, notes: [.init("the types are \(names.joined(separator: ", "))")],
      help: name.map { "write \($0)" } ?? "write one of the types, or leave it out for STANDARD",
      fix: name.flatMap { Fix(.safe, node.replacing(with: $0)) })
  }
}
