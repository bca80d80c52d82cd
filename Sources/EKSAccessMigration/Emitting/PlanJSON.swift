import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

extension MigrationPlan {
  /// The plan as JSON; `Documentation/migration.md` tells what the keys mean.
  func jsonValue(_ proof: AccessComparison?) -> YAMLValue {
    .mapping(
      ("version", .integer(1)), ("cluster", cluster.json),
      ("allowsAPIMode", .bool(allowsAPIMode)), ("items", .list(items.map(\.json))),
      ("otherEntries", .list(otherEntries.map(\.json))),
      (
        "bindings",
        .list(
          bindings.map {
            .mapping(("copyOf", .string($0.original)), ("manifest", $0.manifest))
          })
      ),
      (
        "assumptions",
        .list(
          assumptions.map {
            .mapping(
              ("code", .string($0.code)), ("message", .string($0.statement)),
              ("check", $0.command.map { .string($0) }))
          })
      ), ("steps", .list(steps.map(\.json))),
      ("proof", proof?.json))
  }
}

extension MigrationCluster {
  fileprivate var json: YAMLValue {
    .mapping(
      ("name", .string(name)), ("region", region.map { .string($0) }),
      ("account", account.map { .string($0.rawValue) }), ("partition", .string(partition.rawValue)),
      ("mode", mode.map { .string($0.rawValue) }), ("targetMode", .string(targetMode.rawValue)),
      ("kubernetesVersion", kubernetesVersion.map { .string($0.description) }))
  }
}

extension MigrationPlan.Item {
  fileprivate var json: YAMLValue {
    .mapping(
      (
        "row",
        .mapping(("section", .string(row.source.rawValue)), ("index", .integer(row.index)))
      ), ("principal", .string(principal)), ("isNode", .bool(isNode)),
      (
        "identity",
        identity.map {
          .mapping(("username", .string($0.username)), ("groups", .strings($0.groups)))
        }
      ), ("decision", .string(decision.rawValue)), ("keepsRow", .bool(decision.keepsRow)),
      (
        "reasons",
        .list(
          reasons.map {
            .mapping(("code", .string($0.code)), ("message", .string($0.description)))
          })
      ), ("entries", .list(entries.map(\.json))),
      ("existing", existing?.json))
  }
}

extension AccessEntry {
  /// The entry by the names of the EKS API.
  fileprivate var json: YAMLValue {
    .mapping(
      ("principalArn", .string(principalARN)), ("type", .string(kind.rawValue)),
      ("username", username.map { .string($0) }), ("kubernetesGroups", .strings(groups)),
      (
        "accessPolicies",
        .list(
          policies.map { policy in
            .mapping(
              ("policyArn", .string(policy.policyARN)),
              (
                "accessScope",
                .mapping(
                  ("type", .string(policy.scope.kind.rawValue)),
                  ("namespaces", .strings(policy.scope.namespaces)))
              ))
          })
      ),
      (
        "tags",
        .mapping(
          tags.sorted { $0.key < $1.key }.map { YAMLValue.Pair($0.key, .string($0.value)) })
      ))
  }
}

extension MigrationStep {
  fileprivate var json: YAMLValue {
    .mapping(
      ("id", .string(kind.rawValue)), ("purpose", .string(purpose)),
      ("commands", .strings(commands)), ("check", check.map { .string($0) }),
      ("wayBack", wayBack.map { .string($0) }), ("isIrreversible", .bool(kind.isIrreversible)),
      ("isAdvice", .bool(kind.isAdvice)))
  }
}

extension AccessComparison {
  fileprivate var json: YAMLValue {
    .mapping(
      ("losesAccess", .bool(!losses.isEmpty)), ("changes", .list(changes.map(\.json))),
      ("unchanged", .integer(unchangedCount)))
  }
}

extension AccessComparison.Change {
  fileprivate var json: YAMLValue {
    .mapping(
      ("principal", .string(principal)), ("kind", .string(kind.rawValue)),
      ("losesAccess", .bool(losesAccess)), ("isNode", .bool(isNode)),
      ("lostGroups", .strings(lostGroups)), ("gainedGroups", .strings(gainedGroups)),
      ("permissions", permissions?.json))
  }
}

extension PermissionComparison {
  fileprivate var json: YAMLValue {
    .mapping(
      ("verdict", .string(verdict.rawValue)), ("lost", .strings(lost.map(\.description))),
      ("gained", .strings(gained.map(\.description))),
      ("unknown", .strings(unknown.map(\.description))),
      ("sideEffects", .strings(sideEffects.map(\.rawValue))))
  }
}
