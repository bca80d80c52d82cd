import EKSAccess
import EKSAccessManifests
import YAMLSource

/// What rules need to know of the access entries of all files: values and places, not the files.
struct InputAccess: Sendable {
  /// An access entry of one of the files.
  struct Entry: Sendable {
    let entry: AccessEntry
    let cluster: String?
    let unresolved: Set<AccessEntry.Field>
    let isObserved: Bool
    let place: InputPlace
  }

  /// An association of one of the files.
  struct Association: Sendable {
    let association: AccessPolicyAssociation
    let principalARN: String
    let isUnresolved: Bool
    let cluster: String?
    let path: String
  }

  /// A cluster of one of the files.
  struct Cluster: Sendable {
    let cluster: String?
    let mode: AuthenticationMode?
    let place: InputPlace
  }

  private(set) var entries: [Entry] = []
  private(set) var associations: [Association] = []
  private(set) var clusters: [Cluster] = []

  init() {}

  mutating func add(_ objects: AccessObjects, _ places: InputPlaces) {
    for entry in objects.entries {
      entries.append(
        Entry(
          entry: entry.entry, cluster: entry.cluster, unresolved: entry.unresolved,
          isObserved: entry.isObserved, place: places.place(of: entry.range(of: .principalARN))))
    }
    for association in objects.associations {
      associations.append(
        Association(
          association: association.association, principalARN: association.principalARN,
          isUnresolved: association.principalIsUnresolved, cluster: association.cluster,
          path: places.path))
    }
    for cluster in objects.clusters {
      clusters.append(
        Cluster(
          cluster: cluster.cluster, mode: cluster.mode,
          place: places.place(of: cluster.modeNode?.range ?? cluster.node.range)))
    }
  }

  /// The same without what one file holds.
  func without(_ path: String) -> InputAccess {
    var rest = self
    rest.entries.removeAll { $0.place.path == path }
    rest.associations.removeAll { $0.path == path }
    rest.clusters.removeAll { $0.place.path == path }
    return rest
  }

  /// Whether there are entries, or what belongs to them.
  var isEmpty: Bool { entries.isEmpty && associations.isEmpty && clusters.isEmpty }

  /// Whether some entry is for nodes.
  var hasNodes: Bool { entries.contains { $0.entry.kind.isNode } }
}

/// Whether two texts can name one cluster; where a file does not tell, it may be any.
func mayBeOneCluster(_ left: String?, _ right: String?) -> Bool {
  left == nil || right == nil || left == right
}
