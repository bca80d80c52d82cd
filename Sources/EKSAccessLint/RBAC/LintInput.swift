public import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// What rules need to know of all files of a run: a ConfigMap and the bindings of its groups often
/// stand in different files.
///
/// It keeps names and places, not the files.
public struct LintInput: Sendable {
  /// The first place in each file where a binding names a subject.
  private(set) var subjects: [Subject.Kind: [String: [InputPlace]]] = [:]
  /// The aws-auth ConfigMaps.
  private(set) var maps: [InputMap] = []
  /// How many of them stand in a file, by its path.
  private(set) var mapCounts: [String: Int] = [:]
  /// The ClusterRoles by name.
  private(set) var clusterRoles: [String: [InputRole]] = [:]
  /// The Roles of the namespace `kube-system` by name.
  private(set) var systemRoles: [String: [InputRole]] = [:]
  /// The access entries.
  private(set) var access = InputAccess()
  /// The names of ServiceAccounts.
  private(set) var serviceAccounts: Set<String> = []
  /// Whether a binding names users or groups other than those of Kubernetes and EKS.
  private(set) var bindsPeople = false
  /// Whether there may be bindings that could not be read.
  private(set) var isIncomplete = false
  /// Whether there is a role or binding.
  public private(set) var hasRBAC = false

  /// Makes an input without files.
  public init() {}

  /// Adds what rules need to know of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - path: Its path as findings print it; no two files have the same.
  public mutating func add(_ file: ManifestFile, at path: String) {
    let file = file.readAsTemplate ?? file
    let places = InputPlaces(path: path, lines: LineTable(file.bytes))
    let new = InputMap.maps(of: file, places)
    maps += new
    if !new.isEmpty { mapCounts[path, default: 0] += new.count }
    access.add(file.accessObjects, places)
    add(file.rbac, of: file, places)
  }

  /// Adds the roles and bindings of a file, and whether there may be more of them.
  mutating func add(
    _ manifests: RBACManifests, of file: ManifestFile, _ places: @autoclosure () -> InputPlaces
  ) {
    if file.template?.isPartial == true { isIncomplete = true }
    for account in manifests.serviceAccounts { serviceAccounts.insert(account.value) }
    for problem in file.stream.problems
    where ManifestFile.mentionsRBAC(file.bytes[problem.document]) {
      isIncomplete = true
    }
    guard !manifests.isEmpty else { return }
    hasRBAC = true
    let places = places()
    for binding in manifests.bindings {
      for subject in binding.subjects { add(subject, places) }
    }
    for role in manifests.roles {
      let name = role.metadata.name
      if role.isOfCluster {
        clusterRoles[name, default: []].append(InputRole(role, places))
      } else if role.metadata.namespace == AWSAuthGrant.namespace {
        systemRoles[name, default: []].append(InputRole(role, places))
      }
    }
  }

  /// Adds what is known of other files, which come after those added so far.
  public mutating func add(_ other: LintInput) {
    for (kind, places) in other.subjects {
      subjects[kind, default: [:]].merge(places) { $0 + $1 }
    }
    maps += other.maps
    access.add(other.access)
    mapCounts.merge(other.mapCounts) { $0 + $1 }
    clusterRoles.merge(other.clusterRoles) { $0 + $1 }
    systemRoles.merge(other.systemRoles) { $0 + $1 }
    serviceAccounts.formUnion(other.serviceAccounts)
    bindsPeople = bindsPeople || other.bindsPeople
    isIncomplete = isIncomplete || other.isIncomplete
    hasRBAC = hasRBAC || other.hasRBAC
  }

  /// Whether it matters which ServiceAccounts there are: a binding names one as aws-auth names a
  /// group.
  public var asksForServiceAccounts: Bool {
    guard let accounts = subjects[.serviceAccount] else { return false }
    return maps.contains { $0.groups.keys.contains { accounts[$0] != nil } }
  }

  /// Whether a user or group is Kubernetes' or EKS' own, who make its bindings too.
  static func isBuiltIn(_ name: String) -> Bool {
    name.isEmpty || name.utf8.starts(with: "system:".utf8) || name.utf8.starts(with: "eks:".utf8)
  }

  private mutating func add(_ subject: BindingManifest.Subject, _ places: InputPlaces) {
    let name = subject.subject.name
    if subject.subject.kind != .serviceAccount, !Self.isBuiltIn(name) { bindsPeople = true }
    if Placeholder.isUnresolved(identity: name) {
      isIncomplete = true
    } else if subjects[subject.subject.kind]?[name]?.last?.path != places.path {
      subjects[subject.subject.kind, default: [:]][name, default: []]
        .append(places.place(of: subject.range))
    }
  }
}

/// A place in one of the files of a run.
struct InputPlace: Sendable, Hashable {
  var path: String
  var range: Range<Int>
  var position: LineTable.Position

  var description: String { "\(path):\(position.line):\(position.column)" }
}

extension Finding.Note {
  /// A remark about a place, which is named in words where it stands in another file than the
  /// finding.
  init(_ message: String, at place: InputPlace, from path: String) {
    if place.path == path {
      self.init(message, at: place.range)
    } else {
      self.init("\(message) (\(place.description))")
    }
  }
}

/// Makes the places of one file.
struct InputPlaces {
  let path: String
  let lines: LineTable

  func place(of range: Range<Int>) -> InputPlace {
    InputPlace(path: path, range: range, position: lines.position(of: range.lowerBound))
  }
}

/// What RBAC can tell of a Role or ClusterRole when it comes to aws-auth.
struct InputRole: Sendable {
  let place: InputPlace
  let labels: [String: String]
  let aggregationRule: AggregationRule?
  let grant: AWSAuthGrant

  init(_ role: RoleManifest, _ places: InputPlaces) {
    place = places.place(of: role.range)
    labels = role.metadata.labels
    aggregationRule = role.aggregationRule
    grant = role.rules.reduce(into: AWSAuthGrant()) { grant, rule in
      grant.add(AWSAuthGrant(rule.rule, at: places.place(of: rule.node.range)))
    }
  }
}
