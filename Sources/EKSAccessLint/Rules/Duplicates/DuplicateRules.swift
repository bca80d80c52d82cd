extension RuleRegistry {
  /// Rules about rows that stand in each other's way.
  static let duplicateRules: [any Rule.Type] = [
    DuplicatePrincipal.self,
    AmbiguousPrincipal.self,
    PrincipalInBothSections.self,
    ShadowedByAccessEntry.self,
  ]
}
