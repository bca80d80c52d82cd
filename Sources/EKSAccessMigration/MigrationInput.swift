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
  /// The version of Kubernetes, for the rules of default roles, if it is known.
  public var kubernetesVersion: KubernetesVersion?

  /// Makes the facts of a cluster.
  public init(
    name: String, region: String? = nil, account: AccountID? = nil, partition: Partition = .aws,
    mode: AuthenticationMode? = nil, targetMode: AuthenticationMode = .api,
    kubernetesVersion: KubernetesVersion? = nil
  ) {
    self.name = name
    self.region = region
    self.account = account
    self.partition = partition
    self.mode = mode
    self.targetMode = targetMode
    self.kubernetesVersion = kubernetesVersion
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
  /// The roles and bindings of the cluster; `nil` when they are not known. Those that every cluster
  /// has need not be among them.
  public var rbac: RBACObjects?

  /// Makes an input.
  public init(
    cluster: MigrationCluster, configMap: AWSAuthConfigMap, accessEntries: [AccessEntry] = [],
    directory: IAMDirectory? = nil, rbac: RBACObjects? = nil
  ) {
    self.cluster = cluster
    self.configMap = configMap
    self.accessEntries = accessEntries
    self.directory = directory
    self.rbac = rbac
  }

  /// The roles and bindings with those that every cluster has; `nil` when they are not known.
  var index: RBACIndex? {
    rbac.map { RBACIndex($0.addingDefaults(of: cluster.kubernetesVersion)) }
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
  /// Access policies in place of groups, by the names of the groups. Each holds where bindings give
  /// the group something.
  public var groupPolicies: [String: AccessPolicy]
  /// The region in which IAM Identity Center runs, for the paths of its roles.
  public var ssoRegion: String?
  /// Whether entries that give less than a row are brought up to it. Otherwise they stay.
  public var updatesEntries: Bool

  /// Makes options; by default nothing is decided.
  public init(
    kinds: [String: AccessEntry.Kind] = [:], usernames: [String: String] = [:],
    groupNames: [String: String] = [:], groupPolicies: [String: AccessPolicy] = [:],
    ssoRegion: String? = nil, updatesEntries: Bool = false
  ) {
    self.kinds = kinds
    self.usernames = usernames
    self.groupNames = groupNames
    self.groupPolicies = groupPolicies
    self.ssoRegion = ssoRegion
    self.updatesEntries = updatesEntries
  }
}

extension MigrationOptions {
  /// The principals and groups that are decided about and that no row has, in order.
  ///
  /// - Parameter configMap: The rows.
  /// - Returns: Names as they are written in the options.
  public func namesOfNobody(in configMap: AWSAuthConfigMap) -> [String] {
    var groups: Set<String> = []
    var principals: Set<String> = []
    for (arn, row) in Self.rows(of: configMap) {
      guard let principal = IAMPrincipal(arn) else {
        groups.formUnion(row)
        continue
      }
      groups.formUnion(row.map { $0.withAccount(principal.arn.account) })
      principals.formUnion([principal.description, principal.name])
    }
    return Set(kinds.keys).union(usernames.keys).subtracting(principals).sorted()
      + Set(groupNames.keys).union(groupPolicies.keys).subtracting(groups).sorted()
  }

  /// The names of principals that are decided about and that several principals have, such as roles
  /// of two accounts, in order. Their ARNs tell them apart.
  ///
  /// - Parameter configMap: The rows.
  /// - Returns: Names as they are written in the options.
  public func namesOfSeveral(in configMap: AWSAuthConfigMap) -> [String] {
    var principals: [String: Set<PrincipalKey>] = [:]
    for (arn, _) in Self.rows(of: configMap) {
      guard let principal = IAMPrincipal(arn) else { continue }
      principals[principal.name, default: []].insert(PrincipalKey(arn))
    }
    return Set(kinds.keys).union(usernames.keys)
      .filter { principals[$0, default: []].count > 1 }.sorted()
  }

  private static func rows(
    of configMap: AWSAuthConfigMap
  ) -> [(arn: String, groups: [String])] {
    configMap.roles.map { ($0.roleARN, $0.groups) }
      + configMap.users.map { ($0.userARN, $0.groups) }
  }
}
