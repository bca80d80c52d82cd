import YAMLSource

/// The text of a section as lines, and the bytes to change so that it gets or loses some.
///
/// In a block scalar lines of the text are lines of the file behind a margin. In a quoted scalar
/// they are parts of it, with line breaks written as escapes or as empty lines.
struct SectionLines {
  let file: FileLines
  let value: YAMLNode
  let text: [UInt8]
  /// The columns before each line that is written into the file.
  let margin: Int
  private let map: PositionMap

  /// Takes the text of a scalar; `margin` is for one that shows none.
  init?(_ file: FileLines, _ value: YAMLNode, margin: Int) {
    guard let map = value.positionMap else { return nil }
    self.file = file
    self.value = value
    self.map = map
    text = Array(value.bytes)
    let isBlock = value.style == .literal || value.style == .folded
    self.margin = isBlock && text.contains { $0 != 0x0A } ? map.margin : margin
  }

  private var isBlock: Bool { value.style == .literal || value.style == .folded }
  /// How the text ends its lines.
  private var lineBreak: String {
    guard !isBlock, let first = text.firstIndex(of: 0x0A), first > 0, text[first - 1] == 0x0D
    else { return "\n" }
    return "\r\n"
  }

  func lineStart(_ offset: Int) -> Int {
    (text[..<offset].lastIndex(of: 0x0A) ?? -1) + 1
  }

  /// The start of the next line, or the end of the text.
  func nextLine(_ offset: Int) -> Int {
    text[offset...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
  }

  /// The end of the line before its line break.
  func lineEnd(_ offset: Int) -> Int {
    contentEnd(of: lineStart(offset)..<nextLine(offset))
  }

  func column(_ offset: Int) -> Int { offset - lineStart(offset) }

  /// The end of the last line that is not blank; `nil` where all are.
  var contentEnd: Int? {
    text.lastIndex { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 && $0 != 0x09 }
      .map { contentEnd(of: lineStart($0)..<nextLine($0)) }
  }

  private func contentEnd(of lines: Range<Int>) -> Int {
    var end = lines.upperBound
    if end > lines.lowerBound, text[end - 1] == 0x0A { end -= 1 }
    if end > lines.lowerBound, text[end - 1] == 0x0D { end -= 1 }
    return end
  }

  /// The lines of a row of a list, with their line breaks; `nil` where something else is on them.
  func lines(of row: YAMLNode, dashColumn: Int) -> Range<Int>? {
    var start = lineStart(row.fullTextRange.lowerBound)
    while !isItem(at: start, dashColumn) {
      guard start > 0 else { return nil }
      start = lineStart(start - 1)
    }
    return start..<nextLine(max(start, row.fullTextRange.upperBound))
  }

  /// The lines and the comments right below that are indented deeper than the dash.
  func withComments(_ lines: Range<Int>, dashColumn: Int) -> Range<Int> {
    var end = lines.upperBound
    while end < text.count {
      let blanks = text[end...].prefix { $0 == 0x20 }.count
      guard blanks > dashColumn, end + blanks < text.count,
        text[end + blanks] == UInt8(ascii: "#")
      else { break }
      end = nextLine(end)
    }
    return lines.lowerBound..<end
  }

  /// The lines and an empty one right above them.
  func withBlankLine(_ lines: Range<Int>) -> Range<Int> {
    let start = lines.lowerBound
    guard value.style != .folded, start > 0 else { return lines }
    let above = lineStart(start - 1)
    return text[above..<start].allSatisfy { $0 == 0x0A || $0 == 0x0D }
      ? above..<lines.upperBound : lines
  }

  private func isItem(at start: Int, _ column: Int) -> Bool {
    let dash = start + column
    guard dash < text.count, text[dash] == UInt8(ascii: "-"),
      text[start..<dash].allSatisfy({ $0 == 0x20 })
    else { return false }
    return dash + 1 == text.count || [0x20, 0x09, 0x0A, 0x0D].contains(text[dash + 1])
  }

  // MARK: Changes

  /// The edit that writes lines behind some others, or before all where there are none.
  func inserting(_ lines: [String], behind others: Range<Int>?) -> SourceEdit? {
    guard isBlock else { return insertingQuoted(lines, behind: others) }
    guard let others else {
      return file.inserting(lines, behind: value.range.lowerBound, margin: margin)
    }
    let end = contentEnd(of: others)
    guard end > 0 else { return nil }
    let first = text[lineStart(end)]
    // Two lines at the margin of a folded scalar are one line, but for an empty one between them.
    let isFolding = value.style == .folded && first != 0x20 && first != 0x09
    let last = map.sourceRange(of: (end - 1)..<end)
    return file.inserting(
      isFolding ? [""] + lines : lines, behind: last.upperBound, margin: margin)
  }

  private func insertingQuoted(_ lines: [String], behind others: Range<Int>?) -> SourceEdit? {
    let joined = lines.joined(separator: lineBreak)
    guard let others else {
      let isAlone = text.isEmpty && value.style == .singleQuoted
      return replacing(0..<0, with: isAlone ? joined : joined + lineBreak)
    }
    let end = others.upperBound
    let isEnded = contentEnd(of: others) < end
    return replacing(end..<end, with: isEnded ? joined + lineBreak : lineBreak + joined)
  }

  /// The edits that take out lines, given in order.
  func removing(_ ranges: [Range<Int>]) -> [SourceEdit]? {
    let merged = ranges.reduce(into: [Range<Int>]()) { merged, range in
      if let last = merged.last, last.upperBound >= range.lowerBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    let edits = merged.compactMap { isBlock ? removingBlock($0) : removingQuoted($0) }
    return edits.count == merged.count ? edits : nil
  }

  private func removingBlock(_ range: Range<Int>) -> SourceEdit {
    var lines = fileLines(range)
    if value.style == .folded, text[range.upperBound...].allSatisfy({ $0 == 0x0A }) {
      lines = file.withFoldingLine(lines, notBefore: value.range.lowerBound, margin: margin)
    }
    return SourceEdit(range: file.withLineBreak(lines), replacement: "")
  }

  private func removingQuoted(_ range: Range<Int>) -> SourceEdit? {
    var lower = place(range.lowerBound)
    if contentEnd(of: range) == range.upperBound, range.lowerBound > 0 {
      let above = lineStart(range.lowerBound - 1)..<range.lowerBound
      lower = end(contentEnd(of: above))
    }
    return SourceEdit(range: lower..<max(lower, place(range.upperBound)), replacement: "")
  }

  /// The edit that writes lines in place of others.
  func replacing(lines range: Range<Int>, with lines: [String]) -> SourceEdit? {
    let end = contentEnd(of: range)
    guard isBlock else {
      return replacing(range.lowerBound..<end, with: lines.joined(separator: lineBreak))
    }
    let place = fileLines(range)
    let text = file.text(lines, margin: margin)
    let length = file.lineBreakLength(before: place.upperBound)
    return SourceEdit(
      range: place.lowerBound..<(place.upperBound - length), replacement: text)
  }

  /// The edit that writes something in place of a part of the text; `nil` where the scalar's style
  /// cannot hold it.
  func replacing(_ range: Range<Int>, with text: String) -> SourceEdit? {
    let written: String?
    switch value.style {
    case .plain: written = nil
    case .folded: written = text.utf8.contains(0x0A) ? nil : text
    case .literal:
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      let space = String(repeating: " ", count: margin)
      written = lines.joined(separator: file.lineBreak + space)
    case .singleQuoted: written = singleQuoted(text)
    case .doubleQuoted: written = map.sourceText(for: text)
    }
    guard let written else { return nil }
    let lower = range.isEmpty ? nil : place(range.lowerBound)
    let upper = range.isEmpty && !isBlock ? place(range.upperBound) : end(range.upperBound)
    return SourceEdit(range: (lower ?? upper)..<upper, replacement: written)
  }

  private func singleQuoted(_ text: String) -> String? {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    func isBlank(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
    // Blanks around a line break are not part of a quoted scalar.
    guard lines.dropFirst().allSatisfy({ !isBlank($0.utf8.first) }),
      lines.dropLast().allSatisfy({ !isBlank($0.utf8.last) }),
      lines.dropFirst().dropLast().allSatisfy({ !$0.isEmpty })
    else { return nil }
    let space = file.lineBreak + file.lineBreak + String(repeating: " ", count: margin)
    return lines.map {
      $0.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    }.joined(separator: space)
  }

  // MARK: Places

  private func fileLines(_ range: Range<Int>) -> Range<Int> {
    let source = map.sourceRange(of: range.lowerBound..<contentEnd(of: range))
    return file.lines(around: source)
  }

  /// Where a byte of the text stands in the file; at the end of the text, the end of the scalar.
  private func place(_ offset: Int) -> Int {
    guard offset < text.count else {
      return value.range.upperBound - (isBlock || value.style == .plain ? 0 : 1)
    }
    return map.sourceRange(of: offset..<offset).lowerBound
  }

  /// The end of what stands in the file for the byte before.
  private func end(_ offset: Int) -> Int {
    offset == 0 ? place(0) : map.sourceRange(of: (offset - 1)..<offset).upperBound
  }
}
