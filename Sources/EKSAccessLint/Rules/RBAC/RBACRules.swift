extension RuleRegistry {
  /// Rules about roles and bindings, and how they go together with aws-auth.
  static let rbacRules: [any Rule.Type] = [
    SubjectTemplate.self,
    UnboundGroup.self,
    SubjectKind.self,
    AWSAuthWriter.self,
    DeadRBACRule.self,
  ]
}
