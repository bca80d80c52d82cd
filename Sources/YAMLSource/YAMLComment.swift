/// A comment in a YAML text.
public struct YAMLComment: Sendable, Hashable {
  /// The bytes of the comment in the file, from `#` to the end of its line.
  public let range: Range<Int>
  /// The comment without `#` and the blanks around.
  public let text: String
  /// Whether nothing but blanks stands before it on its line.
  public let isAlone: Bool
}

extension YAMLStream {
  /// The comments of the text in order, outside of documents that do not parse.
  ///
  /// libyaml drops comments; they are found in the gaps that its scalars leave.
  public var comments: [YAMLComment] {
    guard mayHaveComments else { return [] }
    var finder = CommentFinder(source, map: map)
    for problem in problems { finder.skip(problem.extent) }
    for document in documents { finder.skipScalars(of: document.tree) }
    return finder.find()
  }
}

private struct CommentFinder {
  private let source: [UInt8]
  private let map: PositionMap?
  private var skipped: [Range<Int>] = []

  init(_ source: [UInt8], map: PositionMap?) {
    self.source = source
    self.map = map
  }

  mutating func skip(_ range: Range<Int>) {
    skipped.append(range)
  }

  mutating func skipScalars(of tree: YAMLTree) {
    for node in tree.nodes where node.kind == .scalar && node.start < node.end {
      guard node.style == .literal || node.style == .folded else {
        skipped.append(node.start..<node.end)
        continue
      }
      // The line of the indicator may end with a comment.
      var lineEnd = node.start
      while lineEnd < node.end, lineBreakLength(source, at: lineEnd, end: source.count) == 0 {
        lineEnd += 1
      }
      skipped.append(lineEnd..<node.end)
    }
  }

  mutating func find() -> [YAMLComment] {
    skipped.sort { $0.lowerBound < $1.lowerBound }
    var comments: [YAMLComment] = []
    var gap = 0
    for range in skipped {
      if gap < range.lowerBound { scan(gap..<range.lowerBound, into: &comments) }
      gap = max(gap, range.upperBound)
    }
    if gap < source.count { scan(gap..<source.count, into: &comments) }
    return comments
  }

  private func scan(_ gap: Range<Int>, into comments: inout [YAMLComment]) {
    var index = gap.lowerBound
    while index < gap.upperBound {
      guard source[index] == UInt8(ascii: "#"),
        index == 0 || [0x20, 0x09, 0x0A, 0x0D].contains(source[index - 1])
      else {
        index += 1
        continue
      }
      var end = index
      while end < gap.upperBound, lineBreakLength(source, at: end, end: gap.upperBound) == 0 {
        end += 1
      }
      let text = source[(index + 1)..<end].drop { $0 == 0x20 || $0 == 0x09 }
      comments.append(
        YAMLComment(
          range: map?.sourceRange(of: index..<end) ?? index..<end,
          text: String(decoding: text, as: UTF8.self).trimmingTrailingBlanks(),
          isAlone: isAlone(index)))
      index = end
    }
  }

  private func isAlone(_ start: Int) -> Bool {
    var index = start
    while index > 0, source[index - 1] == 0x20 || source[index - 1] == 0x09 { index -= 1 }
    return index == 0 || source[index - 1] == 0x0A || source[index - 1] == 0x0D
  }
}

extension String {
  fileprivate func trimmingTrailingBlanks() -> String {
    var text = Substring(self)
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
