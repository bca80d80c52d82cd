import Benchmark
import EKSAccess
import EKSAccessMigration

private func configMap(rows: Int) -> AWSAuthConfigMap {
  AWSAuthConfigMap(
    roles: (0..<rows).map { number in
      RoleMapping(
        roleARN: "arn:aws:iam::444455556666:role/team-\(number)-developer",
        username: "team-\(number):{{SessionName}}", groups: ["team-\(number)", "developers"])
    })
}

private func planner(rows: Int) -> MigrationPlanner {
  MigrationPlanner(
    MigrationInput(cluster: MigrationCluster(name: "shop"), configMap: configMap(rows: rows)))
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
    let planner = planner(rows: rows)
    Benchmark("plan, \(rows) rows") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(planner.plan) }
    }
    let plan = planner.plan
    for format in [MigrationFormat.json, .awsCLI] {
      Benchmark("plan as \(format.rawValue), \(rows) rows") { benchmark in
        for _ in benchmark.scaledIterations { blackHole(plan.output(as: format)) }
      }
    }
  }
}
