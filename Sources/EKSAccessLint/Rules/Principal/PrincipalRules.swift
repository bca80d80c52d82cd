extension RuleRegistry {
  /// Rules about the ARN of a row.
  static let principalRules: [any Rule.Type] = [RolePath.self]
}
