extension RuleRegistry {
  /// Rules about groups and accounts.
  static let groupRules: [any Rule.Type] = [
    GroupTypo.self,
    RoleNameAsGroup.self,
    WildcardName.self,
    ClusterAdminMapping.self,
    MapAccounts.self,
    UnquotedAccount.self,
  ]
}
