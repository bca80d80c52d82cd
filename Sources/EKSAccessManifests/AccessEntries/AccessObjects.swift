import YAMLSource

/// The access entries, associations and clusters of a file, in the order of the file.
public struct AccessObjects: Sendable {
  /// The access entries, with the policies that are written in them or associated in the same file.
  public internal(set) var entries: [AccessEntryManifest] = []
  /// The associations that are objects of their own.
  public internal(set) var associations: [AccessPolicyAssociationManifest] = []
  /// The clusters.
  public internal(set) var clusters: [ClusterManifest] = []

  init() {}

  /// Whether there is nothing of access entries.
  public var isEmpty: Bool { entries.isEmpty && associations.isEmpty && clusters.isEmpty }

  /// Gives the entries the policies that are associated with them elsewhere.
  mutating func joinAssociations() {
    for association in associations {
      for index in entries.indices where association.isFor(entries[index]) {
        entries[index].associate(association)
      }
    }
  }
}

extension ManifestFile {
  /// The access entries, associations and clusters of the file in every language that is read.
  public var accessObjects: AccessObjects {
    var objects = AccessObjects()
    for document in stream.documents {
      for read in Self.accessReaders { read(document, &objects) }
    }
    objects.joinAssociations()
    return objects
  }

  /// One reader for each language; each leaves documents of other languages alone.
  private static let accessReaders: [@Sendable (YAMLDocument, inout AccessObjects) -> Void] = [
    AWSCLIAccess.read, KubernetesAccess.read,
  ]
}
