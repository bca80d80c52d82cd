public import EKSAccess
import YAMLSource

extension ManifestFile {
  /// The `IAMIdentityMapping` objects of the file, in order.
  public var identityMappings: [Located<IAMIdentityMapping>] {
    stream.documents.flatMap(KubernetesObject.objects(of:)).compactMap { object in
      guard object.kind?.has("IAMIdentityMapping") == true,
        let spec = object.node.value(of: "spec"), let arn = spec.value(of: "arn")
      else { return nil }
      let mapping = IAMIdentityMapping(
        arn: arn.string, username: spec.value(of: "username")?.string ?? "",
        groups: spec.value(of: "groups")?.elements.map(\.string) ?? [])
      return Located(mapping, at: arn)
    }
  }
}

extension Caller {
  /// Reads the answer of `aws sts get-caller-identity`; `nil` when the text holds no `Arn`.
  ///
  /// - Parameters:
  ///   - bytes: The JSON object with `Arn` and `Account`.
  ///   - accessKeyID: The caller's access key id, if it is known.
  ///   - privateDNSName: The private DNS name of the caller's instance, if it is one.
  /// - Throws: ``CallerError`` when the ARN is none of somebody who can call a cluster.
  public init?(
    callerIdentity bytes: [UInt8], accessKeyID: String? = nil, privateDNSName: String? = nil
  ) throws(CallerError) {
    guard let root = YAMLStream(bytes).documents.first?.root, let arn = root.value(of: "Arn"),
      arn.isScalar
    else { return nil }
    // A federated user's session name stands behind the colon of the user id.
    let userID = root.value(of: "UserId")?.string ?? ""
    let isFederated = IAMPrincipal(arn.string)?.kind == .federatedUser
    let session = userID.split(separator: ":", maxSplits: 1).dropFirst().first.map(String.init)
    try self.init(
      callerIdentity: arn.string, sessionName: isFederated ? session : nil,
      accountID: root.value(of: "Account")?.string, accessKeyID: accessKeyID,
      privateDNSName: privateDNSName)
  }
}
