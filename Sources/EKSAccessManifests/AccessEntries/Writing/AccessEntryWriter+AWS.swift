public import EKSAccess
public import YAMLSource

extension AccessEntryWriter {
  /// The inputs of `aws eks create-access-entry` and of the `associate-access-policy` after it, for
  /// `--cli-input-json`.
  public func awsCLIInputs(_ entries: [AccessEntry]) -> [YAMLValue] {
    entries.flatMap { entry -> [YAMLValue] in
      let principal = YAMLValue.string(entry.principalARN)
      let cluster = YAMLValue.string(clusterName)
      let input = YAMLValue.mapping(
        ("clusterName", cluster), ("principalArn", principal),
        ("type", .string(entry.kind.rawValue)),
        ("username", entry.username.map { .string($0) }),
        ("kubernetesGroups", .unlessEmpty(entry.groups)), ("tags", .unlessEmpty(entry.tags)))
      return [input]
        + entry.policies.map { policy in
          .mapping(
            ("clusterName", cluster), ("principalArn", principal),
            ("policyArn", .string(policy.policyARN)),
            ("accessScope", Self.scope(policy.scope, kind: "type", namespaces: "namespaces")))
        }
    }
  }

  func cloudFormationTemplate(_ entries: [AccessEntry]) -> YAMLValue {
    var names = ObjectNames()
    let resources = entries.map { entry in
      YAMLValue.Pair(names.logicalID(of: entry), cloudFormationResource(entry))
    }
    return .mapping(
      ("AWSTemplateFormatVersion", .string("2010-09-09")),
      (
        "Description",
        // Names that CloudFormation would replace stay out of this text too.
        .string(
          "Access entries of the EKS cluster"
            + (clusterName.contains("{{") ? "" : " \(clusterName)"))
      ),
      ("Resources", .mapping(resources)))
  }

  private func cloudFormationResource(_ entry: AccessEntry) -> YAMLValue {
    let policies = entry.policies.map { policy in
      YAMLValue.mapping(
        ("PolicyArn", .string(policy.policyARN)),
        ("AccessScope", Self.scope(policy.scope, kind: "Type", namespaces: "Namespaces")))
    }
    let tags = entry.tags.sorted { $0.key < $1.key }.map {
      YAMLValue.mapping(("Key", .string($0.key)), ("Value", .string($0.value)))
    }
    return .mapping(
      ("Type", .string("AWS::EKS::AccessEntry")),
      (
        "Properties",
        .mapping(
          ("ClusterName", .string(clusterName)), ("PrincipalArn", .string(entry.principalARN)),
          ("Type", .string(entry.kind.rawValue)),
          ("Username", entry.username.map { .string($0) }),
          ("KubernetesGroups", .unlessEmpty(entry.groups)),
          ("AccessPolicies", policies.isEmpty ? nil : .list(policies)),
          ("Tags", tags.isEmpty ? nil : .list(tags)))
      ))
  }

  static func scope(_ scope: AccessScope, kind: String, namespaces: String) -> YAMLValue {
    .mapping(
      (kind, .string(scope.kind.rawValue)), (namespaces, .unlessEmpty(scope.namespaces)))
  }
}
