import EKSAccess
import YAMLSource

/// Reads the control plane objects of the Cluster API provider for AWS.
enum CAPAAccess {
  private static let reader = AccessEntryReader(dialect: .capa, keys: ACKAccess.keys)

  static func read(_ object: KubernetesObject, _ objects: inout AccessObjects) {
    guard let outer = object.node.value(of: "spec") else { return }
    let spec = outer.value(of: "template")?.value(of: "spec") ?? outer
    let cluster = spec.text(of: "eksClusterName") ?? object.label
    objects.clusters.append(
      ClusterManifest(
        dialect: .capa, cluster: cluster, label: object.label,
        accessConfig: spec.value(of: "accessConfig"), defaultMode: .configMap,
        isObserved: object.isObserved, at: object.node))
    guard let entries = spec.value(of: "accessEntries") else { return }
    for node in entries.elements {
      let entry = reader.entry(in: node, cluster: cluster, isObserved: object.isObserved)
      if let entry { objects.entries.append(entry) }
    }
  }
}
