import EKSAccess
import YAMLSource

/// Reads the objects of the AWS Controllers for Kubernetes.
enum ACKAccess {
  static let keys = AccessEntryKeys(
    principalARN: "principalARN", kind: "type", username: "username", groups: "kubernetesGroups",
    policies: "accessPolicies", policyARN: "policyARN", scope: "accessScope", scopeKind: "type",
    namespaces: "namespaces", tags: "tags")
  private static let reader = AccessEntryReader(dialect: .ack, keys: keys)

  static func readEntry(_ object: KubernetesObject, _ objects: inout AccessObjects) {
    guard let spec = object.node.value(of: "spec") else { return }
    let cluster =
      spec.text(of: "clusterName")
      ?? spec.value(of: "clusterRef")?.text(of: "from", "name").map(reference)
    let entry = reader.entry(
      in: spec, label: object.label, cluster: cluster, isObserved: object.isObserved)
    if let entry { objects.entries.append(entry) }
  }

  static func readCluster(_ object: KubernetesObject, _ objects: inout AccessObjects) {
    guard let spec = object.node.value(of: "spec") else { return }
    // Entries name the cluster of EKS or refer to the object.
    for cluster in [spec.text(of: "name"), reference(object.label)].compactMap({ $0 }) {
      objects.clusters.append(
        ClusterManifest(
          dialect: .ack, cluster: cluster, label: object.label,
          accessConfig: spec.value(of: "accessConfig"), defaultMode: .configMap,
          isObserved: object.isObserved, at: object.node))
    }
  }

  private static func reference(_ name: String) -> String { "Cluster/\(name)" }
}
