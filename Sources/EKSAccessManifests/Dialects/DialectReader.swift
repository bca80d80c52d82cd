import EKSAccess
import YAMLSource

/// Finds the mappings that are kept elsewhere than in the ConfigMap, by kind or by shape.
enum DialectReader {
  /// The mappings in an object that is no aws-auth ConfigMap.
  static func manifests(of object: KubernetesObject) -> [AWSAuthManifest] {
    guard let kind = object.kind else { return fragments(of: object) }
    guard kind.isScalar else { return [] }
    switch kind.string {
    case "ConfigMap": return ServerConfig.manifests(inConfigMap: object)
    case "Kustomization", "Component": return Kustomization.manifests(in: object)
    case "IAMIdentityMapping": return AWSAuthManifest(identityMapping: object).map { [$0] } ?? []
    case "AWSManagedControlPlane": return AWSAuthManifest(controlPlane: object).map { [$0] } ?? []
    case "AWSIamConfig": return AWSAuthManifest(anywhereConfig: object).map { [$0] } ?? []
    default: return AWSAuthManifest(operatorItem: object).map { [$0] } ?? []
    }
  }

  /// The mappings in a mapping without a kind.
  private static func fragments(of object: KubernetesObject) -> [AWSAuthManifest] {
    if let manifest = ServerConfig.manifest(object) { return [manifest] }
    return Kustomization.manifests(in: object)
  }
}

extension KubernetesObject {
  /// Whether the object is of an API group; one without `apiVersion` is not.
  func isOf(group: StaticString) -> Bool {
    guard let version = node.value(of: "apiVersion"), version.isScalar else { return false }
    return group.withUTF8Buffer { group in
      version.bytes.starts(with: group)
        && version.bytes.dropFirst(group.count).first == UInt8(ascii: "/")
    }
  }
}

extension AWSAuthManifest {
  /// Reads `mapRoles` and `mapUsers` where they are lists of a mapping; `nil` without either.
  init?(
    _ object: KubernetesObject, lists holder: YAMLNode?, dialect: MappingDialect,
    sections names: [AWSAuthSection] = [.mapRoles, .mapUsers]
  ) {
    let sections = names.compactMap { section in
      holder?.pair(of: section.rawValue).map {
        AWSAuthSectionText(section, key: $0.key, list: $0.value, dialect: dialect)
      }
    }
    guard !sections.isEmpty else { return nil }
    self.init(object, dialect: dialect, sections: sections)
  }
}

extension YAMLNode {
  /// The last pair with a key that is written in the mapping itself.
  func pair(of key: String) -> Pair? {
    var found: Pair?
    for pair in pairs where pair.key.isScalar && pair.key.bytes.elementsEqual(key.utf8) {
      found = pair
    }
    return found
  }
}
