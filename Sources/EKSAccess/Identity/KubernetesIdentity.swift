/// The name and the groups a caller has in the cluster.
///
/// The groups are those of the mapping, in its order and with its repetitions; what the API server
/// adds, such as `system:authenticated`, is not among them.
public struct KubernetesIdentity: Sendable, Hashable, Codable {
  /// The username.
  public var username: String
  /// The groups.
  public var groups: [String]

  /// Makes an identity.
  public init(username: String, groups: [String] = []) {
    self.username = username
    self.groups = groups
  }
}
