/// Rules about one part of a manifest, as the rule catalogue groups them.
public struct RuleArea: Sendable {
  /// The heading of the group.
  public let name: String
  /// The rules in the order of the catalogue.
  public let rules: [any Rule.Type]
}

extension RuleRegistry {
  /// All rules, grouped, in the order of the catalogue.
  public static let areas = [
    RuleArea(name: "Document", rules: documentRules),
    RuleArea(name: "Principal", rules: principalRules),
    RuleArea(name: "Duplicates", rules: duplicateRules),
    RuleArea(name: "Usernames", rules: usernameRules),
    RuleArea(name: "Nodes", rules: nodeRules),
    RuleArea(name: "Groups", rules: groupRules),
    RuleArea(name: "RBAC", rules: rbacRules),
    RuleArea(name: "Access entries", rules: accessEntryRules),
    RuleArea(name: "Comments", rules: commentRules),
  ]
}
