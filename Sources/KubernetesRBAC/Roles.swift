/// Permissions within one namespace.
public struct Role: Sendable, Hashable, Codable {
  /// Name, namespace and labels.
  public var metadata: ObjectMetadata
  /// The permissions.
  public var rules: [PolicyRule]

  /// Makes a role.
  public init(metadata: ObjectMetadata, rules: [PolicyRule] = []) {
    self.metadata = metadata
    self.rules = rules
  }

  /// Reads a role; rules that are left out are none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    metadata = try container.decode(ObjectMetadata.self, forKey: .metadata)
    rules = try container.decodeIfPresent([PolicyRule].self, forKey: .rules) ?? []
  }
}

/// Permissions for the whole cluster, or for the namespace of the RoleBinding that names them.
public struct ClusterRole: Sendable, Hashable, Codable {
  /// Name and labels.
  public var metadata: ObjectMetadata
  /// The permissions; of an aggregated role, what the cluster wrote there last.
  public var rules: [PolicyRule]
  /// Which other roles this one is put together from; `nil` for a role with rules of its own.
  public var aggregationRule: AggregationRule?

  /// Makes a role.
  public init(
    metadata: ObjectMetadata, rules: [PolicyRule] = [], aggregationRule: AggregationRule? = nil
  ) {
    self.metadata = metadata
    self.rules = rules
    self.aggregationRule = aggregationRule
  }

  /// Reads a role; rules that are left out are none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    metadata = try container.decode(ObjectMetadata.self, forKey: .metadata)
    rules = try container.decodeIfPresent([PolicyRule].self, forKey: .rules) ?? []
    aggregationRule =
      try container.decodeIfPresent(AggregationRule.self, forKey: .aggregationRule)
  }
}

/// Puts a ClusterRole together from others.
///
/// A controller writes into the role the rules of all other ClusterRoles that one of the selectors
/// chooses.
public struct AggregationRule: Sendable, Hashable, Codable {
  /// The selectors; a role that one of them chooses counts.
  public var clusterRoleSelectors: [LabelSelector]

  /// Makes a rule of aggregation.
  public init(clusterRoleSelectors: [LabelSelector]) {
    self.clusterRoleSelectors = clusterRoleSelectors
  }

  /// Reads a rule of aggregation; without selectors it chooses nothing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    clusterRoleSelectors =
      try container.decodeIfPresent([LabelSelector].self, forKey: .clusterRoleSelectors) ?? []
  }

  /// Whether the rules of a ClusterRole with these labels belong in.
  public func selects(_ labels: [String: String]) -> Bool {
    clusterRoleSelectors.contains { $0.matches(labels) }
  }
}
