import KubernetesRBAC
import YAMLSource

extension ObjectMetadata {
  init(_ object: KubernetesObject) {
    self.init(
      name: object.name?.string ?? "", namespace: object.namespace?.string,
      labels: object.metadata?.value(of: "labels")?.strings ?? [:])
  }
}

extension AggregationRule {
  init(_ node: YAMLNode) {
    self.init(
      clusterRoleSelectors: node.value(of: "clusterRoleSelectors")?.elements
        .map(LabelSelector.init) ?? [])
  }
}

extension LabelSelector {
  init(_ node: YAMLNode) {
    let requirements = node.value(of: "matchExpressions")?.elements.map { expression in
      Requirement(
        key: expression.value(of: "key")?.string ?? "",
        operator: expression.value(of: "operator")?.string ?? "",
        values: expression.value(of: "values")?.elements.map { $0.string } ?? [])
    }
    self.init(
      matchLabels: node.value(of: "matchLabels")?.strings ?? [:],
      matchExpressions: requirements ?? [])
  }
}

extension YAMLNode {
  /// The keys and values of a mapping of texts; the last one of a repeated key.
  fileprivate var strings: [String: String] {
    var strings: [String: String] = [:]
    for pair in pairs where pair.value.isScalar { strings[pair.key.string] = pair.value.string }
    return strings
  }
}
