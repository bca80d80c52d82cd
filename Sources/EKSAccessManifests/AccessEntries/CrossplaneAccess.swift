import EKSAccess
import YAMLSource

/// Reads the objects of Crossplane's AWS provider, cluster-scoped and namespaced.
enum CrossplaneAccess {
  static let keys = AccessEntryKeys(
    principalARN: "principalArn", kind: "type", username: "userName", groups: "kubernetesGroups",
    policies: nil, policyARN: "policyArn", scope: "accessScope", scopeKind: "type",
    namespaces: "namespaces", tags: "tags")
  private static let reader = AccessEntryReader(dialect: .crossplane, keys: keys)

  static func read(_ object: KubernetesObject, kind: String, _ objects: inout AccessObjects) {
    guard let spec = object.node.value(of: "spec"),
      let node = spec.value(of: "forProvider") ?? spec.value(of: "initProvider")
    else { return }
    switch kind {
    case "AccessEntry": readEntry(object, node, &objects)
    case "AccessPolicyAssociation": readAssociation(object, node, &objects)
    case "Cluster": readCluster(object, node, &objects)
    default: break
    }
  }

  private static func readEntry(
    _ object: KubernetesObject, _ node: YAMLNode, _ objects: inout AccessObjects
  ) {
    let principal = reference(node, to: "principalArnFromRoleRef", "principalArnFromRoleSelector")
    let entry = reader.entry(
      in: node, label: object.label, cluster: cluster(of: node), isObserved: object.isObserved,
      principal: principal)
    if let entry { objects.entries.append(entry) }
  }

  private static func readAssociation(
    _ object: KubernetesObject, _ node: YAMLNode, _ objects: inout AccessObjects
  ) {
    // `principalArnRef` names the object of an entry, not a role.
    guard let read = reader.association(in: node) else { return }
    let principal = node.value(of: "principalArn")
    let other = reference(node, to: "principalArnRef", "principalArnSelector")
    objects.associations.append(
      AccessPolicyAssociationManifest(
        read.association, principalARN: principal?.string ?? other ?? "",
        entryLabel: principal == nil ? node.text(of: "principalArnRef", "name") : nil,
        principalIsUnresolved: principal == nil, dialect: .crossplane, label: object.label,
        cluster: cluster(of: node), isObserved: object.isObserved, unresolved: read.unresolved,
        at: node, principalNode: principal, places: read.places))
  }

  private static func readCluster(
    _ object: KubernetesObject, _ node: YAMLNode, _ objects: inout AccessObjects
  ) {
    let config = node.value(of: "accessConfig").map { $0.elements.first ?? $0 }
    // The name of the cluster of EKS is the external name, which is that of the object by default.
    objects.clusters.append(
      ClusterManifest(
        dialect: .crossplane, cluster: object.label, label: object.label, accessConfig: config,
        defaultMode: .configMap, isObserved: object.isObserved, at: object.node))
  }

  /// The name of the cluster, of an object that is referred to, or a text for a selector.
  private static func cluster(of node: YAMLNode) -> String? {
    node.text(of: "clusterName") ?? node.text(of: "clusterNameRef", "name")
      ?? reference(node, to: "clusterNameRef", "clusterNameSelector")
  }

  /// A text for what a reference or selector means, equal for equal ones.
  private static func reference(
    _ node: YAMLNode, to name: StaticString, _ selector: StaticString
  ) -> String? {
    if let name = node.text(of: name, "name") { return "name: \(name)" }
    guard let labels = node.value(of: selector) else { return nil }
    let pairs = labels.value(of: "matchLabels")?.pairs.map { "\($0.key.string)=\($0.value.string)" }
    return "labels: " + (pairs ?? []).sorted().joined(separator: ",")
  }
}
