import YAMLSource

extension MappingDialect {
  /// `AWSIamConfig` of EKS Anywhere, from which it writes the aws-auth ConfigMap of a cluster whose
  /// nodes do not join with IAM (`pkg/api/v1alpha1/awsiamconfig.go`, `pkg/awsiamauth/template.go`).
  ///
  /// Its command decodes the file in any case of keys and refuses unknown ones; the API server
  /// knows the documented spelling alone.
  public static let anywhere = MappingDialect(
    name: "AWSIamConfig", reader: "EKS Anywhere",
    refusal: "EKS Anywhere refuses the AWSIamConfig", decoding: .strict, roleKey: "roleARN",
    userKey: "userARN", required: [.roleARN, .userARN, .username],
    admitsNodes: false, isSelfManaged: true)
}

extension AWSAuthManifest {
  /// Reads an `AWSIamConfig`; `nil` for one without mappings.
  init?(anywhereConfig object: KubernetesObject) {
    guard object.isOf(group: "anywhere.eks.amazonaws.com") else { return nil }
    self.init(object, lists: object.node.value(of: "spec"), dialect: .anywhere)
  }
}
