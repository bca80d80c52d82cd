/// Everything that decides who a caller is in one cluster.
public struct ClusterAccess: Sendable, Hashable {
  /// Which sources the cluster asks; when it is not known, all that are given.
  public var authenticationMode: AuthenticationMode?
  /// The cluster's access entries.
  public var accessEntries: [AccessEntry]
  /// What the cluster uses of its aws-auth ConfigMap.
  public var configMap: AWSAuthConfigMap
  /// The `IAMIdentityMapping` objects.
  public var identityMappings: [IAMIdentityMapping]

  /// Makes a cluster's sources.
  public init(
    authenticationMode: AuthenticationMode? = nil, accessEntries: [AccessEntry] = [],
    configMap: AWSAuthConfigMap = AWSAuthConfigMap(), identityMappings: [IAMIdentityMapping] = []
  ) {
    self.authenticationMode = authenticationMode
    self.accessEntries = accessEntries
    self.configMap = configMap
    self.identityMappings = identityMappings
  }
}

extension ClusterAccess {
  /// The access policies that come with a row: those of an access entry.
  public func policies(of row: MappingRow) -> [AccessPolicyAssociation] {
    row.source == .accessEntries ? accessEntries[row.index].policies : []
  }
}
