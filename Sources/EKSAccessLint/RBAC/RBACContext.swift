import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// What rules about RBAC ask: the roles and bindings of the file that is checked, and what is known
/// of the other files.
struct RBACContext: Sendable {
  let path: String
  let manifests: RBACManifests
  /// The roles and bindings of the file. It may have changed since the run's files were gathered.
  private let own: LintInput
  /// The maps of the file, where it has bindings that they are asked for.
  private let ownMaps: [InputMap]
  private let ownMapCount: Int
  private let input: LintInput?

  /// Finds out about a file.
  init(_ file: ManifestFile, at path: String, in input: LintInput?) {
    self.path = path
    self.input = input
    manifests = file.rbac
    var own = LintInput()
    own.add(manifests, of: file, InputPlaces(path: path, lines: LineTable(file.bytes)))
    self.own = own
    ownMapCount = file.manifests.count
    ownMaps =
      ownMapCount == 0 || manifests.bindings.isEmpty
      ? [] : InputMap.maps(of: file, InputPlaces(path: path, lines: LineTable(file.bytes)))
  }

  /// Whether there may be bindings that could not be read.
  var isIncomplete: Bool { own.isIncomplete || input?.isIncomplete == true }

  /// Whether a binding names users or groups other than those of Kubernetes and EKS.
  var bindsPeople: Bool { own.bindsPeople || input?.bindsPeople == true }

  /// The aws-auth ConfigMaps of the other files. Most files of a run hold none, and need no copy.
  private var otherMaps: [InputMap] {
    guard let input else { return [] }
    return input.mapCounts[path] == nil ? input.maps : input.maps.filter { $0.path != path }
  }

  /// The maps that a name in a binding of this file has to agree with: its own, else those of all
  /// files, which may be of different clusters.
  var maps: [InputMap] { ownMapCount == 0 ? otherMaps : ownMaps }

  /// Whether all files can be those of one cluster.
  var isOneCluster: Bool {
    let others = (input?.maps.count ?? 0) - (input?.mapCounts[path] ?? 0)
    return ownMapCount + others < 2
  }

  /// Where a binding names a subject, in this file if it does.
  func binding(of name: String, as kind: Subject.Kind) -> InputPlace? {
    own.subjects[kind]?[name]?.first
      ?? input?.subjects[kind]?[name]?.first { $0.path != path }
  }

  /// The names of a kind that bindings know, without those of Kubernetes and EKS.
  func names(of kind: Subject.Kind) -> [String] {
    let names = Set((own.subjects[kind] ?? [:]).keys).union((input?.subjects[kind] ?? [:]).keys)
    return names.filter { !LintInput.isBuiltIn($0) }.sorted()
  }

  /// Whether there is a ServiceAccount of a name in any namespace.
  func hasServiceAccount(_ name: String) -> Bool {
    own.serviceAccounts.contains(name) || input?.serviceAccounts.contains(name) == true
  }

  /// A remark about a place, which is named in words where it stands in another file.
  func note(_ message: String, at place: InputPlace) -> Finding.Note {
    .init(message, at: place, from: path)
  }

  /// The roles of a name: those of this file, else those of the others.
  func roles(_ name: String, ofCluster isOfCluster: Bool) -> [InputRole] {
    func named(_ input: LintInput?) -> [InputRole] {
      (isOfCluster ? input?.clusterRoles[name] : input?.systemRoles[name]) ?? []
    }
    let own = named(own)
    return own.isEmpty ? named(input).filter { $0.place.path != path } : own
  }

  /// The ClusterRoles that an aggregated one can be put together from: all where the files can be
  /// those of one cluster, else those of this file.
  var aggregationSources: [InputRole] {
    let others = isOneCluster ? input?.clusterRoles ?? [:] : [:]
    let roles =
      own.clusterRoles.values.flatMap { $0 }
      + others.values.flatMap { $0.filter { $0.place.path != path } }
    return roles.filter { !$0.grant.verbs.isEmpty || $0.aggregationRule != nil }
      .sorted {
        ($0.place.path, $0.place.range.lowerBound) < ($1.place.path, $1.place.range.lowerBound)
      }
  }
}
