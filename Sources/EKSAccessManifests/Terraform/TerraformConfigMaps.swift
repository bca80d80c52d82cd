import YAMLSource

/// The ConfigMaps of Terraform's Kubernetes provider.
enum TerraformConfigMaps {
  /// The last one writes the data of an object that is there already.
  static let types: Set<String> = [
    "kubernetes_config_map", "kubernetes_config_map_v1", "kubernetes_config_map_v1_data",
  ]

  /// The aws-auth ConfigMaps among the resources of a document, or of what a plan found.
  static func manifests(
    in document: YAMLDocument, prior isPrior: Bool = false
  ) -> [AWSAuthManifest] {
    guard let document = TerraformDocument(document, prior: isPrior) else { return [] }
    return document.resources.filter { types.contains($0.type) }
      .compactMap { AWSAuthManifest(KubernetesObject(terraform: $0.values)) }
  }
}
