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

  /// The entries of all files.
  private(set) var entries: [Entry] = []
  /// The files with an entry for a principal.
  private(set) var entryFiles = PrincipalFiles()
  /// The files with an association for a principal.
  private(set) var associationFiles = PrincipalFiles()
  /// The files with entries for nodes.
  private(set) var nodeFiles = InputPaths()
  /// The files with clusters.
  private(set) var clusterFiles = InputPaths()

  init() {}

  mutating func add(_ objects: AccessObjects, _ places: InputPlaces) {
    for entry in objects.entries {
      entries.append(
        Entry(
          entry: entry.entry, cluster: entry.cluster, unresolved: entry.unresolved,
          isObserved: entry.isObserved, place: places.place(of: entry.range(of: .principalARN))))
      let isKnown = !entry.unresolved.contains(.principalARN)
      entryFiles.add(
        places.path, principal: isKnown ? entry.entry.principalARN : nil, cluster: entry.cluster)
      if entry.entry.kind.isNode { nodeFiles.add(places.path) }
    }
    for association in objects.associations {
      let isKnown = !association.principalIsUnresolved
      associationFiles.add(
        places.path, principal: isKnown ? association.principalARN : nil,
        cluster: association.cluster)
    }
    if !objects.clusters.isEmpty { clusterFiles.add(places.path) }
  }

  /// Adds what is known of other files, which come after those added so far.
  mutating func add(_ other: InputAccess) {
    entries += other.entries
    entryFiles.add(other.entryFiles)
    associationFiles.add(other.associationFiles)
    nodeFiles.add(other.nodeFiles)
    clusterFiles.add(other.clusterFiles)
  }
}

/// The paths of files that have something in common, as far as it takes to tell whether a given one
/// is the only one.
struct InputPaths: Sendable {
  private var first: String?
  private var second: String?

  mutating func add(_ path: String) {
    if first == nil { first = path } else if first != path { second = path }
  }

  mutating func add(_ other: InputPaths) {
    if let path = other.first { add(path) }
    if let path = other.second { add(path) }
  }

  /// Whether there is a file besides one.
  func hasOther(than path: String) -> Bool {
    second != nil || first.map { $0 != path } ?? false
  }
}

/// The files that say something of a principal in a cluster, found without looking at all of them.
struct PrincipalFiles: Sendable {
  private enum Part: Hashable {
    /// Whatever the file says.
    case any
    /// The file does not say it.
    case unknown
    case name(String)

    /// What a file with a name is found by.
    static func keys(of name: String?) -> [Part] { [.any, name.map(Part.name) ?? .unknown] }
    /// What may be the one that is meant by a name.
    static func candidates(for name: String?) -> [Part] {
      name.map { [.name($0), .unknown] } ?? [.any]
    }
  }

  private struct Key: Hashable {
    var principal: Part
    var cluster: Part
  }

  private var files: [Key: InputPaths] = [:]

  mutating func add(_ path: String, principal: String?, cluster: String?) {
    for principal in Part.keys(of: principal) {
      for cluster in Part.keys(of: cluster) {
        files[Key(principal: principal, cluster: cluster), default: InputPaths()].add(path)
      }
    }
  }

  mutating func add(_ other: PrincipalFiles) {
    files.merge(other.files) { known, new in
      var all = known
      all.add(new)
      return all
    }
  }

  /// Whether a file besides one may speak of a principal in a cluster; `nil` may be any.
  func hasOther(than path: String, principal: String?, cluster: String?) -> Bool {
    Part.candidates(for: principal).contains { principal in
      Part.candidates(for: cluster).contains { cluster in
        files[Key(principal: principal, cluster: cluster)]?.hasOther(than: path) == true
      }
    }
  }
}

/// Whether two texts can name one cluster; where a file does not tell, it may be any.
func mayBeOneCluster(_ left: String?, _ right: String?) -> Bool {
  left == nil || right == nil || left == right
}
