extension RuleRegistry {
  /// Rules about comments that speak to this tool.
  static let commentRules: [any Rule.Type] = [UnusedSuppression.self, UnknownSuppression.self]
}
