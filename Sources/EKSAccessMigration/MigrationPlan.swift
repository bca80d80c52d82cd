public import EKSAccess
public import KubernetesRBAC

/// What becomes of every row of aws-auth, and how to get there.
public struct MigrationPlan: Sendable, Hashable {
  /// The cluster.
  public let cluster: MigrationCluster
  /// The ConfigMap that the plan is for.
  public let configMap: AWSAuthConfigMap
  /// One item for each row of aws-auth, in the order of the rows.
  public let items: [Item]
  /// The access entries that the cluster has for other principals; they stay.
  public let otherEntries: [AccessEntry]
  /// The bindings to add before the rows are removed, since groups or usernames change.
  public let bindings: [AddedBinding]
  /// What has to be true for the plan to hold and could not be checked.
  public let assumptions: [Assumption]

  /// The entries to make, in the order of their rows.
  public var created: [AccessEntry] {
    items.filter { $0.decision == .create }.flatMap(\.entries)
  }

  /// The entries to change, in the order of their rows.
  public var updated: [AccessEntry] {
    items.filter { $0.decision == .update }.flatMap(\.entries)
  }

  /// The items for which the ConfigMap is still needed, so that the mode API would lock them out.
  public var blocking: [Item] { items.filter { $0.decision.keepsRow } }

  /// Whether there are rows and none of them matches anybody, so that the ConfigMap is hardly the one
  /// that the cluster has.
  public var matchesNobody: Bool {
    !items.isEmpty && items.allSatisfy { $0.decision == .unused }
  }

  /// Whether the cluster can be switched to API once the plan is carried out: otherwise somebody has
  /// to look at a row first, or at all of them.
  public var allowsAPIMode: Bool { blocking.isEmpty && !matchesNobody }
}

extension MigrationPlan {
  /// What is decided for a row.
  public enum Decision: String, Sendable, Hashable, Codable, CaseIterable {
    /// Entries are made.
    case create
    /// The entry that is there is changed.
    case update
    /// An entry is there and gives what the row gives.
    case alreadyThere = "already-there"
    /// An entry is there and gives something else. EKS uses the entry already, not the row.
    case differs
    /// AWS makes the entry itself.
    case leave
    /// There is no entry that does what the row does.
    case cannotMigrate = "cannot-migrate"
    /// Somebody has to say what is meant.
    case needsChoice = "needs-choice"
    /// EKS does not use the row; making an entry would give somebody access who has none.
    case unused

    /// Whether the row is still needed after the migration.
    public var keepsRow: Bool {
      switch self {
      case .cannotMigrate, .needsChoice, .leave, .differs: true
      case .create, .update, .alreadyThere, .unused: false
      }
    }
  }

  /// One row of aws-auth and what becomes of it.
  public struct Item: Sendable, Hashable {
    /// The row.
    public var row: MappingRow
    /// The principal as it is written in the row: an ARN or an account.
    public var principal: String
    /// What the row says; `nil` for an account.
    public var identity: KubernetesIdentity?
    /// What is decided.
    public var decision: Decision
    /// The entries to make or to change, or what is proposed where somebody has to choose. Only an
    /// account becomes several.
    public var entries: [AccessEntry]
    /// The entry that the cluster has, if there is one.
    public var existing: AccessEntry?
    /// Why, and what changes for the principal.
    public var reasons: [Reason]

    /// Why the entry that is there, which EKS uses, gives less than the row says; none where it does
    /// not, or where that cannot be told.
    public var deficits: [Reason] {
      guard decision == .differs else { return [] }
      return reasons.filter { reason in
        switch reason {
        case .entryLacks, .entryLacksBindings, .entryHasKind: true
        default: false
        }
      }
    }

    /// Whether nodes use the row.
    public var isNode: Bool {
      identity?.isNodeIdentity == true || entries.contains { $0.kind.isNode }
    }
  }

  /// A binding to add, as a copy of one that names an old group or user.
  public struct AddedBinding: Sendable, Hashable {
    /// The binding in the namespace of its metadata, or in the whole cluster without one.
    public var binding: RoleBinding
    /// Whether it is a ClusterRoleBinding.
    public var isOfCluster: Bool
    /// The name of the binding that it is a copy of.
    public var original: String
  }

  /// Something that could not be checked.
  public enum Assumption: Sendable, Hashable {
    /// The path of a principal is not known; the ARN is taken as it is written.
    case pathUnknown(principal: String)
    /// No binding was given that names the users of a row, whose names change.
    case usersAreNotBound(username: String)
    /// No binding was given that names somebody of a new username, who would then be somebody else.
    case usernameIsFree(String)
    /// The authentication mode is not known; it is taken for one that reads aws-auth.
    case modeUnknown(cluster: String, region: String?)
    /// No other binding names a group or user whose name changes than those that were given.
    case bindingsAreAll
    /// Bindings of one name that differ are all there, though a cluster has one.
    case bindingsDiffer(String)
    /// Access policies give what their published rules say.
    case policyRules
    /// A role that is put together from others has no rules but those that are known.
    case roleIsComplete(String)
    /// A binding of a file without a namespace is in the one that its copy is applied to.
    case namespaceUnknown(String)
    /// EKS may make the entries of managed node groups and Fargate profiles itself when the mode
    /// changes; entries that are there by then are left as they are.
    case managedNodes
  }
}
