import EKSAccessManifests
import YAMLSource

/// An aws-auth without a namespace.
public enum MissingNamespace: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "missing-namespace",
    severity: .warning,
    summary: "the ConfigMap has no namespace",
    rationale: """
      `kubectl apply` puts an object without a namespace into that of the current context, mostly \
      `default`. EKS watches `kube-system/aws-auth` alone, so the file then has no effect, and the \
      old mappings stay.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (New)",
    fix: .safe,
    needsWholeFile: true,
    failing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: ↓aws-auth  # people and nodes
        data:
          mapRoles: "[]"
        """,
        fixed: """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: aws-auth  # people and nodes
            namespace: kube-system
          data:
            mapRoles: "[]"
          """),
      Example(
        """
        {"kind": "ConfigMap", "metadata": {"name": ↓"aws-auth"}, "data": {}}
        """,
        fixed: """
          {"kind": "ConfigMap", "metadata": {"name": "aws-auth", "namespace": "kube-system"}, "data": {}}
          """),
    ],
    passing: [
      Example(
        """
        metadata:
          name: aws-auth
        data:
          mapRoles: "[]"
        """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: ${NAMESPACE}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps {
      let manifest = configMap.manifest
      guard !manifest.isFragment, isMissing(manifest.object.namespace) else { continue }
      let name = manifest.object.name
      guard name == nil || manifest.isNamedAWSAuth else { continue }
      findings.report(
        "the ConfigMap has no namespace, so kubectl puts it into that of the current context",
        at: name?.range ?? manifest.object.headRange,
        notes: [.init("EKS reads aws-auth in kube-system alone")],
        help: "write namespace: kube-system below \(name == nil ? "metadata:" : "the name")",
        fix: manifest.object.namespace == nil
          ? name.flatMap { fix(manifest, $0, subject.file.bytes) } : nil)
    }
  }

  private static func isMissing(_ namespace: YAMLNode?) -> Bool {
    guard let namespace else { return true }
    return namespace.scalar == .null || (namespace.isScalar && namespace.bytes.isEmpty)
  }

  private static func fix(
    _ manifest: AWSAuthManifest, _ name: YAMLNode, _ bytes: [UInt8]
  ) -> Fix? {
    guard let metadata = manifest.object.metadata, !metadata.isAlias, !name.isAlias,
      let pair = metadata.pairs.first(where: { $0.value.range == name.range })
    else { return nil }
    let lines = FileLines(bytes)
    let margin = lines.margin(of: pair.key.range.lowerBound)
      .map { String(repeating: " ", count: $0) }
    let quote = pair.key.style == .doubleQuoted ? "\"" : ""
    let member = "\(quote)namespace\(quote): \(quote)kube-system\(quote)"
    if metadata.isFlow {
      let end = name.range.upperBound
      let text = margin.map { ",\n\($0)" } ?? ", "
      return Fix(.safe, SourceEdit(range: end..<end, replacement: text + member))
    }
    guard let margin else { return nil }
    var end = lines.end(of: name.range.upperBound)
    if end > 0, bytes[end - 1] == 0x0D { end -= 1 }
    let lineBreak = end < bytes.count && bytes[end] == 0x0D ? "\r\n" : "\n"
    return Fix(.safe, SourceEdit(range: end..<end, replacement: lineBreak + margin + member))
  }
}
