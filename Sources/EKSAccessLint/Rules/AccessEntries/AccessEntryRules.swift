extension RuleRegistry {
  /// Rules about access entries, in every language that they are written in.
  static let accessEntryRules: [any Rule.Type] = [
    EntryReservedName.self,
    EntrySessionNameColon.self,
    EntryPrincipal.self,
    EntryServiceLinkedRole.self,
    EntryType.self,
    EntryNodeFields.self,
    EntryNodePrincipal.self,
    AccessPolicyARNRule.self,
    AccessPolicyName.self,
    AccessScopeRule.self,
    OrphanAssociation.self,
    DuplicateEntry.self,
    PowerlessEntry.self,
    AutoNodePolicy.self,
    AuthenticationModeRule.self,
  ]
}
