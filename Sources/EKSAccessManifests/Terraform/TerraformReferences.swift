import YAMLSource

/// Follows references from resource to resource, so that equal unknown values get equal texts.
struct TerraformReferences {
  private let configuration: TerraformConfiguration?
  private var resources: [String: TerraformResource] = [:]
  /// References may go in a circle in a file that was not made by Terraform.
  private static let depth = 16

  init(_ document: TerraformDocument) {
    configuration = document.configuration
    for resource in document.resources { resources[resource.address] = resource }
  }

  /// The value of an attribute, or a text for what it refers to; `nil` for one that is not set.
  func value(of attribute: StaticString, in resource: TerraformResource) -> AccessValue? {
    value(of: attribute, in: resource, depth: 0)
  }

  /// Whether a part of an attribute will be known only when the plan is carried out.
  func isUnknown(_ attribute: StaticString, in resource: TerraformResource) -> Bool {
    if resource.unknown != nil { return resource.isUnknown(attribute) }
    // Planned values by themselves leave out what is not known.
    let isMissing = resource.values.value(of: attribute).map { $0.scalar == .null } ?? true
    return isMissing
      && expression(of: attribute, in: resource)?.value(of: "references") != nil
  }

  private func expression(
    of attribute: StaticString, in resource: TerraformResource
  ) -> YAMLNode? {
    configuration?[resource.address]?.value(of: attribute)
  }

  private func value(
    of attribute: StaticString, in resource: TerraformResource, depth: Int
  ) -> AccessValue? {
    if let node = resource.values.value(of: attribute), node.isScalar, node.scalar != .null {
      return .text(node.string)
    }
    guard isUnknown(attribute, in: resource) else { return nil }
    let own = "\(resource.address).\(attribute)"
    guard let expression = expression(of: attribute, in: resource) else { return .reference(own) }
    let place = Place(
      module: resource.module, index: resource.index, attribute: attribute, text: own)
    return value(of: expression, at: place, depth)
  }

  /// Where an expression stands.
  private struct Place {
    /// The module, with a dot at its end.
    var module: String
    /// The index that `each.key` and `count.index` mean.
    var index: String
    /// The attribute that it is for.
    var attribute: StaticString
    /// What to say where nothing else tells the expression's value from others.
    var text: String

    var isARN: Bool { ["principal_arn", "policy_arn"].contains("\(attribute)") }
  }

  private func value(
    of expression: YAMLNode, at place: Place, _ depth: Int
  ) -> AccessValue {
    if let constant = expression.value(of: "constant_value"), constant.isScalar,
      constant.scalar != .null
    {
      return .text(constant.string)
    }
    var isIndexed = false
    var heads: [String] = []
    for head in TerraformConfiguration.references(of: expression) {
      if head == "each.key" || head == "count.index" {
        isIndexed = true
      } else if head.hasPrefix("each.") {
        return .reference(place.text)
      } else {
        heads.append(head)
      }
    }
    // A part of an ARN, such as an account, says nothing of the rest.
    guard let head = heads.first,
      !place.isARN || heads.count == 1 && Self.isARN(head, isIndexed: isIndexed)
    else { return .reference(place.text) }
    if heads.count > 1 {
      let index = isIndexed ? place.index : ""
      return .reference(place.module + heads.joined(separator: ",") + index)
    }
    guard isIndexed else { return value(of: head, at: place, depth) }
    // `this[each.key].arn` is told as `this` and `each.key`; what follows the index is left out.
    let indexed = head + place.index
    if let resource = resources[place.module + indexed], depth < Self.depth,
      let value = value(of: place.attribute, in: resource, depth: depth + 1)
    {
      return value
    }
    return .reference(place.module + indexed)
  }

  /// Whether a reference is to a whole ARN, by its name.
  private static func isARN(_ reference: String, isIndexed: Bool) -> Bool {
    let parts = TerraformAddress.components(of: reference)
    let name = TerraformAddress.withoutIndices(parts.last ?? "").lowercased()
    return name.contains("arn")
      || isIndexed && parts.count == 2
        && ["aws_iam_role", "aws_iam_user", "aws_eks_access_entry"].contains(parts[0])
  }

  private func value(of reference: String, at place: Place, _ depth: Int) -> AccessValue {
    let text = place.module + reference
    let parts = TerraformAddress.components(of: reference)
    guard depth < Self.depth, let name = parts.dropFirst().first else { return .reference(text) }
    if parts[0] == "var" {
      return argument(of: name, parts.count == 2, at: place, depth) ?? .reference(text)
    }
    guard parts.count == 3 else { return .reference(text) }
    if parts[0] == "module" {
      let module = "\(place.module)module.\(name)."
      guard let expression = configuration?[module + parts[2]] else { return .reference(text) }
      let inner = Place(module: module, index: "", attribute: place.attribute, text: text)
      return value(of: expression, at: inner, depth + 1)
    }
    if let resource = resources["\(place.module)\(parts[0]).\(name)"],
      let attribute = Self.attribute(parts[2], of: resource.type),
      let value = value(of: attribute, in: resource, depth: depth + 1)
    {
      return value
    }
    return .reference(text)
  }

  /// The value that a module is called with for a variable.
  private func argument(
    of variable: String, _ isWhole: Bool, at place: Place, _ depth: Int
  ) -> AccessValue? {
    guard isWhole, !place.module.isEmpty,
      let expression = configuration?["\(place.module)var.\(variable)"]
    else { return nil }
    let path = TerraformAddress.components(of: place.module).dropLast()
    let parent = path.dropLast(2).map { "\($0)." }.joined()
    let outer = Place(
      module: parent, index: TerraformAddress.index(of: path.last ?? ""),
      attribute: place.attribute, text: "\(place.module)var.\(variable)")
    return value(of: expression, at: outer, depth + 1)
  }

  /// The attributes of resources that repeat what others wrote.
  private static func attribute(_ name: String, of type: String) -> StaticString? {
    switch (type, name) {
    case ("aws_eks_cluster", "name"), ("aws_eks_cluster", "id"): "name"
    case ("aws_eks_cluster", _): nil
    case (_, "cluster_name"): "cluster_name"
    case (_, "principal_arn"): "principal_arn"
    default: nil
    }
  }
}
