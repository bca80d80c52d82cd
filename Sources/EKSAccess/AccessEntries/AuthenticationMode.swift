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

extension AuthenticationMode {
  /// The updates that lead to another mode, one at a time; empty for the mode itself and `nil`
  /// where there is no way.
  ///
  /// The way is `CONFIG_MAP`, `API_AND_CONFIG_MAP`, `API`, without jumps and without return
  /// (EKS best practices guide, "Cluster Access Manager"; the API answers "Unsupported
  /// authentication mode update").
  public func steps(to target: AuthenticationMode) -> [AuthenticationMode]? {
    let way: [AuthenticationMode] = [.configMap, .apiAndConfigMap, .api]
    guard let here = way.firstIndex(of: self), let there = way.firstIndex(of: target),
      here <= there
    else { return nil }
    return Array(way[(here + 1)..<(there + 1)])
  }

  /// What the EKS API answers to an update in one call; `nil` when it takes it.
  public func refusal(ofUpdateTo target: AuthenticationMode) -> String? {
    switch steps(to: target)?.count {
    case 0, 1: nil
    default: "Unsupported authentication mode update from \(rawValue) to \(target.rawValue)"
    }
  }
}
