public import EKSAccess
public import YAMLSource

/// A file that was read: its documents, and the mappings in them.
public struct ManifestFile: Sendable {
  /// The file's bytes as they lie on disk.
  public let bytes: [UInt8]
  /// The section whose text the file is, if it is that.
  public let section: AWSAuthSection?
  /// The documents and what could not be read.
  public let stream: YAMLStream
  /// The ConfigMaps that are aws-auth, or that are written as if they were, in order.
  public let configMaps: [AWSAuthManifest]
  /// The mappings that are kept elsewhere than in a ConfigMap, in order.
  public let otherManifests: [AWSAuthManifest]
  /// The ClusterConfigs of eksctl, in order.
  public let eksctlConfigs: [EksctlClusterConfig]

  /// How the documents were made, if the file is a template or a script.
  public internal(set) var template: TemplateText?

  /// Reads a file; what cannot be read is part of the value.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - section: The section whose text the file is; `nil` for a file that tells by itself what it
  ///     is.
  public init(_ bytes: [UInt8], as section: AWSAuthSection? = nil) {
    self.init(bytes, YAMLStream(bytes), as: section, nil)
  }

  /// Reads what a template or script shows.
  init(_ bytes: [UInt8], _ template: TemplateText) {
    self.init(bytes, YAMLStream(template.text), as: nil, template)
  }

  private init(
    _ bytes: [UInt8], _ stream: YAMLStream, as section: AWSAuthSection?, _ template: TemplateText?
  ) {
    self.bytes = bytes
    self.section = section
    self.stream = stream
    self.template = template
    var configMaps: [AWSAuthManifest] = []
    var others: [AWSAuthManifest] = []
    var eksctlConfigs: [EksctlClusterConfig] = []
    if let section {
      others = AWSAuthManifest(stream, asTextOf: section).map { [$0] } ?? []
    } else {
      for document in stream.documents {
        if document.root.isSequence { others += Kustomization.patches(in: document.root) }
        others += TerraformConfigMaps.manifests(in: document)
        for object in KubernetesObject.objects(of: document) {
          if let configMap = AWSAuthManifest(object) {
            configMaps.append(configMap)
          } else if let config = EksctlClusterConfig(object) {
            eksctlConfigs.append(config)
            if let manifest = config.manifest { others.append(manifest) }
          } else {
            others += DialectReader.manifests(of: object)
          }
        }
      }
    }
    self.configMaps = configMaps
    otherManifests = others
    self.eksctlConfigs = eksctlConfigs
  }

  /// All mappings of the file: those of ConfigMaps, then the others.
  public var manifests: [AWSAuthManifest] { configMaps + otherManifests }
}
