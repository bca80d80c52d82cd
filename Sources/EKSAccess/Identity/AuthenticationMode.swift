/// Where a cluster looks for mappings (`accessConfig.authenticationMode` of the EKS API).
public enum AuthenticationMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// The aws-auth ConfigMap alone.
  case configMap = "CONFIG_MAP"
  /// Access entries first, then the ConfigMap.
  case apiAndConfigMap = "API_AND_CONFIG_MAP"
  /// Access entries alone.
  case api = "API"

  /// Whether access entries are asked.
  public var asksAccessEntries: Bool { self != .configMap }
  /// Whether the ConfigMap is asked.
  public var asksConfigMap: Bool { self != .api }
}
