import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
import Foundation
import KubernetesRBAC
import Testing

@Suite struct MigrationStepsTests {
  private func plan(
    mode: AuthenticationMode?, target: AuthenticationMode = .api, _ rows: [RoleMapping],
    entries: [AccessEntry] = []
  ) -> MigrationPlan {
    let binding = ClusterRoleBinding(
      metadata: .init(name: "readers"), roleRef: .init(kind: "ClusterRole", name: "view"),
      subjects: [Subject(kind: .group, name: "system:readonly")])
    return MigrationPlanner(
      MigrationInput(
        cluster: MigrationCluster(
          name: "shop", account: AccountID("444455556666"), mode: mode, targetMode: target),
        configMap: AWSAuthConfigMap(roles: rows), accessEntries: entries,
        rbac: RBACObjects(clusterRoleBindings: [binding]))
    ).plan
  }

  private func row(_ name: String, _ groups: [String]) -> RoleMapping {
    RoleMapping(
      roleARN: "arn:aws:iam::444455556666:role/\(name)", username: name, groups: groups)
  }

  @Test func theWholeWayHasItsOrder() {
    let plan = plan(mode: .configMap, [row("a", ["system:masters", "system:readonly"])])
    #expect(plan.steps.map(\.kind) == MigrationStep.Kind.allCases)
    #expect(
      plan.steps.filter(\.kind.isIrreversible).map(\.kind) == [.changeMode, .changeModeToAPI])
    #expect(plan.steps.filter { $0.kind.isIrreversible }.allSatisfy { $0.wayBack == nil })
  }

  @Test func stepsThatAreNotNeededAreLeftOut() {
    let done = AccessEntry(
      principalARN: "arn:aws:iam::444455556666:role/a", username: "a", groups: ["g"])
    let there = plan(mode: .apiAndConfigMap, [row("a", ["g"])], entries: [done])
    #expect(there.steps.map(\.kind) == [.backUp, .removeRows, .changeModeToAPI, .removeConfigMap])
    #expect(plan(mode: .api, []).steps.isEmpty)
    let both = plan(mode: .apiAndConfigMap, target: .apiAndConfigMap, [row("a", ["g"])])
    #expect(
      both.steps.map(\.kind) == [.backUp, .preflight, .makeEntries, .verify, .removeRows])
  }

  @Test func rowsThatStayKeepTheMode() {
    let plan = plan(mode: .configMap, [row("a", ["g"]), row("AWSServiceRoleForBatch", [])])
    #expect(plan.steps.last?.kind == .removeRows)
    #expect(plan.remaining.roles.map(\.username) == ["AWSServiceRoleForBatch"])
    #expect(plan.output(as: .awsAuth).text == plan.remaining.manifest)
  }

  @Test func anObstacleTellsAllItsReasons() throws {
    let plan = plan(mode: .configMap, [row("a", ["{{SessionName}}", "system:authenticated"])])
    let reasons = try #require(plan.items.first).reasons.map(\.description)
    #expect(reasons.count == 2)
    let text = plan.output(as: .plan).text
    let obstacles = try #require(text.range(of: "\nObstacles\n"))
    let words = text[obstacles.upperBound...].split(whereSeparator: \.isWhitespace)
    #expect(words.joined(separator: " ").contains(reasons.joined(separator: "; ")))
  }

  @Test func theServerOfKubectlIsSeenBeforeTheBackUp() throws {
    let commands = try #require(plan(mode: .configMap, [row("a", ["g"])]).steps.first).commands
    #expect(commands.map { $0.prefix { $0 != " " } } == ["aws", "kubectl", "kubectl"])
    #expect(commands[0].contains("cluster.endpoint") && commands[1].contains("cluster.server"))
  }

  @Test func noScriptChangesTheModeToAPI() {
    let plan = plan(mode: .configMap, [row("a", ["g"])])
    for format in MigrationFormat.allCases where format != .plan && format != .json {
      #expect(!plan.output(as: format).text.contains(#""authenticationMode": "API""#))
    }
    let lines = plan.output(as: .plan).text.split(separator: "\n")
    let advice = lines.filter { $0.contains(#""authenticationMode": "API"}"#) }
    #expect(advice.count == 1)
    #expect(advice.allSatisfy { $0.contains("# aws") })
  }

  @Test func aPolicyWithAnotherScopeIsReplacedOnce() throws {
    let namespaced = AccessEntry(
      principalARN: "arn:aws:iam::444455556666:role/a", username: "a",
      policies: [
        AccessPolicyAssociation(
          policyARN: AccessPolicy.clusterAdmin.arn(in: .aws), scope: .namespaces(["web"]))
      ])
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop", mode: .apiAndConfigMap),
      configMap: AWSAuthConfigMap(roles: [row("a", ["system:masters"])]),
      accessEntries: [namespaced])
    let plan = MigrationPlanner(input, options: MigrationOptions(updatesEntries: true)).plan
    #expect(plan.updated.first?.policies.map(\.scope) == [.cluster])
  }

  @Test func copiesOfBindingsHaveNamesOfTheirOwn() {
    func binding(_ name: String, _ group: String) -> ClusterRoleBinding {
      ClusterRoleBinding(
        metadata: .init(name: name), roleRef: .init(kind: "ClusterRole", name: "view"),
        subjects: [Subject(kind: .group, name: group)])
    }
    let bindings = [
      binding("b", "system:x.y"), binding("b-x-y", "others"), binding("b", "system:x-y"),
    ]
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop", mode: .apiAndConfigMap),
      configMap: AWSAuthConfigMap(roles: [row("a", ["system:x.y", "system:x-y"])]),
      rbac: RBACObjects(clusterRoleBindings: bindings))
    let names = MigrationPlanner(input).plan.bindings.map(\.binding.metadata.name)
    #expect(names == ["b-x-y-2", "b-x-y-3"])
  }
}
