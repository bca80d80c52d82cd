import EKSAccess
import YAMLSource

extension AccessEntryWriter {
  func eksctlConfig(_ entries: [AccessEntry]) -> YAMLValue {
    let items = entries.map { entry in
      YAMLValue.mapping(
        ("principalARN", .string(entry.principalARN)), ("type", .string(entry.kind.rawValue)),
        ("kubernetesUsername", entry.username.map { .string($0) }),
        ("kubernetesGroups", .unlessEmpty(entry.groups)), ("accessPolicies", policies(of: entry)))
    }
    return .mapping(
      ("apiVersion", .string("eksctl.io/v1alpha5")), ("kind", .string("ClusterConfig")),
      ("metadata", .mapping(("name", .string(clusterName)), ("region", .string(region)))),
      (
        "accessConfig",
        .mapping(
          ("authenticationMode", authenticationMode.map { .string($0.rawValue) }),
          ("accessEntries", .list(items)))
      ))
  }

  func ackObjects(_ entries: [AccessEntry]) -> [YAMLValue] {
    var names = ObjectNames()
    return entries.map { entry in
      object(
        "eks.services.k8s.aws/v1alpha1", "AccessEntry", names.name(of: entry),
        spec: .mapping(
          ("clusterName", .string(clusterName)), ("principalARN", .string(entry.principalARN)),
          ("type", .string(entry.kind.rawValue)),
          ("username", entry.username.map { .string($0) }),
          ("kubernetesGroups", .unlessEmpty(entry.groups)), ("accessPolicies", policies(of: entry)),
          ("tags", .unlessEmpty(entry.tags))))
    }
  }

  func capaControlPlane(_ entries: [AccessEntry]) -> YAMLValue {
    let items = entries.map { entry in
      YAMLValue.mapping(
        ("principalARN", .string(entry.principalARN)),
        ("type", .string(entry.kind.rawValue.lowercased())),
        ("username", entry.username.map { .string($0) }),
        ("kubernetesGroups", .unlessEmpty(entry.groups)), ("accessPolicies", policies(of: entry)))
    }
    let mode = authenticationMode.map { YAMLValue.string($0.rawValue.lowercased()) }
    return object(
      "controlplane.cluster.x-k8s.io/v1beta2", "AWSManagedControlPlane", clusterName,
      spec: .mapping(
        ("eksClusterName", .string(clusterName)), ("region", .string(region)),
        ("accessConfig", mode.map { .mapping(("authenticationMode", $0)) }),
        ("accessEntries", .list(items))))
  }

  func crossplaneObjects(_ entries: [AccessEntry], group: String) -> [YAMLValue] {
    var names = ObjectNames()
    let version = group + "/v1beta1"
    func provider(_ entry: AccessEntry, _ pairs: (String, YAMLValue?)...) -> YAMLValue {
      let common: [(String, YAMLValue?)] = [
        ("region", .string(region)), ("clusterName", .string(clusterName)),
        ("principalArn", .string(entry.principalARN)),
      ]
      let all = (common + pairs).compactMap { key, value in
        value.map { YAMLValue.Pair(key, $0) }
      }
      return .mapping(("forProvider", .mapping(all)))
    }
    return entries.flatMap { entry -> [YAMLValue] in
      let name = names.name(of: entry)
      let object = object(
        version, "AccessEntry", name,
        spec: provider(
          entry, ("type", .string(entry.kind.rawValue)),
          ("userName", entry.username.map { .string($0) }),
          ("kubernetesGroups", .unlessEmpty(entry.groups)), ("tags", .unlessEmpty(entry.tags))))
      let associations = entry.policies.map { policy in
        self.object(
          version, "AccessPolicyAssociation", names.name(of: policy, for: name),
          spec: provider(
            entry, ("policyArn", .string(policy.policyARN)),
            ("accessScope", Self.scope(policy.scope, kind: "type", namespaces: "namespaces"))))
      }
      return [object] + associations
    }
  }

  private func policies(of entry: AccessEntry) -> YAMLValue? {
    guard !entry.policies.isEmpty else { return nil }
    return .list(
      entry.policies.map { policy in
        .mapping(
          ("policyARN", .string(policy.policyARN)),
          ("accessScope", Self.scope(policy.scope, kind: "type", namespaces: "namespaces")))
      })
  }

  private func object(
    _ version: String, _ kind: String, _ name: String, spec: YAMLValue
  ) -> YAMLValue {
    .mapping(
      ("apiVersion", .string(version)), ("kind", .string(kind)),
      ("metadata", .mapping(("name", .string(name)))), ("spec", spec))
  }
}
