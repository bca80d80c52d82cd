import EKSAccess
import EKSAccessMigration
import KubernetesRBAC
import TestSupport
import Testing

/// Over generated clusters: what a plan takes over it takes over exactly, and once.
@Suite struct GeneratedProofTests {
  private static let names = [
    "ops", "system:ops", "eks:ops", "system:readers", "readers", "iam:x", "system:x", "x",
    "system:monitoring",
  ]
  private static let usernames = [
    "ann", "system:ann", "eks:ann", "system:{{SessionName}}", "{{SessionName}}",
    "dev:{{SessionName}}", "aws:ci-{{AccountID}}", "ci-444455556666", "", "system:a{{SessionName}}",
  ]
  private static let users = [
    "ann", "system:ann", "system:bob", "bob", "dev:bob", ":bob", "aws:ci-444455556666", "a:bob",
    "system:abob", "ci-444455556666",
  ]

  private static func input(seed: UInt64) -> MigrationInput {
    var random = SeededGenerator(seed)
    func some(_ values: [String]) -> String { values.randomElement(using: &random) ?? "" }
    let roles = (0..<Int.random(in: 1...6, using: &random)).map { number in
      RoleMapping(
        roleARN: "arn:aws:iam::444455556666:role/r\(number)", username: some(usernames),
        groups: (0..<Int.random(in: 0...3, using: &random)).map { _ in some(names) })
    }
    var rbac = RBACObjects(
      clusterRoles: ["AmazonEKSViewPolicy", "AmazonEKSEditPolicy", "AmazonEKSSecretReaderPolicy"]
        .map { name in
          ClusterRole(
            metadata: .init(name: name), rules: AccessPolicy.named(name)?.rules ?? [])
        })
    for number in 0..<Int.random(in: 0...8, using: &random) {
      let subject =
        Bool.random(using: &random)
        ? Subject(kind: .group, name: some(names)) : Subject(kind: .user, name: some(users))
      let role = RoleReference(
        kind: "ClusterRole",
        name: some(rbac.clusterRoles.map(\.metadata.name) + ["view", "cluster-admin", "missing"]))
      if Bool.random(using: &random) {
        rbac.clusterRoleBindings.append(
          .init(metadata: .init(name: "b\(number)"), roleRef: role, subjects: [subject]))
      } else {
        rbac.roleBindings.append(
          .init(
            metadata: .init(name: "b\(number)", namespace: some(["shop", "web"])), roleRef: role,
            subjects: [subject]))
      }
    }
    return MigrationInput(
      cluster: MigrationCluster(
        name: "shop", account: AccountID("444455556666"), mode: .apiAndConfigMap),
      configMap: AWSAuthConfigMap(roles: roles), rbac: rbac)
  }

  @Test func nobodyLosesOrGains() throws {
    var carriedOver = 0
    for seed in 0..<150 {
      let input = Self.input(seed: UInt64(seed))
      let plan = MigrationPlanner(input).plan
      let proof = plan.proof(from: input)
      let blocked = Set(plan.blocking.map(\.principal))
      for change in proof.changes where !blocked.contains(change.principal) {
        #expect(
          change.permissions?.verdict == .equalPermissions,
          "seed \(seed): \(change) \(plan.bindings)")
        carriedOver += 1
      }
    }
    #expect(carriedOver > 150)
  }

  @Test func aSecondPlanAddsNothing() {
    for seed in 0..<150 {
      var input = Self.input(seed: UInt64(seed))
      let plan = MigrationPlanner(input).plan
      for added in plan.bindings {
        if added.isOfCluster {
          input.rbac?.clusterRoleBindings.append(
            .init(
              metadata: added.binding.metadata, roleRef: added.binding.roleRef,
              subjects: added.binding.subjects))
        } else {
          input.rbac?.roleBindings.append(added.binding)
        }
      }
      let beforeEntries = MigrationPlanner(input).plan
      #expect(beforeEntries.bindings == [], "seed \(seed)")
      #expect(beforeEntries.created == plan.created, "seed \(seed)")
      input.accessEntries = plan.created
      let second = MigrationPlanner(input).plan
      #expect(second.bindings == [], "seed \(seed)")
      for item in second.items where item.existing != nil {
        #expect(item.decision == .alreadyThere, "seed \(seed): \(item)")
      }
    }
  }
}
