public import YAMLSource

/// An object of a manifest: a mapping with `apiVersion` and `kind`, or a fragment of one.
public struct KubernetesObject: Sendable {
  /// The mapping.
  public let node: YAMLNode
  /// The value of `kind`, if there is one.
  public let kind: YAMLNode?
  /// The value of `metadata`, if it is a mapping.
  public let metadata: YAMLNode?
  /// Whether the object is a resource in the JSON of Terraform, which has neither `kind` nor
  /// `apiVersion`.
  public private(set) var isTerraform = false

  /// Takes a mapping as an object; `nil` for other nodes.
  public init?(_ node: YAMLNode) {
    guard node.isMapping else { return nil }
    self.node = node
    kind = node.value(of: "kind")
    metadata = node.value(of: "metadata").flatMap { $0.isMapping ? $0 : nil }
  }

  /// Takes the values of a ConfigMap in the JSON of Terraform, where a block is a list of one.
  init(terraform values: YAMLNode) {
    node = values
    kind = nil
    metadata = values.value(of: "metadata")?.elements.first { $0.isMapping }
    isTerraform = true
  }

  /// The value of `metadata.name`.
  public var name: YAMLNode? { metadata?.value(of: "name") }
  /// The value of `metadata.namespace`.
  public var namespace: YAMLNode? { metadata?.value(of: "namespace") }

  /// Where to point for something that the object lacks: its kind, or its first key.
  public var headRange: Range<Int> {
    kind?.range ?? node.pairs.first?.key.range ?? node.range
  }

  /// Whether neither `kind` nor `apiVersion` is there: a patch, a snippet, values of a chart.
  public var isFragment: Bool {
    isTerraform ? name == nil : kind == nil && node.value(of: "apiVersion") == nil
  }

  /// The objects of a document: the items of a `List`, also of one within another as kubectl takes
  /// them, otherwise the document's root.
  static func objects(of document: YAMLDocument) -> [KubernetesObject] {
    objects(in: document.root)
  }

  private static func objects(in node: YAMLNode) -> [KubernetesObject] {
    guard let object = KubernetesObject(node) else { return [] }
    guard object.isList, let items = object.node.value(of: "items") else { return [object] }
    return items.elements.flatMap { objects(in: $0) }
  }

  private var isList: Bool {
    guard let kind, kind.isScalar else { return false }
    return kind.bytes.suffix(4).elementsEqual("List".utf8)
  }
}
