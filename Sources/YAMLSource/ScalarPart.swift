extension YAMLNode {
  /// A part of a scalar's text as a scalar of its own, whose places are those of the file.
  ///
  /// - Parameter range: Bytes of ``bytes``, counted from 0.
  /// - Returns: `nil` for a collection and for bytes that the text does not have.
  package func part(_ range: Range<Int>) -> YAMLNode? {
    let source = Array(bytes)
    guard isScalar, let map = positionMap, range.upperBound <= source.count else { return nil }
    var node = YAMLTree.Node(kind: .scalar, style: .literal, range: range, next: 1)
    node.count = range.count
    let segment = PositionMap.Segment(
      text: 0, textCount: range.count, source: range.lowerBound, sourceCount: range.count)
    let layer = PositionMap.Layer(
      segments: [segment], textCount: range.count, sourceEnd: range.upperBound, style: .literal,
      indentation: 0)
    let tree = YAMLTree(
      source: source, nodes: [node], text: Array(source[range]), tags: [],
      blocks: [YAMLTree.Block(node: 0, layer: layer)], map: map)
    return YAMLNode(tree, 0)
  }

  /// The characters before the node on its line of the text that was parsed.
  package var column: Int { tree.column(of: tree.nodes[written].start) }
}
