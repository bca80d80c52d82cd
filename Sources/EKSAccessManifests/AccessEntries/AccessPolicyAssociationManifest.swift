public import EKSAccess
public import YAMLSource

/// The association of an access policy as an object of its own, as Terraform, Crossplane and the
/// AWS CLI have it.
public struct AccessPolicyAssociationManifest: Sendable {
  /// A part of an association.
  public enum Part: Sendable, Hashable {
    /// The ARN of the policy.
    case policy
    /// The kind of the scope.
    case scope
    /// The namespaces of the scope.
    case namespaces

    func field(of index: Int) -> AccessEntry.Field {
      switch self {
      case .policy: .policy(index)
      case .scope: .scope(index)
      case .namespaces: .namespaces(index)
      }
    }
  }

  /// The language that the file is written in.
  public let dialect: AccessDialect
  /// The policy and its scope.
  public let association: AccessPolicyAssociation
  /// The principal as written: an ARN, or the text of a reference.
  public let principalARN: String
  /// The name of the object of the entry, where the association refers to that.
  public let entryLabel: String?
  /// Whether the principal is not known before the association is made.
  public let principalIsUnresolved: Bool
  /// What the association is called in its file; empty without a name.
  public let label: String
  /// The cluster: a name or the text of a reference, as in ``AccessEntryManifest/cluster``.
  public let cluster: String?
  /// Whether the text tells what is in the cluster.
  public let isObserved: Bool
  /// The parts that are not known before the association is made.
  public let unresolved: Set<Part>
  /// Where the association stands.
  public let node: YAMLNode
  /// Where the principal stands.
  public let principalNode: YAMLNode?
  let places: [Part: YAMLNode]

  init(
    _ association: AccessPolicyAssociation, principalARN: String, entryLabel: String? = nil,
    principalIsUnresolved: Bool = false, dialect: AccessDialect, label: String = "",
    cluster: String? = nil, isObserved: Bool = false, unresolved: Set<Part> = [],
    at node: YAMLNode, principalNode: YAMLNode? = nil, places: [Part: YAMLNode] = [:]
  ) {
    self.association = association
    self.principalARN = principalARN
    self.entryLabel = entryLabel
    self.principalIsUnresolved = principalIsUnresolved
    self.dialect = dialect
    self.label = label
    self.cluster = cluster
    self.isObserved = isObserved
    self.unresolved = unresolved
    self.node = node
    self.principalNode = principalNode
    self.places = places
  }

  /// Where a part stands; where it is not written, the whole association.
  public func range(of part: Part) -> Range<Int> { places[part]?.range ?? node.range }

  /// Whether the association is for an entry's principal, as far as the texts tell.
  public func isFor(_ entry: AccessEntryManifest) -> Bool {
    guard cluster == nil || entry.cluster == nil || cluster == entry.cluster else { return false }
    if let entryLabel { return entryLabel == entry.label && dialect == entry.dialect }
    return !principalARN.isEmpty && principalARN == entry.entry.principalARN
  }
}
