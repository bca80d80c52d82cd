extension RuleRegistry {
  /// Rules about the rows of worker nodes.
  static let nodeRules: [any Rule.Type] = [
    NodeGroups.self,
    NodeUsername.self,
    NoNodeMapping.self,
    NodeAdmin.self,
    PersonInNodeGroups.self,
    FargateMapping.self,
    WindowsMapping.self,
    NodeSessionName.self,
  ]
}
