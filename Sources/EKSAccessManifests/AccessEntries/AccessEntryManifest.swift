public import EKSAccess
public import YAMLSource

/// An access entry as it stands in a file.
public struct AccessEntryManifest: Sendable {
  /// The language that the file is written in.
  public let dialect: AccessDialect
  /// The entry. Where a part is unresolved, its text stands there as written, or nothing.
  public internal(set) var entry: AccessEntry
  /// What the entry is called in its file, such as a logical id or an address; empty without a name.
  public let label: String
  /// The cluster: a name or the text of a reference, equal for entries of one cluster; `nil` where
  /// the file does not tell.
  public let cluster: String?
  /// Whether the text tells what is in the cluster, with all that EKS filled in by itself, rather
  /// than what is to be made.
  public let isObserved: Bool
  /// The name of the condition under which the entry is made, where there is one: entries with
  /// different conditions need not be there at the same time.
  public internal(set) var condition: String?
  /// The parts that are not known before the entry is made: references, parameters.
  public internal(set) var unresolved: Set<AccessEntry.Field>
  /// Where the entry stands.
  public let node: YAMLNode
  var places: [AccessEntry.Field: YAMLNode]

  init(
    _ entry: AccessEntry, dialect: AccessDialect, label: String = "", cluster: String? = nil,
    isObserved: Bool = false, unresolved: Set<AccessEntry.Field> = [], at node: YAMLNode,
    places: [AccessEntry.Field: YAMLNode] = [:]
  ) {
    self.entry = entry
    self.dialect = dialect
    self.label = label
    self.cluster = cluster
    self.isObserved = isObserved
    self.unresolved = unresolved
    self.node = node
    self.places = places
  }

  /// The node of a part, if the part is written.
  public func node(of field: AccessEntry.Field) -> YAMLNode? { places[field] }

  /// Where a part stands; where it is not written, that of the part around it.
  public func range(of field: AccessEntry.Field) -> Range<Int> {
    if let node = places[field] { return node.range }
    switch field {
    case .group: return range(of: .groups)
    case .policy: return range(of: .policies)
    case .scope(let index): return range(of: .policy(index))
    case .namespaces(let index): return range(of: .scope(index))
    case .principalARN: return node.range
    default: return range(of: .principalARN)
    }
  }

  /// Whether both entries may be there at the same time, as far as their conditions tell.
  public func canStandBeside(_ other: AccessEntryManifest) -> Bool {
    condition == nil || other.condition == nil || condition == other.condition
  }

  /// Adds a policy that is associated elsewhere, such as by a resource of its own.
  mutating func associate(_ manifest: AccessPolicyAssociationManifest) {
    let index = entry.policies.count
    entry.policies.append(manifest.association)
    for (part, node) in manifest.places { places[part.field(of: index)] = node }
    for part in manifest.unresolved { unresolved.insert(part.field(of: index)) }
  }
}

extension AccessEntryManifest {
  /// An entry of which nothing is known but a policy, for an association that stands alone.
  public init(for association: AccessPolicyAssociationManifest) {
    self.init(
      AccessEntry(principalARN: association.principalARN), dialect: association.dialect,
      label: association.label, cluster: association.cluster, isObserved: association.isObserved,
      unresolved: [.principalARN, .kind, .username, .groups], at: association.node)
    associate(association)
  }
}
