import Benchmark
import EKSAccess
import EKSAccessMigration
import KubernetesRBAC

private func configMap(rows: Int) -> AWSAuthConfigMap {
  AWSAuthConfigMap(
    roles: (0..<rows).map { number in
      RoleMapping(
        roleARN: "arn:aws:iam::444455556666:role/team-\(number)-developer",
        username: "team-\(number):{{SessionName}}", groups: ["team-\(number)", "developers"])
    })
}

private func migration(rows: Int) -> MigrationInput {
  MigrationInput(cluster: MigrationCluster(name: "shop"), configMap: configMap(rows: rows))
}

/// A migration where every username and group changes and bindings name them all.
private func renaming(rows: Int) -> MigrationInput {
  var input = MigrationInput(
    cluster: MigrationCluster(name: "shop"), configMap: AWSAuthConfigMap(), rbac: RBACObjects())
  let edit = RoleReference(kind: "ClusterRole", name: "edit")
  for number in 0..<rows {
    let username = number.isMultiple(of: 2) ? "system:user-\(number)" : "u\(number){{SessionName}}"
    let user = username.replacing("{{SessionName}}", with: "ana")
    input.configMap.roles.append(
      RoleMapping(
        roleARN: "arn:aws:iam::444455556666:role/team-\(number)", username: username,
        groups: ["system:team-\(number)"]))
    input.rbac?.roleBindings += [
      Subject(kind: .user, name: user), Subject(kind: .group, name: "system:team-\(number)"),
    ].map { subject in
      RoleBinding(
        metadata: ObjectMetadata(name: subject.name, namespace: "team-\(number % 100)"),
        roleRef: edit, subjects: [subject])
    }
  }
  return input
}

/// A migration where all rows have one template and one group, and bindings name all its users.
private func sharing(rows: Int) -> MigrationInput {
  var input = renaming(rows: rows)
  for index in input.configMap.roles.indices {
    input.configMap.roles[index].username = "{{SessionName}}"
    input.configMap.roles[index].groups = ["system:team-0"]
  }
  input.rbac?.roleBindings = (0..<rows).map { number in
    RoleBinding(
      metadata: ObjectMetadata(name: "user-\(number)", namespace: "team-\(number % 100)"),
      roleRef: RoleReference(kind: "ClusterRole", name: "edit"),
      subjects: [Subject(kind: .user, name: "user-\(number)")])
  }
  return input
}

private func caller(_ role: String) -> Caller? {
  try? Caller(arn: "arn:aws:sts::444455556666:assumed-role/\(role)/ana@example.org")
}

/// How many callers are looked up in maps of several sizes: a look-up must not depend on the size.
let benchmarks: @Sendable () -> Void = {
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput], scalingFactor: .kilo, maxDuration: .seconds(2))
  for rows in [10, 1_000, 10_000] {
    let resolver = IdentityResolver(configMap(rows: rows))
    for (name, role) in [("hit", "team-\(rows / 2)-developer"), ("miss", "nobody")] {
      guard let caller = caller(role) else { continue }
      Benchmark("identity, \(rows) rows, \(name)") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(resolver.identity(of: caller)) }
      }
      Benchmark("resolution, \(rows) rows, \(name)") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(resolver.resolve(caller)) }
      }
    }
  }
  Benchmark.defaultConfiguration.scalingFactor = .one
  for rows in [1_000, 10_000] {
    let inputs = [
      ("", migration(rows: rows)), (" that renames", renaming(rows: rows)),
      (" of one template", sharing(rows: rows)),
    ]
    for (name, input) in inputs {
      let planner = MigrationPlanner(input)
      Benchmark("plan\(name), \(rows) rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(planner.plan) }
      }
      let plan = planner.plan
      Benchmark("proof\(name), \(rows) rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(plan.proof(from: input)) }
      }
      guard name.isEmpty else { continue }
      for format in [MigrationFormat.json, .awsCLI] {
        Benchmark("plan as \(format.rawValue), \(rows) rows") { benchmark in
          for _ in benchmark.scaledIterations { blackHole(plan.output(as: format)) }
        }
      }
    }
  }
}
