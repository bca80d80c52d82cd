public import EKSAccess
public import YAMLSource

/// An aws-auth ConfigMap as it stands in a file, or something else that keeps its mappings.
///
/// An object counts as aws-auth by its name or by its content: a ConfigMap of another name that has
/// `mapRoles` is read too, since that name is then a likely mistake.
public struct AWSAuthManifest: Sendable {
  /// The object around the data.
  public let object: KubernetesObject
  /// The value of `data`, if it is a mapping.
  public let data: YAMLNode?
  /// Where the mappings are kept, and what becomes of them.
  public let dialect: MappingDialect
  /// The keys of the ConfigMap's `data` as written, those included that EKS does not read.
  public let keys: [YAMLNode]
  /// The generator of the ConfigMap, where kustomize makes it.
  public let generator: ConfigMapGenerator?
  /// The keys of `data` that EKS reads, in the order of the file. Where a key is repeated only the
  /// last one is here.
  public let sections: [AWSAuthSectionText]

  /// Reads an object as aws-auth; `nil` when it is something else.
  public init?(_ object: KubernetesObject) {
    self.init(object, dialect: .configMap)
  }

  init?(_ object: KubernetesObject, dialect: MappingDialect) {
    let data = object.node.value(of: "data").flatMap { $0.isMapping ? $0 : nil }
    guard Self.isAWSAuth(object, data: data) else { return nil }
    self.object = object
    self.data = data
    self.dialect = dialect
    generator = nil
    keys = data?.pairs.filter { !$0.isMerge && $0.key.isScalar }.map(\.key) ?? []
    var sections: [AWSAuthSectionText] = []
    for pair in data?.pairs ?? YAMLNode.Pairs() {
      guard let section = AWSAuthSection(rawValue: pair.key.string) else { continue }
      sections.removeAll { $0.section == section }
      sections.append(
        AWSAuthSectionText(section, key: pair.key, value: pair.value, dialect: dialect))
    }
    self.sections = sections
  }

  /// Takes sections that were read elsewhere than in the `data` of a ConfigMap.
  init(
    _ object: KubernetesObject, dialect: MappingDialect, sections: [AWSAuthSectionText],
    keys: [YAMLNode] = [], generator: ConfigMapGenerator? = nil
  ) {
    self.object = object
    self.dialect = dialect
    self.sections = sections
    self.keys = keys
    self.generator = generator
    data = nil
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

  /// Whether this is no whole ConfigMap: a patch, a snippet, or mappings that are kept elsewhere.
  public var isFragment: Bool { object.isFragment || !dialect.isConfigMap }

  /// What a section is called where it stands, as in "iamIdentityMappings".
  public func name(of section: AWSAuthSectionText) -> String {
    dialect.refusal == nil ? section.section.rawValue : section.key.string
  }

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
