/// All rules there are.
public enum RuleRegistry {
  /// The rules in the order of the rule catalogue.
  public static let all: [any Rule.Type] = areas.flatMap { $0.rules }

  /// The rule of an id.
  public static func rule(_ id: String) -> (any Rule.Type)? {
    all.first { $0.description.id == id }
  }
}
