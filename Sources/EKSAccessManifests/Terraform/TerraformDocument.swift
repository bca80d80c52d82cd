import YAMLSource

/// A resource of `terraform show -json`: one instance, in a state or as a plan will leave it.
struct TerraformResource: Sendable {
  /// The address within the file's configuration, with the modules and indices.
  let address: String
  /// The address of the module with a dot behind it; empty for the root module.
  let module: String
  let type: String
  /// The node of the address.
  let node: YAMLNode
  let values: YAMLNode
  /// What will be known only when the plan is carried out: `true` in place of each such value.
  let unknown: YAMLNode?
  /// Whether the plan makes the resource, rather than finding it.
  let isNew: Bool

  /// The index of the instance, with its brackets.
  var index: String {
    TerraformAddress.index(of: TerraformAddress.components(of: address).last ?? "")
  }

  /// Whether any part of an attribute is not known.
  func isUnknown(_ attribute: StaticString) -> Bool {
    unknown?.value(of: attribute).map(Self.holdsTrue) ?? false
  }

  /// Whether `true` stands anywhere in a value: such a value is not known in all its parts.
  static func holdsTrue(_ node: YAMLNode) -> Bool {
    if node.scalar == .bool(true) { return true }
    return node.elements.contains(where: holdsTrue) || node.pairs.contains { holdsTrue($0.value) }
  }
}

/// The JSON of `terraform show`, of a plan or of a state, with the resources that are of interest
/// here: https://developer.hashicorp.com/terraform/internals/json-format.
struct TerraformDocument: Sendable {
  /// The resources of the state, or those that there will be when the plan was carried out.
  private(set) var resources: [TerraformResource] = []
  /// The configuration that a plan is made from.
  let configuration: TerraformConfiguration?
  /// Whether it is a state, which tells what is there.
  let isState: Bool

  /// Takes a document; `nil` for one that is no JSON of Terraform, or of a format of the future.
  ///
  /// - Parameters:
  ///   - document: The document.
  ///   - isPrior: Whether to read the state that a plan starts from.
  init?(_ document: YAMLDocument, prior isPrior: Bool = false) {
    let root = document.root
    guard Self.hasForm(root) else { return nil }
    let planned = root.value(of: "planned_values")
    let state = (isPrior ? root.value(of: "prior_state") : root)?.value(of: "values")
    isState = isPrior || planned == nil
    configuration =
      isState ? nil : root.value(of: "configuration").map(TerraformConfiguration.init)
    if isState {
      guard let module = state?.value(of: "root_module") else { return nil }
      add(module: module)
    } else if let changes = root.value(of: "resource_changes") {
      for change in changes.elements { add(change: change) }
    } else if let module = planned?.value(of: "root_module") {
      add(module: module)
    }
  }

  /// Whether a document is a plan or state of a format that is known here.
  static func hasForm(_ root: YAMLNode) -> Bool {
    guard let version = root.text(of: "format_version"),
      version.utf8.starts(with: "1.".utf8) || version.utf8.starts(with: "0.".utf8)
    else { return false }
    return root.value(of: "planned_values") != nil || root.value(of: "values") != nil
  }

  private mutating func add(module node: YAMLNode) {
    for resource in node.value(of: "resources")?.elements ?? YAMLNode.Children() {
      guard let values = resource.value(of: "values") else { continue }
      add(resource, module: node.text(of: "address"), values: values, unknown: nil, isNew: false)
    }
    for child in node.value(of: "child_modules")?.elements ?? YAMLNode.Children() {
      add(module: child)
    }
  }

  private mutating func add(change node: YAMLNode) {
    // Of a deposed object only its end is of interest. What is deleted has no values afterwards.
    guard node.value(of: "deposed") == nil, let change = node.value(of: "change"),
      let after = change.value(of: "after"), after.isMapping
    else { return }
    let isNew = change.value(of: "actions")?.elements.contains { $0.has("create") } ?? false
    add(
      node, module: node.text(of: "module_address"), values: after,
      unknown: change.value(of: "after_unknown"), isNew: isNew)
  }

  private mutating func add(
    _ node: YAMLNode, module: String?, values: YAMLNode, unknown: YAMLNode?, isNew: Bool
  ) {
    guard values.isMapping, node.value(of: "mode")?.has("managed") == true,
      let type = node.text(of: "type"), Self.types.contains(type),
      let address = node.value(of: "address"), address.isScalar
    else { return }
    resources.append(
      TerraformResource(
        address: address.string, module: module.map { "\($0)." } ?? "", type: type, node: address,
        values: values, unknown: unknown, isNew: isNew))
  }

  private static let types: Set<String> = TerraformConfigMaps.types.union([
    "aws_eks_access_entry", "aws_eks_access_policy_association", "aws_eks_cluster",
  ])
}

extension ManifestFile {
  /// Whether the file is the JSON of `terraform show`, which nobody edits: it is made from a
  /// configuration or a state.
  public var isTerraform: Bool {
    stream.documents.contains { TerraformDocument.hasForm($0.root) }
  }
}
