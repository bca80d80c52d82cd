extension YAMLNode {
  /// Whether the value is text, as ``scalar`` has it. That makes the text first; this looks at the
  /// first byte and seldom further.
  package var isText: Bool {
    guard isScalar else { return false }
    if hasTypeOfStyle { return true }
    if case .string? = scalar { return true }
    return false
  }

  /// Whether the value is text to readers of YAML and of JSON alike, and that text is ``string``.
  package var isCommonText: Bool { isText && tag == nil && !hasJSONEscape }

  /// Whether the value is null, as ``scalar`` has it, without making its text.
  package var isNull: Bool {
    guard isScalar, !hasTypeOfStyle else { return false }
    if case .null? = scalar { return true }
    return false
  }

  /// Whether two scalars have the same text, byte by byte; collections count as empty.
  package func hasText(of other: YAMLNode) -> Bool {
    tree.nodes[index].count == other.tree.nodes[other.index].count && bytes == other.bytes
  }

  /// Whether the scalar is text by its quotes or by its first byte.
  private var hasTypeOfStyle: Bool {
    let node = tree.nodes[index]
    guard node.tag < 0 else { return false }
    guard node.style == .plain else { return true }
    return node.count > 0
      && !YAMLScalar.mayBeMoreThanText(first: tree.text[node.first], count: node.count)
  }
}
