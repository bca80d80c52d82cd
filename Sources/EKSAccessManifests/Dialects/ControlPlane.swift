import YAMLSource

extension MappingDialect {
  /// `iamAuthenticatorConfig` of Cluster API's `AWSManagedControlPlane`, whose rows its controller
  /// adds to aws-auth behind those of the nodes (`pkg/cloud/services/iamauth`).
  public static let controlPlane = MappingDialect(
    name: "iamAuthenticatorConfig", reader: "the API server",
    refusal: "the API server refuses the control plane", decoding: .strict,
    readsKeysInAnyCase: false, required: [.roleARN, .userARN, .username, .groups])
}

extension AWSAuthManifest {
  /// Reads an `AWSManagedControlPlane`; `nil` for one without mappings.
  init?(controlPlane object: KubernetesObject) {
    guard object.isOf(group: "controlplane.cluster.x-k8s.io") else { return nil }
    self.init(
      object, lists: object.node.value(of: "spec")?.value(of: "iamAuthenticatorConfig"),
      dialect: .controlPlane)
  }
}
