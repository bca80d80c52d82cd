public import YAMLSource

/// A file that was read: its documents and the aws-auth ConfigMaps among their objects.
public struct ManifestFile: Sendable {
  /// The file's bytes as they lie on disk.
  public let bytes: [UInt8]
  /// The documents and what could not be read.
  public let stream: YAMLStream
  /// The ConfigMaps that are aws-auth, or that are written as if they were, in order.
  public let configMaps: [AWSAuthManifest]

  /// Reads a file; what cannot be read is part of the value.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    stream = YAMLStream(bytes)
    configMaps = stream.documents.flatMap(KubernetesObject.objects(of:))
      .compactMap { AWSAuthManifest($0) }
  }
}
