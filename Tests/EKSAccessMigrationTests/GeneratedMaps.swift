import EKSAccess
@testable import EKSAccessMigration
import KubernetesRBAC
import TestSupport

/// Plans of generated maps, full of names that leave their quotes where a writer lets them.
enum GeneratedMaps {
  static let hostile = [
    "a'b", "a\"b", "$(>canary)", "`>canary`", "a\nb", "a\r\nb", "${x}", "$${x}", "%{if}",
    "%%{if}", "- a", "a: b", "#", "-x", "--query", "\\", "\\\\'", "\u{1}", "\u{7F}", "\u{85}",
    "\u{2028}", "\u{202E}abc", "é", "😀", "yes", "017", "&a", "*a", "!!x", "{a}", "[a", "%a", "|",
    "';>canary;'", "\"; >canary; \"", "file:///etc/passwd", "a b", "<b>&", "~", "$", "{",
    "]]", "x\u{0}y", "EOF\nUSAGE\n", "@a", "|x|", "{{resolve:ssm:a}}",
  ]

  static func plan(seed: UInt64) -> MigrationPlan {
    var generator = SeededGenerator(seed)
    func text() -> String { hostile.randomElement(using: &generator) ?? "" }
    func arn(_ number: Int) -> String {
      let kind = Bool.random(using: &generator) ? "role" : "user"
      let name = Int.random(in: 0..<3, using: &generator) == 0 ? text() : "name"
      return "arn:aws:iam::444455556666:\(kind)/\(name)\(number)"
    }
    func groups() -> [String] {
      var groups = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
        Bool.random(using: &generator) ? text() : "g" + text()
      }
      if Int.random(in: 0..<5, using: &generator) == 0 { groups.append("system:masters") }
      if Int.random(in: 0..<5, using: &generator) == 0 { groups.append("system:" + text()) }
      return groups
    }
    func username() -> String {
      (["u:", "{{SessionName}}", "dev{{SessionName}}"].randomElement(using: &generator) ?? "")
        + (Bool.random(using: &generator) ? text() : "")
    }
    var configMap = AWSAuthConfigMap(accounts: ["777788889999"])
    var entries: [AccessEntry] = []
    for number in 0..<12 {
      let arn = arn(number)
      if arn.contains(":role/") {
        configMap.roles.append(RoleMapping(roleARN: arn, username: username(), groups: groups()))
      } else {
        configMap.users.append(UserMapping(userARN: arn, username: username(), groups: groups()))
      }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        entries.append(
          AccessEntry(
            principalARN: arn, username: "there", groups: groups().filter { !$0.contains(":") },
            policies: [
              AccessPolicyAssociation(
                policyARN: AccessPolicy.clusterAdmin.arn(in: .aws), scope: .namespaces([text()]))
            ], tags: [text(): text()]))
      }
    }
    configMap.roles.append(
      RoleMapping(
        roleARN: "arn:aws:iam::444455556666:role/nodes",
        username: "system:node:{{EC2PrivateDNSName}}", groups: ["system:nodes"]))
    let binding = ClusterRoleBinding(
      metadata: .init(name: "b" + text()), roleRef: .init(kind: "ClusterRole", name: text()),
      subjects: hostile.map { Subject(kind: .group, name: "system:" + $0) })
    let plan = MigrationPlanner(
      MigrationInput(
        cluster: MigrationCluster(
          name: seed % 3 == 0 ? "shop" + text() : "shop", region: "eu-central-1",
          account: AccountID("444455556666"), mode: .apiAndConfigMap),
        configMap: configMap, accessEntries: entries,
        rbac: RBACObjects(clusterRoleBindings: [binding])),
      options: MigrationOptions(updatesEntries: true)
    ).plan
    return MigrationPlan(
      cluster: plan.cluster, configMap: configMap,
      items: plan.items.map { withHostileARN($0, text()) }, otherEntries: plan.otherEntries,
      bindings: plan.bindings, assumptions: plan.assumptions)
  }

  /// The planner makes no entries for ARNs that EKS refuses; a plan may still come from elsewhere.
  private static func withHostileARN(
    _ item: MigrationPlan.Item, _ text: String
  ) -> MigrationPlan.Item {
    guard item.decision == .create, item.row.index % 3 == 0 else { return item }
    var item = item
    for index in item.entries.indices { item.entries[index].principalARN += "/" + text }
    return item
  }
}
