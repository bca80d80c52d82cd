import EKSAccess
import YAMLSource

/// Reads `accessConfig` of an eksctl `ClusterConfig`.
enum EksctlAccess {
  static let keys = AccessEntryKeys(
    principalARN: "principalARN", kind: "type", username: "kubernetesUsername",
    groups: "kubernetesGroups", policies: "accessPolicies", policyARN: "policyARN",
    scope: "accessScope", scopeKind: "type", namespaces: "namespaces", tags: nil)
  private static let reader = AccessEntryReader(dialect: .eksctl, keys: keys)

  static func read(_ object: KubernetesObject, _ objects: inout AccessObjects) {
    let cluster = object.label
    let config = object.node.value(of: "accessConfig")
    // On Outposts the default depends on the version of the local cluster.
    let isOnOutposts = object.node.value(of: "outpost") != nil
    objects.clusters.append(
      ClusterManifest(
        dialect: .eksctl, cluster: cluster,
        version: object.node.value(of: "metadata")?.value(of: "version")?.string,
        accessConfig: config,
        defaultMode: isOnOutposts ? nil : .apiAndConfigMap, at: object.node))
    guard let entries = config?.value(of: "accessEntries") else { return }
    for node in entries.elements {
      if let entry = reader.entry(in: node, cluster: cluster) { objects.entries.append(entry) }
    }
  }
}
