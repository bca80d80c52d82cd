import YAMLSource

/// Reads the objects of tools that are written like objects of Kubernetes: by the group of the
/// `apiVersion` and the `kind`.
enum KubernetesAccess {
  static func read(_ document: YAMLDocument, _ objects: inout AccessObjects) {
    for object in KubernetesObject.objects(of: document) {
      guard let kind = object.kind, let version = object.node.value(of: "apiVersion"),
        version.isScalar
      else { continue }
      switch (group(of: version), kind.string) {
      case ("eksctl.io", "ClusterConfig"):
        EksctlAccess.read(object, &objects)
      case ("eks.services.k8s.aws", "AccessEntry"):
        ACKAccess.readEntry(object, &objects)
      case ("eks.services.k8s.aws", "Cluster"):
        ACKAccess.readCluster(object, &objects)
      case ("eks.aws.upbound.io", let kind), ("eks.aws.m.upbound.io", let kind),
        ("eks.aws.crossplane.io", let kind):
        CrossplaneAccess.read(object, kind: kind, &objects)
      case ("controlplane.cluster.x-k8s.io", "AWSManagedControlPlane"),
        ("controlplane.cluster.x-k8s.io", "AWSManagedControlPlaneTemplate"):
        CAPAAccess.read(object, &objects)
      default: break
      }
    }
  }

  private static func group(of version: YAMLNode) -> String {
    version.string.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
  }
}

extension KubernetesObject {
  /// Whether the object was read from a cluster: what its controller filled in stands in it too.
  var isObserved: Bool { node.value(of: "status")?.pairs.first != nil }

  /// The name of the object as text; empty without one.
  var label: String { name.flatMap { $0.isScalar ? $0.string : nil } ?? "" }
}

extension YAMLNode {
  /// The text of a scalar below some keys.
  func text(of keys: StaticString...) -> String? {
    var node = self
    for key in keys {
      guard let next = node.value(of: key) else { return nil }
      node = next
    }
    return node.isScalar && node.scalar != .null ? node.string : nil
  }
}
