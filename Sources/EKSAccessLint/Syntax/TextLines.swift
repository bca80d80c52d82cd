import YAMLSource

/// The lines of a text that does not parse, for telling a person which one to change.
///
/// The text is a document of the file, or what stands in a section of aws-auth. Offsets are those
/// of the text; ``fileRange(_:)`` gives their places in the file.
struct TextLines {
  struct Line {
    /// The line from its first byte to the last one that is no blank.
    var range: Range<Int>
    /// The first byte that is neither blank nor tab.
    var content: Int
    /// Behind the dashes that begin the line.
    var body: Int
    /// The key that the line begins with, behind its dashes.
    var key: Range<Int>?
    /// The value that follows the key on the same line.
    var value: Range<Int>?
    /// Whether the value is the `|` or `>` of a block.
    var beginsBlock = false
    var hasTab = false
    var isComment = false
    /// Whether a dash stands right before a word.
    var hasGluedDash = false

    var indent: Int { content - range.lowerBound }
    var bodyIndent: Int { body - range.lowerBound }
    var isItem: Bool { body > content }
    var hasContent: Bool { content < range.upperBound && !isComment }
  }

  let bytes: [UInt8]
  private(set) var lines: [Line] = []
  /// The columns of the file before the text of each line; `nil` for a quoted text.
  private let margin: Int?
  private let base: Int
  private let map: PositionMap?

  /// Whether the text is that of a section, not a document.
  var isSection: Bool { map != nil }

  /// The lines of a range of the file.
  init(_ range: Range<Int>, of file: [UInt8]) {
    // A document begins behind the blanks of its first line, which belong to its indentation.
    var start = range.lowerBound
    while start > 0, file[start - 1] == 0x20 { start -= 1 }
    bytes = Array(file[start..<range.upperBound])
    base = start
    map = nil
    margin = 0
    scan()
  }

  /// The lines of the text that a scalar holds.
  init(textOf node: YAMLNode, in file: [UInt8]) {
    bytes = Array(node.bytes)
    base = 0
    map = node.positionMap
    var margin: Int?
    if node.style == .literal, let map, let first = bytes.firstIndex(where: { $0 > 0x20 }) {
      let textStart = bytes[..<first].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let place = map.sourceRange(of: first..<(first + 1)).lowerBound
      let fileStart = file[..<place].lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
      margin = max(0, place - fileStart - (first - textStart))
    }
    self.margin = margin
    scan()
  }

  private mutating func scan() {
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      lines.append(line(start..<end))
      if end + 1 < bytes.count, bytes[end] == 0x0D, bytes[end + 1] == 0x0A { end += 1 }
      start = end + 1
    }
  }

  /// The place in the file of a range of the text.
  func fileRange(_ range: Range<Int>) -> Range<Int> {
    map?.sourceRange(of: range) ?? (range.lowerBound + base)..<(range.upperBound + base)
  }

  /// The place in the text of an offset of the file.
  func offset(ofFile place: Int) -> Int {
    guard let map else { return min(max(place - base, 0), bytes.count) }
    var low = 0
    var high = bytes.count
    while low < high {
      let middle = (low + high) / 2
      if map.sourceRange(of: middle..<(middle + 1)).upperBound <= place {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  /// The line of an offset.
  func index(of offset: Int) -> Int {
    (lines.lastIndex { $0.range.lowerBound <= offset }) ?? 0
  }

  /// The column behind a number of blanks, in the words of messages: of the file where lines of
  /// the text are lines of the file.
  func column(_ indent: Int) -> String {
    "column \(indent + (margin ?? 0) + 1)" + (margin == nil ? " of the text" : "")
  }

  /// A part of the text, shortened for messages.
  func quoted(_ range: Range<Int>) -> String {
    let text = String(decoding: bytes[range], as: UTF8.self)
    if text.count > 48 { return "\"\(text.prefix(45))…\"" }
    let isQuoted = text.count > 1 && text.first == "\"" && text.last == "\""
    return isQuoted ? text : "\"\(text)\""
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func line(_ range: Range<Int>) -> Line {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(end - 1) { end -= 1 }
    var index = range.lowerBound
    while index < end, isBlank(index) { index += 1 }
    var line = Line(range: range.lowerBound..<end, content: index, body: index)
    line.hasTab = bytes[range.lowerBound..<index].contains(0x09)
    guard index < end else { return line }
    line.isComment = bytes[index] == UInt8(ascii: "#")
    while index < end, bytes[index] == UInt8(ascii: "-") {
      guard index + 1 < end else {
        index = end
        break
      }
      guard isBlank(index + 1) else { break }
      while index + 1 < end, isBlank(index + 1) { index += 1 }
      index += 1
    }
    line.body = index
    guard index < end, !line.isComment else { return line }
    line.hasGluedDash =
      bytes[index] == UInt8(ascii: "-") && index + 1 < end
      && (isWordStart(bytes[index + 1]) || [0x22, 0x27].contains(bytes[index + 1]))
    findKey(in: index..<end, of: &line)
    return line
  }

  private func findKey(in content: Range<Int>, of line: inout Line) {
    var index = content.lowerBound
    let first = bytes[index]
    if first == 0x22 || first == 0x27 {
      guard let close = bytes[(index + 1)..<content.upperBound].firstIndex(of: first) else {
        return
      }
      index = close + 1
    } else if "{[&*!|>%@`".utf8.contains(first) {
      return
    }
    while index < content.upperBound {
      if bytes[index] == UInt8(ascii: ":"), index + 1 == content.upperBound || isBlank(index + 1) {
        break
      }
      if bytes[index] == UInt8(ascii: "#"), isBlank(index - 1) { return }
      index += 1
    }
    guard index < content.upperBound else { return }
    var keyEnd = index
    while keyEnd > content.lowerBound, isBlank(keyEnd - 1) { keyEnd -= 1 }
    line.key = content.lowerBound..<keyEnd
    index += 1
    while index < content.upperBound, isBlank(index) { index += 1 }
    if index < content.upperBound, bytes[index] != UInt8(ascii: "#") {
      line.value = index..<content.upperBound
      line.beginsBlock = bytes[index] == UInt8(ascii: "|") || bytes[index] == UInt8(ascii: ">")
    }
  }

  private func isBlank(_ index: Int) -> Bool { bytes[index] == 0x20 || bytes[index] == 0x09 }

  private func isWordStart(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
  }
}
