import EKSAccess
import YAMLSource

/// Reads access entries, associations and clusters of Terraform's AWS provider in the JSON of
/// `terraform show`.
enum TerraformAccess {
  private static let reader = AccessEntryReader(
    dialect: .terraform,
    keys: AccessEntryKeys(
      principalARN: "principal_arn", kind: "type", username: "user_name",
      groups: "kubernetes_groups", policies: nil, policyARN: "policy_arn", scope: "access_scope",
      scopeKind: "type", namespaces: "namespaces", tags: "tags"))

  static func read(_ document: YAMLDocument, _ objects: inout AccessObjects) {
    if let document = TerraformDocument(document) { read(document, &objects) }
  }

  static func read(_ document: TerraformDocument, _ objects: inout AccessObjects) {
    let references = TerraformReferences(document)
    for resource in document.resources {
      switch resource.type {
      case "aws_eks_access_entry":
        let manifest = entry(resource, references, document)
        if let manifest { objects.entries.append(manifest) }
      case "aws_eks_access_policy_association":
        let manifest = association(resource, references, document)
        if let manifest { objects.associations.append(manifest) }
      case "aws_eks_cluster":
        objects.clusters.append(cluster(resource, references, document))
      default: break
      }
    }
  }

  private static func entry(
    _ resource: TerraformResource, _ references: TerraformReferences, _ document: TerraformDocument
  ) -> AccessEntryManifest? {
    let principal = references.value(of: "principal_arn", in: resource)
    let configured = document.configuration?[resource.address]
    let isObserved = document.isState || configured == nil && !resource.isNew
    guard
      var manifest = reader.entry(
        in: resource.values, label: resource.address,
        cluster: references.value(of: "cluster_name", in: resource)?.written,
        isObserved: isObserved, principal: principal?.written)
    else { return nil }
    if case .reference(let text)? = principal {
      manifest.entry.principalARN = text
      manifest.unresolved.insert(.principalARN)
      manifest.places[.principalARN] = resource.node
    }
    if isObserved { return manifest }
    let parts: [(AccessEntry.Field, StaticString)] = [
      (.kind, "type"), (.username, "user_name"), (.groups, "kubernetes_groups"), (.tags, "tags"),
    ]
    for (field, attribute) in parts where references.isUnknown(attribute, in: resource) {
      manifest.unresolved.insert(field)
    }
    if let configured {
      manifest.forgetFilledIn(resource, by: configured)
    }
    return manifest
  }

  private static func association(
    _ resource: TerraformResource, _ references: TerraformReferences, _ document: TerraformDocument
  ) -> AccessPolicyAssociationManifest? {
    let principal = references.value(of: "principal_arn", in: resource)
    let policy = references.value(of: "policy_arn", in: resource)
    guard var read = reader.association(in: resource.values, policy: policy?.written) else {
      return nil
    }
    if case .reference(let text)? = policy {
      read.association.policyARN = text
      read.unresolved.insert(.policy)
      read.places[.policy] = resource.node
    }
    if let scope = resource.unknown?.value(of: "access_scope") {
      if TerraformResource.holdsTrue(scope) { read.unresolved.insert(.namespaces) }
      let block = scope.elements.first ?? scope
      if block.isScalar ? TerraformResource.holdsTrue(block) : block.value(of: "type") != nil {
        read.unresolved.insert(.scope)
      }
    }
    var isUnresolved = false
    if case .reference? = principal { isUnresolved = true }
    return AccessPolicyAssociationManifest(
      read.association, principalARN: principal?.written ?? "",
      principalIsUnresolved: isUnresolved, dialect: .terraform, label: resource.address,
      cluster: references.value(of: "cluster_name", in: resource)?.written,
      isObserved: document.isState, unresolved: read.unresolved, at: resource.values,
      principalNode: isUnresolved ? resource.node : resource.values.value(of: "principal_arn"),
      places: read.places)
  }

  private static func cluster(
    _ resource: TerraformResource, _ references: TerraformReferences, _ document: TerraformDocument
  ) -> ClusterManifest {
    let name = references.value(of: "name", in: resource)?.written
    let config = resource.values.value(of: "access_config")?.elements.first
    let isUnknown =
      document.configuration?[resource.address]?.value(of: "access_config") != nil
      && resource.isUnknown("access_config")
    // In a plan, the API's own default is all that a missing block can mean.
    return ClusterManifest(
      dialect: .terraform, cluster: name, label: resource.address, accessConfig: config,
      keys: AccessConfigKeys(
        mode: "authentication_mode", bootstrap: "bootstrap_cluster_creator_admin_permissions"),
      defaultMode: document.isState || isUnknown ? nil : .configMap,
      isObserved: document.isState, at: resource.node)
  }
}

extension AccessEntryManifest {
  /// Takes out what EKS filled in and the configuration does not say.
  fileprivate mutating func forgetFilledIn(
    _ resource: TerraformResource, by expressions: YAMLNode
  ) {
    func isFilledIn(_ attribute: StaticString, isDefault: Bool) -> Bool {
      guard let expression = expressions.value(of: attribute) else { return true }
      guard expression.value(of: "references") == nil else {
        // What a variable or the like gives may be null: the value of before stays then.
        return !resource.isNew && isDefault
      }
      return expression.value(of: "constant_value").map { $0.scalar == .null } ?? true
    }
    if isFilledIn(
      "user_name", isDefault: entry.kind.isNode || entry.username == entry.defaultUsername)
    {
      entry.username = nil
      places[.username] = nil
      unresolved.remove(.username)
    }
    if isFilledIn("kubernetes_groups", isDefault: entry.kind.isNode) {
      for index in entry.groups.indices { places[.group(index)] = nil }
      entry.groups = []
      places[.groups] = nil
      unresolved.remove(.groups)
    }
  }
}

extension ManifestFile {
  /// Whether the file is a plan of Terraform as JSON, which tells two sides.
  public var isTerraformPlan: Bool {
    stream.documents.contains { $0.root.value(of: "resource_changes") != nil }
  }

  /// The aws-auth ConfigMaps that a Terraform plan of the file found, before its changes.
  public var priorManifests: [AWSAuthManifest] {
    stream.documents.flatMap { TerraformConfigMaps.manifests(in: $0, prior: true) }
  }

  /// What a Terraform plan of the file found in the cluster, before its changes; nothing for other
  /// files.
  public var priorAccessObjects: AccessObjects {
    var objects = writtenPriorAccessObjects
    objects.joinAssociations()
    return objects
  }

  /// The same before associations are joined.
  package var writtenPriorAccessObjects: AccessObjects {
    var objects = AccessObjects()
    for document in stream.documents {
      if let state = TerraformDocument(document, prior: true) {
        TerraformAccess.read(state, &objects)
      }
    }
    return objects
  }
}
