extension RuleRegistry {
  /// Rules about the ARN of a row.
  static let principalRules: [any Rule.Type] = [
    RolePath.self,
    SessionARN.self,
    InstanceProfileARN.self,
    PrincipalKind.self,
    RootARN.self,
    GroupARN.self,
    WildcardARN.self,
    MalformedARN.self,
    AccountId.self,
    ExampleAccount.self,
    UnknownPartition.self,
    MixedPartitions.self,
    ARNWhitespace.self,
    SSOMapping.self,
    ForeignAccount.self,
    FragileAdmin.self,
  ]
}
