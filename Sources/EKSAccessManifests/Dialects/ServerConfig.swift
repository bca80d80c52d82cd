import EKSAccess
import YAMLSource

extension MappingDialect {
  /// `server.mapRoles` and the like in the configuration of an authenticator that one runs oneself
  /// (`cmd/aws-iam-authenticator/root.go`, `pkg/mapper/file`).
  ///
  /// The file is read by viper: keys in any case, values converted to the type that is wanted. A
  /// row without a valid ARN keeps the server from starting.
  public static let serverConfig = MappingDialect(
    name: "the server configuration", reader: "the authenticator",
    refusal: "the authenticator does not start", decoding: .weak,
    names: MappingEntry.Name.allCases, admitsNodes: false, canonicalizesARNs: true,
    foldsUserARNs: true,
    isSelfManaged: true)
}

/// The configuration file of an authenticator, alone or as a value of a ConfigMap.
enum ServerConfig {
  /// The configurations in the values of a ConfigMap, by their shape.
  static func manifests(inConfigMap object: KubernetesObject) -> [AWSAuthManifest] {
    guard let data = object.node.value(of: "data") else { return [] }
    return data.pairs.flatMap { pair -> [AWSAuthManifest] in
      guard pair.value.isText, !pair.value.isAlias, ManifestFile.mentionsAWSAuth(pair.value.bytes)
      else { return [] }
      let stream = YAMLStream(textOf: pair.value)
      guard case .document(let document)? = stream.first else { return [] }
      return manifest(object, root: document.root, comments: stream.comments).map { [$0] } ?? []
    }
  }

  /// A file that is the configuration itself.
  static func manifest(_ object: KubernetesObject) -> AWSAuthManifest? {
    object.isFragment ? manifest(object, root: object.node, comments: []) : nil
  }

  private static func manifest(
    _ object: KubernetesObject, root: YAMLNode, comments: [YAMLComment]
  ) -> AWSAuthManifest? {
    guard let server = root.value(of: "server"), server.isMapping else { return nil }
    var sections: [AWSAuthSectionText] = []
    for pair in server.pairs where pair.key.isScalar {
      let key = pair.key.string.lowercased()
      guard let section = AWSAuthSection.allCases.first(where: { $0.rawValue.lowercased() == key })
      else { continue }
      sections.removeAll { $0.section == section }
      sections.append(
        AWSAuthSectionText(
          section, key: pair.key, list: pair.value, dialect: .serverConfig,
          comments: sections.isEmpty ? comments : []))
    }
    guard !sections.isEmpty else { return nil }
    return AWSAuthManifest(object, dialect: .serverConfig, sections: sections)
  }
}
