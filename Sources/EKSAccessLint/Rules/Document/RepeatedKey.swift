import EKSAccessManifests
import YAMLSource

/// A key that stands twice in one mapping.
public enum RepeatedKey: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "repeated-key",
    severity: .error,
    summary: "a mapping has one key twice, of which one counts",
    rationale: """
      YAML forbids it, yet the readers of kubectl and of the authenticator accept it: the last one \
      counts and the others are lost, such as half of the groups or all rows of the first \
      `mapUsers`. In a row this is true for keys that differ in case, too: there the one that sorts \
      last counts, small letters behind capital ones.
      """,
    source: "sigs.k8s.io/yaml; Go encoding/json; aws-iam-authenticator pkg/mapper/configmap",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
          ↓groups: [auditors]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          ↓roleARN: arn:aws:iam::444455556666:role/auditor
          username: deployer
          groups: [deployers]
        """),
      .data(
        """
        mapUsers: "[]"
        mapRoles: "[]"
        ↓mapUsers: "[]"
        """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: default
          ↓namespace: kube-system
        data: {}
        """),
    ],
    passing: [
      .mapRoles(
        """
        - &deployer
          rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - <<: *deployer
          rolearn: arn:aws:iam::444455556666:role/auditor
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: auditor
          groups: [auditors]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let object = configMap.manifest.object
    for mapping in [object.node, object.metadata, configMap.manifest.data].compactMap({ $0 }) {
      check(mapping.ownKeys.map { ($0, $0.string) }, counting: [:], nil, &findings)
    }
    let dialect = configMap.manifest.dialect
    let refusal = dialect.refusesUnknownKeys ? dialect.refusal : nil
    for row in configMap.rows where row.entry.fields.contains(where: \.isOverridden) {
      let keys = row.ownFields.map { ($0.key, $0.keyName) }
      guard Set(keys.map { $0.1 }).count < keys.count else { continue }
      let counting = row.entry.fields.filter { !$0.isOverridden }.map { ($0.keyName, $0.key) }
      check(keys, counting: Dictionary(counting) { $1 }, refusal, &findings)
    }
  }

  /// Reports keys of a mapping; `counting` holds those that count where that may not be the last.
  private static func check(
    _ keys: [(key: YAMLNode, name: String)], counting: [String: YAMLNode],
    _ refusal: String?, _ findings: inout FindingCollector
  ) {
    guard Set(keys.map(\.name)).count < keys.count else { return }
    var first: [String: YAMLNode] = [:]
    for (key, name) in keys {
      guard let former = first[name] else {
        first[name] = key
        continue
      }
      let firstCounts = counting[name]?.range == former.range
      findings.report(
        refusal.map { "\"\(key.string)\" stands here again, so \($0)" }
          ?? (firstCounts
            ? "\"\(key.string)\" repeats \"\(former.string)\", which counts: this one is lost"
            : "\"\(key.string)\" stands here again: the last one counts, the others are lost"),
        at: key.range, notes: [.init("the first \"\(former.string)\"", at: former.range)],
        help: "keep one of them")
    }
  }
}

extension YAMLNode {
  /// The keys that are written in a mapping itself, without merges.
  var ownKeys: [YAMLNode] {
    pairs.filter { !$0.isMerge && $0.key.isScalar }.map(\.key)
  }
}

extension Row {
  /// The keys that are written in the row itself, with what EKS takes them for.
  var ownFields: [MappingEntry.Field] {
    let own = Set(entry.node.ownKeys.map(\.range.lowerBound))
    return entry.fields.filter { own.contains($0.key.range.lowerBound) }
  }
}

extension MappingEntry.Field {
  /// The key that EKS takes it for, or the key as written where that is none.
  var keyName: String { name?.rawValue ?? key.string }
}
