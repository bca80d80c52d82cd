public import EKSAccess
public import YAMLSource

/// An aws-auth ConfigMap as it stands in a file.
///
/// An object counts as aws-auth by its name or by its content: a ConfigMap of another name that has
/// `mapRoles` is read too, since that name is then a likely mistake.
public struct AWSAuthManifest: Sendable {
  /// The object around the data.
  public let object: KubernetesObject
  /// The value of `data`, if it is a mapping.
  public let data: YAMLNode?
  /// The keys of `data` that EKS reads, in the order of the file. Where a key is repeated only the
  /// last one is here.
  public let sections: [AWSAuthSectionText]

  /// Reads an object as aws-auth; `nil` when it is something else.
  public init?(_ object: KubernetesObject) {
    let data = object.node.value(of: "data").flatMap { $0.isMapping ? $0 : nil }
    guard Self.isAWSAuth(object, data: data) else { return nil }
    self.object = object
    self.data = data
    var sections: [AWSAuthSectionText] = []
    for pair in data?.pairs ?? YAMLNode.Pairs() {
      guard let section = AWSAuthSection(rawValue: pair.key.string) else { continue }
      sections.removeAll { $0.section == section }
      sections.append(AWSAuthSectionText(section, key: pair.key, value: pair.value))
    }
    self.sections = sections
  }

  private static func isAWSAuth(_ object: KubernetesObject, data: YAMLNode?) -> Bool {
    let hasSection = data?.pairs.contains { isSectionLike($0.key) } ?? false
    guard let kind = object.kind else { return hasSection }
    guard kind.has("ConfigMap") else { return false }
    return hasSection || object.name?.has("aws-auth") == true
  }

  /// Whether a key is one of aws-auth's, in any case and with or without its last letter.
  public static func isSectionLike(_ key: YAMLNode) -> Bool {
    guard key.isScalar, key.bytes.count < 16 else { return false }
    let name = key.string.lowercased()
    return AWSAuthSection.allCases.contains {
      let section = $0.rawValue.lowercased()
      return name == section || name + "s" == section
    }
  }

  /// Whether this is a part of a ConfigMap, such as a patch or a snippet.
  public var isFragment: Bool { object.isFragment }

  /// A section by its key, if the key is there.
  public subscript(_ section: AWSAuthSection) -> AWSAuthSectionText? {
    sections.first { $0.section == section }
  }

  /// The rows of mapRoles and mapUsers in the order of the file, dropped ones included.
  public var entries: [MappingEntry] {
    sections.flatMap { $0.entries }
  }

  /// What EKS uses of this ConfigMap: the rows that the authenticator keeps.
  public var map: AWSAuthConfigMap { AWSAuthConfigMap(keptIn: sections) }
}
