public import EKSAccess
public import KubernetesRBAC

/// The cluster that a migration is for.
public struct MigrationCluster: Sendable, Hashable {
  /// The name of the cluster.
  public var name: String
  /// The region, such as `eu-central-1`, if it is known.
  public var region: String?
  /// The account of the cluster, if it is known.
  public var account: AccountID?
  /// The partition of the cluster.
  public var partition: Partition
  /// The authentication mode that it has, if that is known.
  public var mode: AuthenticationMode?
  /// The authentication mode that it is to have.
  public var targetMode: AuthenticationMode

  /// Makes the facts of a cluster.
  public init(
    name: String, region: String? = nil, account: AccountID? = nil, partition: Partition = .aws,
    mode: AuthenticationMode? = nil, targetMode: AuthenticationMode = .api
  ) {
    self.name = name
    self.region = region
    self.account = account
    self.partition = partition
    self.mode = mode
    self.targetMode = targetMode
  }
}

/// The roles and bindings of a cluster, as far as they are known.
public struct MigrationRBAC: Sendable, Hashable {
  /// The bindings in namespaces.
  public var roleBindings: [RoleBinding]
  /// The bindings in the whole cluster.
  public var clusterRoleBindings: [ClusterRoleBinding]

  /// Makes a set of bindings.
  public init(
    roleBindings: [RoleBinding] = [], clusterRoleBindings: [ClusterRoleBinding] = []
  ) {
    self.roleBindings = roleBindings
    self.clusterRoleBindings = clusterRoleBindings
  }
}

/// Everything that a migration is planned from.
public struct MigrationInput: Sendable {
  /// The cluster.
  public var cluster: MigrationCluster
  /// The rows of aws-auth, with those that EKS drops.
  public var configMap: AWSAuthConfigMap
  /// The access entries that the cluster has.
  public var accessEntries: [AccessEntry]
  /// The principals of IAM; `nil` when they are not known.
  public var directory: IAMDirectory?
  /// The bindings of the cluster; `nil` when they are not known.
  public var rbac: MigrationRBAC?

  /// Makes an input.
  public init(
    cluster: MigrationCluster, configMap: AWSAuthConfigMap, accessEntries: [AccessEntry] = [],
    directory: IAMDirectory? = nil, rbac: MigrationRBAC? = nil
  ) {
    self.cluster = cluster
    self.configMap = configMap
    self.accessEntries = accessEntries
    self.directory = directory
    self.rbac = rbac
  }
}

/// What somebody decides where a plan needs a choice.
public struct MigrationOptions: Sendable, Hashable {
  /// The kinds of entries, by the name or ARN of the role.
  public var kinds: [String: AccessEntry.Kind]
  /// Usernames, by the name or ARN of the principal.
  public var usernames: [String: String]
  /// New names for groups that EKS reserves, by their old names.
  public var groupNames: [String: String]
  /// The region in which IAM Identity Center runs, for the paths of its roles.
  public var ssoRegion: String?
  /// Whether entries that give less than a row are brought up to it. Otherwise they stay.
  public var updatesEntries: Bool

  /// Makes options; by default nothing is decided.
  public init(
    kinds: [String: AccessEntry.Kind] = [:], usernames: [String: String] = [:],
    groupNames: [String: String] = [:], ssoRegion: String? = nil, updatesEntries: Bool = false
  ) {
    self.kinds = kinds
    self.usernames = usernames
    self.groupNames = groupNames
    self.ssoRegion = ssoRegion
    self.updatesEntries = updatesEntries
  }
}
