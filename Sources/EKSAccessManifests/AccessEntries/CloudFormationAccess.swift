import EKSAccess
import YAMLSource

/// Reads `AWS::EKS::AccessEntry` and clusters in CloudFormation templates, those of the CDK included.
///
/// Resources that a macro makes, such as `Fn::ForEach`, are not read.
enum CloudFormationAccess {
  private static let reader = AccessEntryReader(
    dialect: .cloudFormation,
    keys: AccessEntryKeys(
      principalARN: "PrincipalArn", kind: "Type", username: "Username", groups: "KubernetesGroups",
      policies: "AccessPolicies", policyARN: "PolicyArn", scope: "AccessScope", scopeKind: "Type",
      namespaces: "Namespaces", tags: "Tags"),
    value: CloudFormationValue.value, isReference: CloudFormationValue.isReference)

  static func read(_ document: YAMLDocument, _ objects: inout AccessObjects) {
    guard let resources = document.root.value(of: "Resources") else { return }
    // Entries refer to a cluster by its logical id, or know its name.
    var names: [String: String] = [:]
    for pair in resources.pairs {
      guard let cluster = cluster(pair.value, id: pair.key.string) else { continue }
      names["${\(pair.key.string)}"] = cluster.cluster
      objects.clusters.append(cluster)
    }
    for pair in resources.pairs {
      let resource = pair.value
      guard resource.value(of: "Type")?.has("AWS::EKS::AccessEntry") == true,
        let properties = resource.value(of: "Properties")
      else { continue }
      let cluster = properties.value(of: "ClusterName").flatMap(CloudFormationValue.value)?.written
      let entry = reader.entry(
        in: properties, label: pair.key.string, cluster: cluster.map { names[$0] ?? $0 })
      guard var entry else { continue }
      entry.condition = resource.value(of: "Condition")?.string
      objects.entries.append(entry)
    }
  }

  private static func cluster(_ resource: YAMLNode, id: String) -> ClusterManifest? {
    let properties = resource.value(of: "Properties")
    switch resource.value(of: "Type")?.string {
    case "AWS::EKS::Cluster":
      return cluster(
        id, name: properties?.value(of: "Name"), config: properties?.value(of: "AccessConfig"),
        AccessConfigKeys(
          mode: "AuthenticationMode", bootstrap: "BootstrapClusterCreatorAdminPermissions"),
        at: resource)
    case "Custom::AWSCDK-EKS-Cluster":
      // The CDK's own resource takes the input of the API's `CreateCluster`.
      let input = properties?.value(of: "Config")
      return cluster(
        id, name: input?.value(of: "name"), config: input?.value(of: "accessConfig"), .api,
        at: resource)
    default: return nil
    }
  }

  private static func cluster(
    _ id: String, name: YAMLNode?, config: YAMLNode?, _ keys: AccessConfigKeys,
    at resource: YAMLNode
  ) -> ClusterManifest {
    let isKnown = config.map { !CloudFormationValue.isReference($0) } ?? true
    return ClusterManifest(
      dialect: .cloudFormation,
      cluster: name.flatMap(CloudFormationValue.value)?.written ?? "${\(id)}", label: id,
      accessConfig: config, keys: keys, defaultMode: isKnown ? .configMap : nil, at: resource,
      value: CloudFormationValue.value)
  }
}
