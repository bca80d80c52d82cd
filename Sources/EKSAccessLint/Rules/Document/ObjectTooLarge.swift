import EKSAccessManifests
import YAMLSource

/// A ConfigMap beyond the limit of Kubernetes.
public enum ObjectTooLarge: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "object-too-large",
    severity: .error,
    summary: "the values of the ConfigMap hold more than 1 MiB",
    rationale: """
      The API server refuses a ConfigMap whose values together have more than 1,048,576 bytes, so \
      the file cannot be applied.
      """,
    source: "Kubernetes pkg/apis/core/validation (ValidateConfigMap)",
    needsWholeFile: true,
    failing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        ↓data:
          copy0: &copy "\(String(repeating: "a long text, ", count: 5500))"

        """ + (1...16).map { "  copy\($0): *copy\n" }.joined())
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        """)
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let manifest = configMap.manifest
    let size = manifest.data?.pairs.reduce(0) { $0 + $1.value.bytes.count } ?? 0
    guard size > limit else { return }
    let key = manifest.object.node.pairs.first { $0.key.has("data") }?.key
    findings.report(
      "values have \(size) bytes together, so the API server refuses the ConfigMap",
      at: key?.range ?? manifest.object.node.range, notes: [.init("the limit is \(limit) bytes")],
      help: "remove rows, or use access entries for a part of them")
  }

  private static let limit = 1_048_576
}
