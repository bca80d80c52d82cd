extension YAMLNode {
  /// The edit that takes an element out of a sequence that has another one behind it: the lines of
  /// the element, or its text and the comma. Comments before and behind it stay.
  ///
  /// - Parameters:
  ///   - element: An element of this sequence.
  ///   - next: The element behind it.
  /// - Returns: `nil` where the element shares its lines with something else, where it has an anchor
  ///   that others may need, or where the file around does not keep line breaks as they are.
  public func removing(_ element: YAMLNode, before next: YAMLNode) -> SourceEdit? {
    guard isSequence, !isAlias, !tree.hasAnchor(element.written) else { return nil }
    let range =
      isFlow
      ? tree.nodes[element.written].outset..<tree.nodes[next.written].outset
      : tree.lines(ofItem: element.written)
    guard let range, isFlow || tree.map?.keepsLines != false else { return nil }
    // Both ends are beginnings: in a block scalar the margin before the first line stays, and is
    // the margin of the line that follows.
    let lower = tree.fileRange(range.lowerBound..<range.lowerBound).lowerBound
    let upper = tree.fileRange(range.upperBound..<range.upperBound).lowerBound
    return SourceEdit(range: lower..<upper, replacement: "")
  }
}

extension YAMLTree {
  /// Whether a node or one inside of it has an anchor; a tag counts as one.
  fileprivate func hasAnchor(_ index: Int) -> Bool {
    (index..<nodes[index].next).contains { nodes[$0].outset < nodes[$0].start }
  }

  /// The lines of an item of a block sequence, if they hold nothing else.
  fileprivate func lines(ofItem index: Int) -> Range<Int>? {
    var dash = nodes[index].outset
    repeat {
      guard dash > 0 else { return nil }
      dash -= 1
    } while source[dash] == 0x20
    guard source[dash] == UInt8(ascii: "-") else { return nil }
    var start = dash
    while start > 0, source[start - 1] == 0x20 { start -= 1 }
    guard start == 0 || source[start - 1] == 0x0A else { return nil }
    guard let last = (index..<nodes[index].next).max(by: { content($0) < content($1) }) else {
      return nil
    }
    var end = content(last)
    while end < source.count, source[end - 1] != 0x0A { end += 1 }
    // Empty lines go too: one that stays would keep a margin of nothing but blanks.
    var next = end
    while next < source.count, [0x20, 0x0D, 0x0A].contains(source[next]) {
      next += 1
      if source[next - 1] == 0x0A { end = next }
    }
    return start..<end
  }

  /// Where the text of a node ends; a block collection has none besides that of its children.
  private func content(_ index: Int) -> Int {
    let node = nodes[index]
    return node.kind == .scalar || node.kind == .alias || node.isFlow ? node.end : node.start
  }
}

extension PositionMap {
  /// Whether every text around keeps line breaks where they are.
  fileprivate var keepsLines: Bool {
    layers.allSatisfy { $0.style == .literal || $0.style == .doubleQuoted }
  }
}
