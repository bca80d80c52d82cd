extension RuleRegistry {
  /// Rules about the rows of worker nodes.
  static let nodeRules: [any Rule.Type] = []
}
