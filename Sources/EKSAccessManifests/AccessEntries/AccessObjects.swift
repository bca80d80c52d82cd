import EKSAccess
import YAMLSource

/// The access entries, associations and clusters of a file, in the order of the file.
public struct AccessObjects: Sendable {
  /// The access entries, with the policies that are written in them or associated in the same file.
  public internal(set) var entries: [AccessEntryManifest] = []
  /// The associations that are objects of their own.
  public internal(set) var associations: [AccessPolicyAssociationManifest] = []
  /// The associations among them that are for no entry of the file, as far as the texts tell.
  public private(set) var orphans: [AccessPolicyAssociationManifest] = []
  /// The clusters.
  public internal(set) var clusters: [ClusterManifest] = []
  /// The principals of which all associations are told, also where there are none.
  package internal(set) var fullyAssociated: Set<String> = []

  package init() {}

  /// Whether there is nothing of access entries.
  public var isEmpty: Bool { entries.isEmpty && associations.isEmpty && clusters.isEmpty }

  /// Adds the objects of another file that are of a cluster, or that do not tell of which one.
  ///
  /// - Parameters:
  ///   - other: The objects, before associations were joined.
  ///   - cluster: The name of the cluster; `nil` for all of them.
  package mutating func append(_ other: AccessObjects, of cluster: String?) {
    func isWanted(_ name: String?) -> Bool { cluster == nil || name == nil || name == cluster }
    entries += other.entries.filter { isWanted($0.cluster) }
    associations += other.associations.filter { isWanted($0.cluster) }
    clusters += other.clusters.filter { isWanted($0.cluster) }
    fullyAssociated.formUnion(other.fullyAssociated)
  }

  /// Gives the entries the policies that are associated with them elsewhere; to be called once.
  ///
  /// Of an association that belongs to no entry for certain, since a principal is not known, no
  /// entry that it may belong to can be said to lack policies.
  package mutating func joinAssociations() {
    var candidates: [String: [Int]] = [:]
    for (index, manifest) in entries.enumerated() {
      for name in Set([manifest.entry.principalARN, manifest.label]) {
        candidates[name, default: []].append(index)
      }
    }
    /// By cluster, whether the principal of an association without an entry is unknown.
    var open: [String?: Bool] = [:]
    for association in associations {
      let name = association.entryLabel ?? association.principalARN
      let indices = (candidates[name] ?? []).filter { association.isFor(entries[$0]) }
      for index in indices { entries[index].associate(association) }
      guard indices.isEmpty else { continue }
      orphans.append(association)
      if association.entryLabel == nil {
        open[association.cluster] =
          open[association.cluster] ?? false || association.principalIsUnresolved
      }
    }
    guard !open.isEmpty else { return }
    for index in entries.indices {
      let cluster = entries[index].cluster
      let found =
        cluster == nil ? Array(open.values) : [open[cluster], open[nil]].compactMap { $0 }
      let isOpen = entries[index].unresolved.contains(.principalARN)
      if found.contains(true) || isOpen && !found.isEmpty {
        entries[index].unresolved.insert(.policies)
      }
    }
  }
}

extension ManifestFile {
  /// The access entries, associations and clusters of the file in every language that is read.
  public var accessObjects: AccessObjects {
    var objects = writtenAccessObjects
    objects.joinAssociations()
    return objects
  }

  /// The same before associations are joined, which those of other files may take part in.
  package var writtenAccessObjects: AccessObjects {
    var objects = AccessObjects()
    for document in stream.documents {
      for read in Self.accessReaders { read(document, &objects) }
    }
    return objects
  }

  /// One reader for each language; each leaves documents of other languages alone.
  private static let accessReaders: [@Sendable (YAMLDocument, inout AccessObjects) -> Void] = [
    AWSCLIAccess.read, KubernetesAccess.read, CloudFormationAccess.read, TerraformAccess.read,
  ]
}
