import YAMLSource

/// The expressions of a configuration, as a plan tells them: constants, and what others refer to.
///
/// Values of `locals` and the text of expressions are not part of a plan.
struct TerraformConfiguration: Sendable {
  /// By address without indices: the expressions of a resource (`module.m.aws_eks_cluster.this`),
  /// that of a module's output (`module.m.name`), and the one that is given for a module's variable
  /// (`module.m.var.name`).
  private var expressions: [String: YAMLNode] = [:]

  init(_ node: YAMLNode) {
    if let module = node.value(of: "root_module") { add(module, prefix: "") }
  }

  private mutating func add(_ module: YAMLNode, prefix: String) {
    for resource in module.value(of: "resources")?.elements ?? YAMLNode.Children() {
      guard let address = resource.text(of: "address") else { continue }
      expressions[prefix + address] = resource.value(of: "expressions")
    }
    for output in module.value(of: "outputs")?.pairs ?? YAMLNode.Pairs() {
      expressions[prefix + output.key.string] = output.value.value(of: "expression")
    }
    for call in module.value(of: "module_calls")?.pairs ?? YAMLNode.Pairs() {
      let prefix = "\(prefix)module.\(call.key.string)."
      for argument in call.value.value(of: "expressions")?.pairs ?? YAMLNode.Pairs() {
        expressions["\(prefix)var.\(argument.key.string)"] = argument.value
      }
      if let module = call.value.value(of: "module") { add(module, prefix: prefix) }
    }
  }

  /// The expression or expressions of an address, whose indices do not matter.
  subscript(_ address: String) -> YAMLNode? {
    expressions[TerraformAddress.withoutIndices(address)]
  }

  /// What an expression refers to, without what is implied: of `a.b.c`, `a.b` only the first.
  static func references(of expression: YAMLNode) -> [String] {
    var heads: [String] = []
    for node in expression.value(of: "references")?.elements ?? YAMLNode.Children() {
      let reference = node.string
      let isImplied =
        heads.last.map {
          $0.hasPrefix("\(reference).") || $0.hasPrefix("\(reference)[") || $0 == reference
        } ?? false
      if !isImplied { heads.append(reference) }
    }
    return heads
  }
}
