/// An EKS access entry: who a principal is in the cluster, kept by the EKS API.
///
/// Any texts can be held, since files hold any; ``AccessEntryValidator`` tells what EKS would refuse.
public struct AccessEntry: Sendable, Hashable, Codable {
  /// The ARN of the principal, with its path.
  public var principalARN: String
  /// The kind of the entry; it cannot be changed after the entry was made.
  public var kind: Kind
  /// The username template, if one is given; EKS makes one otherwise.
  public var username: String?
  /// The Kubernetes groups that are given; for nodes EKS sets them.
  public var groups: [String]
  /// The access policies of the entry and where they hold.
  public var policies: [AccessPolicyAssociation]
  /// The tags of the entry.
  public var tags: [String: String]

  /// Makes an entry.
  public init(
    principalARN: String, kind: Kind = .standard, username: String? = nil, groups: [String] = [],
    policies: [AccessPolicyAssociation] = [], tags: [String: String] = [:]
  ) {
    self.principalARN = principalARN
    self.kind = kind
    self.username = username
    self.groups = groups
    self.policies = policies
    self.tags = tags
  }

  /// The username template and groups that the entry gives, with what EKS fills in by itself.
  ///
  /// The usernames of `STANDARD` and of nodes stand in the EKS user guide ("Create access
  /// entries"). The guide prints the groups of `EC2_LINUX`; those of other nodes are what the
  /// nodes need in order to join.
  public var identity: KubernetesIdentity {
    KubernetesIdentity(
      username: username ?? defaultUsername, groups: groups.isEmpty ? kind.defaultGroups : groups)
  }

  /// The username template that EKS makes for an entry without one.
  public var defaultUsername: String {
    if let username = kind.nodeUsername { return username }
    guard let principal = IAMPrincipal(principalARN), principal.kind == .role else {
      return principalARN
    }
    return "arn:\(principal.arn.partition):sts::\(principal.arn.account):assumed-role/"
      + "\(principal.name)/{{SessionName}}"
  }
}

extension AccessEntry {
  /// A part of an entry, to say what a remark is about.
  public enum Field: Sendable, Hashable {
    /// The principal's ARN.
    case principalARN
    /// The kind (`type` of the EKS API).
    case kind
    /// The username.
    case username
    /// The groups as a whole.
    case groups
    /// A group by its index.
    case group(Int)
    /// The access policies as a whole.
    case policies
    /// The ARN of an access policy, by the index of the association.
    case policy(Int)
    /// The kind of the scope of an association, by its index.
    case scope(Int)
    /// The namespaces of the scope of an association, by its index.
    case namespaces(Int)
    /// The tags as a whole.
    case tags
  }
}
