extension RuleRegistry {
  /// Rules about usernames, and about the templates in usernames and groups.
  static let usernameRules: [any Rule.Type] = [
    UnknownTemplate.self,
    AngleBracketTemplate.self,
    BareSessionName.self,
    AccessKeyTemplate.self,
    TemplateForUser.self,
    ReservedUsername.self,
    SharedUsername.self,
  ]
}
