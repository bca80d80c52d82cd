public import EKSAccess
public import YAMLSource

extension MappingDialect {
  /// A patch of aws-auth, strategic or JSON: what it gives a section takes the place of all that the
  /// section held.
  public static let patch = MappingDialect(
    name: "a patch of aws-auth", names: MappingEntry.Name.allCases, sectionsAreText: true,
    replacesSections: true, isOnePerCluster: false)

  /// An aws-auth ConfigMap that kustomize generates.
  public static let generator = MappingDialect(
    name: "a generated aws-auth", names: MappingEntry.Name.allCases, sectionsAreText: true,
    replacesSections: true)
}

/// What a kustomization says of aws-auth.
enum Kustomization {
  static func manifests(in object: KubernetesObject) -> [AWSAuthManifest] {
    let hasVersion = object.node.value(of: "apiVersion") != nil
    guard !hasVersion || object.isOf(group: "kustomize.config.k8s.io") else { return [] }
    var manifests: [AWSAuthManifest] = []
    for key: StaticString in ["patches", "patchesStrategicMerge", "patchesJson6902"] {
      for item in object.node.value(of: key)?.elements ?? .init() {
        // A text is read where it stands, not again at each alias of it, which can be very many.
        guard !item.isAlias, let text = item.isScalar ? item : item.value(of: "patch"),
          !text.isAlias, text.isText,
          ManifestFile.mentionsAWSAuth(text.bytes)
        else { continue }
        for document in YAMLStream(textOf: text).documents {
          manifests += patches(in: document.root)
        }
      }
    }
    let global = object.node.value(of: "generatorOptions")
    for item in object.node.value(of: "configMapGenerator")?.elements ?? .init() {
      guard let generator = ConfigMapGenerator(item, global: global) else { continue }
      manifests.append(generator.manifest)
    }
    return manifests
  }

  /// The patches in a document: an object to merge, or a list of operations of RFC 6902.
  static func patches(in root: YAMLNode) -> [AWSAuthManifest] {
    if let object = KubernetesObject(root) {
      return AWSAuthManifest(object, dialect: .patch).map { [$0] } ?? []
    }
    return root.elements.compactMap { operation in
      guard let kind = operation.value(of: "op"), kind.has("add") || kind.has("replace"),
        let path = operation.value(of: "path"), let value = operation.value(of: "value"),
        !operation.isAlias, !value.isAlias,
        let object = KubernetesObject(operation), path.bytes.starts(with: "/data/".utf8)
      else { return nil }
      let key = path.string.dropFirst("/data/".count)
      guard let section = AWSAuthSection(rawValue: String(key)) else { return nil }
      let text = AWSAuthSectionText(section, key: path, value: value, dialect: .patch)
      return AWSAuthManifest(object, dialect: .patch, sections: [text])
    }
  }
}

extension ManifestFile {
  /// The files that kustomizations of the file name as patches, by their paths as written.
  package var kustomizePatchPaths: [String] {
    stream.documents.flatMap(KubernetesObject.objects(of:)).flatMap { object in
      ["patches", "patchesStrategicMerge", "patchesJson6902"].flatMap { (key: StaticString) in
        (object.node.value(of: key)?.elements.map { $0 } ?? []).compactMap { item in
          let path = item.isMapping ? item.value(of: "path") : item
          // Of a list of patches an item may be the text of one.
          return path.flatMap { $0.isText && !$0.bytes.contains(0x0A) ? $0.string : nil }
        }
      }
    }
  }
}

/// An item of `configMapGenerator` that is named aws-auth.
public struct ConfigMapGenerator: Sendable {
  /// A file whose text becomes a value of the ConfigMap.
  public struct File: Sendable {
    /// The key in the ConfigMap: what is written before `=`, or the name of the file.
    public let key: YAMLNode
    /// The path, relative to the kustomization.
    public let path: String
    /// Whether the key is written, and not the file's name.
    public let hasKey: Bool
    /// The item of `files`.
    public let node: YAMLNode
  }

  /// The item.
  public let node: YAMLNode
  /// The name, without the suffix.
  public let name: YAMLNode
  /// Whether the ConfigMap keeps its name: by default a hash of the content is added.
  public let keepsName: Bool
  /// Whether the ConfigMap is made anew, not merged into one that other files make.
  public let createsConfigMap: Bool
  /// The files in order.
  public let files: [File]
  let literals: [(key: YAMLNode, value: YAMLNode)]

  init?(_ node: YAMLNode, global: YAMLNode?) {
    guard node.isMapping, !node.isAlias, let name = node.value(of: "name"), name.has("aws-auth")
    else {
      return nil
    }
    self.node = node
    self.name = name
    keepsName = [node.value(of: "options"), global].contains {
      $0?.value(of: "disableNameSuffixHash")?.scalar == .bool(true)
    }
    createsConfigMap = node.value(of: "behavior").map { $0.has("create") } ?? true
    literals = node.value(of: "literals")?.elements.compactMap { $0.keyAndValue } ?? []
    files = node.value(of: "files")?.elements.compactMap(File.init) ?? []
  }

  /// The files that are the text of a section.
  public var sectionFiles: [(section: AWSAuthSection, path: String)] {
    files.compactMap { file in
      AWSAuthSection(rawValue: file.key.string).map { ($0, file.path) }
    }
  }

  /// The ConfigMap as far as the kustomization itself holds it.
  var manifest: AWSAuthManifest {
    var sections: [AWSAuthSectionText] = []
    for (key, value) in literals {
      guard let section = AWSAuthSection(rawValue: key.string) else { continue }
      sections.append(AWSAuthSectionText(section, key: key, value: value, dialect: .generator))
    }
    return AWSAuthManifest(
      KubernetesObject(holding: node), dialect: .generator, sections: sections,
      keys: literals.map { $0.key } + files.filter(\.hasKey).map(\.key), generator: self)
  }
}

extension ConfigMapGenerator.File {
  fileprivate init?(_ node: YAMLNode) {
    guard node.isText, !node.isAlias, !node.bytes.isEmpty else { return nil }
    if let (key, value) = node.keyAndValue {
      self.init(key: key, path: value.string, hasKey: true, node: node)
      return
    }
    let bytes = Array(node.bytes)
    let start = bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
    guard let key = node.part(start..<bytes.count) else { return nil }
    self.init(key: key, path: node.string, hasKey: false, node: node)
  }
}

extension YAMLNode {
  /// A text `key=value` taken apart.
  fileprivate var keyAndValue: (key: YAMLNode, value: YAMLNode)? {
    let bytes = Array(bytes)
    guard isText, !isAlias, let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
      let key = part(0..<equals), let value = part((equals + 1)..<bytes.count)
    else { return nil }
    return (key, value)
  }
}
