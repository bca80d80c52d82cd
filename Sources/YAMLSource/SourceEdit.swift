/// A change of a file: bytes to replace, and the text that takes their place.
public struct SourceEdit: Sendable, Hashable {
  /// The bytes to replace; empty for an insertion.
  public var range: Range<Int>
  /// What takes their place.
  public var replacement: String

  /// Makes an edit.
  public init(range: Range<Int>, replacement: String) {
    self.range = range
    self.replacement = replacement
  }

  /// Applies edits that do not overlap, in any order.
  ///
  /// - Returns: The changed bytes, or `nil` when two edits overlap.
  public static func apply(_ edits: [SourceEdit], to bytes: [UInt8]) -> [UInt8]? {
    let sorted = edits.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var result: [UInt8] = []
    var position = 0
    for edit in sorted {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= bytes.count else {
        return nil
      }
      result += bytes[position..<edit.range.lowerBound]
      result += edit.replacement.utf8
      position = edit.range.upperBound
    }
    return result + bytes[position...]
  }
}

extension YAMLNode {
  /// The edit that gives a scalar another text, quoted where that is needed.
  ///
  /// - Returns: `nil` for an alias, a block scalar, or where the file around cannot hold the text.
  public func replacing(with text: String) -> SourceEdit? {
    guard isScalar, !isAlias else { return nil }
    let written: String
    switch style {
    case .plain: written = YAMLWriter.scalar(text)
    case .singleQuoted where !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x27 }):
      written = "'\(text)'"
    case .singleQuoted, .doubleQuoted: written = YAMLWriter.doubleQuoted(text)
    case .literal, .folded: return nil
    }
    return edit(range: range, writing: written)
  }

  /// The edit that puts a scalar in double quotes as it is written.
  public var quoting: SourceEdit? {
    guard isScalar, !isAlias, style == .plain else { return nil }
    return edit(range: range, writing: YAMLWriter.doubleQuoted(string))
  }

  /// The edit that adds items to a sequence behind its last one.
  ///
  /// - Returns: `nil` for an alias, or where the file around cannot hold the text.
  public func appending(_ texts: String...) -> SourceEdit? {
    appending(texts)
  }

  /// The edit that adds items to a sequence behind its last one.
  ///
  /// - Returns: `nil` for an alias, or where the file around cannot hold the text.
  public func appending(_ texts: [String]) -> SourceEdit? {
    guard isSequence, !isAlias else { return nil }
    let items = texts.map(YAMLWriter.scalar)
    let last = elements.reduce(nil) { $1 }
    if isFlow {
      let list = items.joined(separator: ", ")
      guard let last else { return edit(range: range, writing: "[\(list)]") }
      let end = last.range.upperBound
      return edit(range: end..<end, writing: ", " + list)
    }
    guard let last, !last.isAlias, last.isScalar, last.style != .literal, last.style != .folded
    else { return nil }
    let end = last.range.upperBound
    let margin = String(repeating: " ", count: tree.column(of: tree.nodes[index].start))
    return edit(range: end..<end, writing: items.map { "\n\(margin)- \($0)" }.joined())
  }

  /// The edit that writes several items in place of one item of a sequence.
  ///
  /// - Returns: `nil` for an alias or a block scalar, or where the file around cannot hold the text.
  public func replacing(item: YAMLNode, with texts: [String]) -> SourceEdit? {
    guard isSequence, !isAlias, item.isScalar, !item.isAlias, !texts.isEmpty,
      item.style != .literal, item.style != .folded
    else { return nil }
    let margin = String(repeating: " ", count: tree.column(of: tree.nodes[index].start))
    let items = texts.map(YAMLWriter.scalar)
    return edit(
      range: item.range, writing: items.joined(separator: isFlow ? ", " : "\n\(margin)- "))
  }

  /// The edit that writes YAML in place of a range of the file that belongs to this node's text.
  public func edit(range: Range<Int>, writing yaml: String) -> SourceEdit? {
    guard let map = tree.map else { return SourceEdit(range: range, replacement: yaml) }
    return map.sourceText(for: yaml).map { SourceEdit(range: range, replacement: $0) }
  }
}

extension YAMLTree {
  /// The characters between the start of the line and an offset of the text.
  func column(of offset: Int) -> Int {
    var start = offset
    while start > 0, source[start - 1] != 0x0A, source[start - 1] != 0x0D { start -= 1 }
    return source[start..<offset].count { $0 & 0xC0 != 0x80 }
  }
}

extension YAMLNode {
  /// The bytes of the node in the text that was parsed: the file, or the scalar that holds it.
  package var textRange: Range<Int> {
    tree.nodes[written].start..<tree.nodes[written].end
  }

  /// The bytes of the node in the text that was parsed, from its tag or anchor on.
  package var fullTextRange: Range<Int> {
    tree.nodes[written].outset..<tree.nodes[written].end
  }
}

extension PositionMap {
  /// The columns before each line of a block scalar; 0 for other scalars and empty ones.
  package var margin: Int { layers.first?.indentation ?? 0 }
}
