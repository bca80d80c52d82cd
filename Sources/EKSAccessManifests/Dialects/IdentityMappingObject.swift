import EKSAccess
import YAMLSource

extension MappingDialect {
  /// `IAMIdentityMapping` objects, one row each, which the authenticator's CRD backend reads
  /// (`pkg/mapper/crd`).
  public static let identityMapping = MappingDialect(
    name: "IAMIdentityMapping", reader: "the API server",
    refusal: "the API server refuses the object", decoding: .strict, roleKey: "arn", userKey: "arn",
    readsKeysInAnyCase: false, required: [.roleARN, .userARN, .username], admitsNodes: false,
    canonicalizesARNs: true, isOnePerCluster: false)
}

extension AWSAuthManifest {
  /// Reads an `IAMIdentityMapping`; `nil` for one without a specification.
  init?(identityMapping object: KubernetesObject) {
    guard object.isOf(group: "iamauthenticator.k8s.aws"),
      let spec = object.node.pair(of: "spec"), spec.value.isMapping
    else { return nil }
    let section = AWSAuthSection(ofARN: spec.value.value(of: "arn"))
    let entry = MappingEntry(section, index: 0, node: spec.value, dialect: .identityMapping)
    let text = AWSAuthSectionText(section, key: spec.key, value: spec.value, entries: [entry])
    self.init(object, dialect: .identityMapping, sections: [text])
  }
}

extension AWSAuthSection {
  /// The section that the row of an ARN belongs to: that of users for a user or the root.
  init(ofARN node: YAMLNode?) {
    switch node.flatMap({ IAMPrincipal($0.string)?.kind }) {
    case .user?, .root?, .federatedUser?: self = .mapUsers
    default: self = .mapRoles
    }
  }
}
