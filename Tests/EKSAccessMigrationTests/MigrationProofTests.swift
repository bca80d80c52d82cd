import EKSAccess
import EKSAccessMigration
import KubernetesRBAC
import Testing

@Suite struct MigrationProofTests {
  private static let account = "arn:aws:iam::444455556666"
  private static let roles = [
    RoleMapping(
      roleARN: "\(account):role/nodes", username: "system:node:{{EC2PrivateDNSName}}",
      groups: ["system:bootstrappers", "system:nodes"]),
    RoleMapping(
      roleARN: "\(account):role/dev", username: "dev:{{SessionName}}", groups: ["developers"]),
    RoleMapping(
      roleARN: "\(account):role/admin", username: "admin", groups: ["system:masters", "ops"]),
  ]

  private func proof(_ roles: [RoleMapping], entries: [AccessEntry] = []) -> AccessComparison {
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop"), configMap: AWSAuthConfigMap(roles: roles),
      accessEntries: entries)
    return MigrationPlanner(input).plan.proof(from: input)
  }

  @Test func aPlanWithoutObstaclesTakesNothingFromAnybody() {
    #expect(proof(Self.roles).losses.isEmpty)
  }

  @Test func rowsThatCannotMoveAreLost() {
    let root = RoleMapping(
      roleARN: "\(Self.account):role/AWSServiceRoleForBatch", username: "aws-batch", groups: ["b"])
    #expect(proof(Self.roles + [root]).losses.map(\.principal) == [root.roleARN])
  }

  @Test func rowsOfNobodyAreNoLoss() {
    var directory = IAMDirectory()
    directory.add([.init(arn: "\(Self.account):role/dev")])
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop"),
      configMap: AWSAuthConfigMap(roles: Array(Self.roles.prefix(2))), directory: directory)
    let proof = MigrationPlanner(input).plan.proof(from: input)
    #expect(proof.changes.isEmpty && proof.unchangedCount == 1)
  }

  @Test func renamedGroupsAreNoLoss() {
    let row = RoleMapping(
      roleARN: "\(Self.account):role/r", username: "r", groups: ["system:auditors"])
    let input = MigrationInput(
      cluster: MigrationCluster(name: "shop"), configMap: AWSAuthConfigMap(roles: [row]),
      rbac: RBACObjects())
    let proof = MigrationPlanner(input).plan.proof(from: input)
    #expect(proof.losses.isEmpty)
    #expect(proof.changes.map(\.permissions?.verdict) == [.equalPermissions])
  }

  @Test func entriesThatAreThereStay() {
    let entry = AccessEntry(principalARN: "\(Self.account):role/other", groups: ["g"])
    let comparison = proof(Self.roles, entries: [entry])
    #expect(comparison.losses.isEmpty)
    #expect(!comparison.changes.contains { $0.principal == entry.principalARN })
  }
}
