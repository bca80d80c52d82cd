/// Chooses objects by their labels: all conditions have to hold, and none holds for every object.
public struct LabelSelector: Sendable, Hashable, Codable {
  /// One condition on one label.
  public struct Requirement: Sendable, Hashable, Codable {
    /// The label.
    public var key: String
    /// How its value is compared: `In`, `NotIn`, `Exists` or `DoesNotExist`.
    public var `operator`: String
    /// The values for `In` and `NotIn`.
    public var values: [String]

    /// Makes a condition.
    public init(key: String, operator: String, values: [String] = []) {
      self.key = key
      self.operator = `operator`
      self.values = values
    }

    /// Reads a condition; what is left out is empty.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      key = try container.decode(String.self, forKey: .key)
      `operator` = try container.decode(String.self, forKey: .operator)
      values = try container.decodeIfPresent([String].self, forKey: .values) ?? []
    }

    /// Whether the condition holds. An operator that Kubernetes does not know never does.
    public func matches(_ labels: [String: String]) -> Bool {
      switch `operator` {
      case "In": labels[key].map(values.contains) ?? false
      case "NotIn": !(labels[key].map(values.contains) ?? false)
      case "Exists": labels[key] != nil
      case "DoesNotExist": labels[key] == nil
      default: false
      }
    }
  }

  /// Labels that have to have these values.
  public var matchLabels: [String: String]
  /// Further conditions.
  public var matchExpressions: [Requirement]

  /// Makes a selector.
  public init(matchLabels: [String: String] = [:], matchExpressions: [Requirement] = []) {
    self.matchLabels = matchLabels
    self.matchExpressions = matchExpressions
  }

  /// Reads a selector; what is left out is empty.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    matchLabels = try container.decodeIfPresent([String: String].self, forKey: .matchLabels) ?? [:]
    matchExpressions =
      try container.decodeIfPresent([Requirement].self, forKey: .matchExpressions) ?? []
  }

  /// Whether labels fulfil all conditions.
  public func matches(_ labels: [String: String]) -> Bool {
    matchLabels.allSatisfy { labels[$0.key] == $0.value }
      && matchExpressions.allSatisfy { $0.matches(labels) }
  }
}
