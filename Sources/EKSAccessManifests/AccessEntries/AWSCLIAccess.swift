import EKSAccess
import YAMLSource

/// Reads the JSON of the AWS CLI: the answers of `describe-access-entry`, `create-access-entry`,
/// `list-access-entries`, `list-associated-access-policies` and `describe-cluster`, and the inputs
/// of `create-access-entry` and `associate-access-policy` (`--cli-input-json`).
enum AWSCLIAccess {
  private static let reader = AccessEntryReader(dialect: .awsCLI, keys: .api)

  static func read(_ document: YAMLDocument, _ objects: inout AccessObjects) {
    let root = document.root
    // An array holds the answers of several calls, as `jq -s` puts them together.
    let values = root.isSequence ? Array(root.elements) : [root]
    for value in values where value.isMapping && KubernetesObject(value)?.isFragment == true {
      read(value, &objects)
    }
  }

  private static func read(_ node: YAMLNode, _ objects: inout AccessObjects) {
    if let entry = node.value(of: "accessEntry") {
      let cluster = name(of: "clusterName", in: entry)
      if let manifest = reader.entry(in: entry, cluster: cluster, isObserved: true) {
        objects.entries.append(manifest)
      }
    } else if let entries = node.value(of: "accessEntries") {
      readList(entries, &objects)
    } else if let policies = node.value(of: "associatedAccessPolicies") {
      if let principal = name(of: "principalArn", in: node) {
        objects.fullyAssociated.insert(principal)
      }
      for policy in policies.elements {
        add(policy, of: node, isObserved: true, &objects)
      }
    } else if let cluster = node.value(of: "cluster"), cluster.isMapping {
      if let manifest = self.cluster(cluster) { objects.clusters.append(manifest) }
    } else if node.value(of: "clusterName") != nil {
      if node.value(of: "policyArn") != nil {
        add(node, of: node, isObserved: false, &objects)
      } else if let manifest = reader.entry(in: node, cluster: name(of: "clusterName", in: node)) {
        objects.entries.append(manifest)
      }
    }
  }

  /// The answer of `list-access-entries` has the principals' ARNs alone; what their entries give is
  /// not known.
  private static func readList(_ node: YAMLNode, _ objects: inout AccessObjects) {
    for element in node.elements where element.isScalar {
      objects.entries.append(
        AccessEntryManifest(
          AccessEntry(principalARN: element.string), dialect: .awsCLI, isObserved: true,
          unresolved: [.kind, .username, .groups, .policies, .tags], at: element,
          places: [.principalARN: element]))
    }
  }

  private static func add(
    _ policy: YAMLNode, of node: YAMLNode, isObserved: Bool, _ objects: inout AccessObjects
  ) {
    guard let read = reader.association(in: policy) else { return }
    let principal = node.value(of: "principalArn")
    objects.associations.append(
      AccessPolicyAssociationManifest(
        read.association, principalARN: principal?.string ?? "",
        principalIsUnresolved: principal == nil, dialect: .awsCLI,
        cluster: name(of: "clusterName", in: node), isObserved: isObserved,
        unresolved: read.unresolved, at: policy, principalNode: principal, places: read.places))
  }

  private static func cluster(_ node: YAMLNode) -> ClusterManifest? {
    let arn = name(of: "arn", in: node)
    guard node.value(of: "accessConfig") != nil || arn != nil else { return nil }
    return ClusterManifest(
      dialect: .awsCLI, cluster: name(of: "name", in: node), arn: arn,
      version: name(of: "version", in: node), accessConfig: node.value(of: "accessConfig"),
      defaultMode: nil, isObserved: true, at: node)
  }

  private static func name(of key: StaticString, in node: YAMLNode) -> String? {
    node.value(of: key).flatMap { $0.isScalar ? $0.string : nil }
  }
}
