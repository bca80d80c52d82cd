import EKSAccessManifests
import YAMLSource

/// Metadata that a cluster wrote.
public enum ExportedMetadata: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "exported-metadata",
    severity: .warning,
    summary: "the ConfigMap is an export: it carries metadata that the cluster wrote",
    rationale: """
      `kubectl get -o yaml` prints `resourceVersion`, `uid` and the like. With them a later apply \
      fails because the object was modified meanwhile, or goes through and brings back an old \
      state, without the rows that EKS or others added since.
      """,
    source: "Kubernetes API conventions (metadata); EKS user guide auth-configmap",
    fix: .safe,
    failing: [
      Example(
        """
        apiVersion: v1
        data:
          mapRoles: "[]"
        kind: ConfigMap
        metadata:
          annotations:
            ↓kubectl.kubernetes.io/last-applied-configuration: |
              {"kind":"ConfigMap"}
          creationTimestamp: "2024-02-03T08:15:42Z"
          name: aws-auth
          namespace: kube-system
          resourceVersion: "918273"
          uid: 3c1f5a90-6d2e-4b7c-9a41-7e0d8c2b5f16
        """,
        fixed: """
          apiVersion: v1
          data:
            mapRoles: "[]"
          kind: ConfigMap
          metadata:
            name: aws-auth
            namespace: kube-system
          """),
      Example(
        """
        {
          "kind": "ConfigMap",
          "data": {"mapRoles": "[]"},
          "metadata": {
            ↓"creationTimestamp": "2024-02-03T08:15:42Z",
            "name": "aws-auth",
            "namespace": "kube-system",
            "resourceVersion": "918273",
            "uid": "3c1f5a90-6d2e-4b7c-9a41-7e0d8c2b5f16"
          }
        }
        """,
        fixed: """
          {
            "kind": "ConfigMap",
            "data": {"mapRoles": "[]"},
            "metadata": {
              "name": "aws-auth",
              "namespace": "kube-system"
            }
          }
          """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          annotations:
            owner: platform
            ↓kubectl.kubernetes.io/last-applied-configuration: '{}'
          name: aws-auth
          namespace: kube-system
        """),
    ],
    passing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          creationTimestamp: null
          name: aws-auth
          namespace: kube-system
          labels: {uid: "1"}
        """),
      Example(
        """
        metadata:
          resourceVersion: "1"
        data:
          mapRoles: "[]"
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps where !configMap.manifest.isFragment {
      let object = configMap.manifest.object
      guard !object.isTerraform, let metadata = object.metadata else { continue }
      let annotations = metadata.value(of: "annotations")
      let exported = metadata.pairs.filter { isExported($0) }
      let applied =
        annotations?.pairs.filter {
          $0.key.has("kubectl.kubernetes.io/last-applied-configuration")
        } ?? []
      let keys = (exported + applied).map(\.key)
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
      guard let first = keys.first else { continue }
      let names = keys.map { "\"\($0.string)\"" }.joined(separator: ", ")
      let removal = MemberRemoval(bytes: subject.file.bytes)
      findings.report(
        "the ConfigMap carries metadata of an export, so applying it fails or brings back an old state",
        at: first.range, notes: [.init("the cluster writes \(names)")],
        help: "remove \(keys.count == 1 ? "the key" : "these keys")",
        fix: Fix(.safe, removal.edits(exported: exported, applied: applied, from: metadata)))
    }
  }

  private static func isExported(_ pair: YAMLNode.Pair) -> Bool {
    guard names.contains(where: { pair.key.has($0) }) else { return false }
    return !(pair.key.has("creationTimestamp") && pair.value.isNull)
  }

  private static let names: [StaticString] = [
    "resourceVersion", "uid", "managedFields", "selfLink", "generation", "creationTimestamp",
  ]
}

/// Takes members out of mappings.
private struct MemberRemoval {
  let bytes: [UInt8]

  func edits(
    exported: [YAMLNode.Pair], applied: [YAMLNode.Pair], from metadata: YAMLNode
  ) -> [SourceEdit?] {
    var removed = Set(exported.map(\.key.range.lowerBound))
    var edits: [SourceEdit?] = []
    if !applied.isEmpty,
      let annotations = metadata.pairs.first(where: { $0.key.has("annotations") })
    {
      let count = annotations.value.pairs.reduce(0) { count, _ in count + 1 }
      if count == applied.count {
        removed.insert(annotations.key.range.lowerBound)
      } else {
        edits += self.edits(removing: Set(applied.map(\.key.range.lowerBound)), annotations.value)
      }
    }
    return edits + self.edits(removing: removed, metadata)
  }

  private func edits(removing removed: Set<Int>, _ mapping: YAMLNode) -> [SourceEdit?] {
    guard !removed.isEmpty else { return [] }
    guard !mapping.isAlias else { return [nil] }
    let pairs = mapping.pairs.map { ($0, removed.contains($0.key.range.lowerBound)) }
    guard pairs.contains(where: { !$0.1 }) else { return [nil] }
    return mapping.isFlow ? flow(pairs) : pairs.filter(\.1).map { line($0.0) }
  }

  /// The lines of a member of a block mapping.
  private func line(_ pair: YAMLNode.Pair) -> SourceEdit? {
    let lines = FileLines(bytes)
    guard let margin = lines.margin(of: pair.key.range.lowerBound), !pair.value.isAlias,
      pair.key.range == pair.key.fullRange
    else { return nil }
    let start = pair.key.range.lowerBound - margin
    let end = min(lines.end(of: pair.range.upperBound) + 1, bytes.count)
    return SourceEdit(range: start..<end, replacement: "")
  }

  /// Members of a flow mapping, each run of them with the comma that parts it from its neighbour.
  private func flow(_ pairs: [(pair: YAMLNode.Pair, isRemoved: Bool)]) -> [SourceEdit?] {
    var edits: [SourceEdit?] = []
    var kept: YAMLNode.Pair?
    var start: Int?
    for (pair, isRemoved) in pairs {
      if isRemoved {
        start = start ?? pair.range.lowerBound
      } else {
        if let begin = start {
          edits.append(SourceEdit(range: begin..<pair.range.lowerBound, replacement: ""))
        }
        (kept, start) = (pair, nil)
      }
    }
    if start != nil, let kept, let last = pairs.last?.pair {
      edits.append(
        SourceEdit(range: kept.range.upperBound..<last.range.upperBound, replacement: ""))
    }
    return edits
  }
}
