import YAMLSource

/// The lines of a file, found where they are needed.
struct FileLines {
  let bytes: [UInt8]
  /// The line break that the file uses: CRLF where its first line ends so.
  let lineBreak: String

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let first = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D }
    switch first.map({ bytes[$0...].prefix(2) }) {
    case [0x0D, 0x0A]?: lineBreak = "\r\n"
    case let found? where found.first == 0x0D: lineBreak = "\r"
    default: lineBreak = "\n"
    }
  }

  func lineStart(_ offset: Int) -> Int {
    (bytes[..<offset].lastIndex { $0 == 0x0A || $0 == 0x0D } ?? -1) + 1
  }

  /// The end of a line before its line break.
  func lineEnd(_ offset: Int) -> Int {
    bytes[offset...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
  }

  /// The characters between the start of the line and an offset.
  func column(_ offset: Int) -> Int {
    var start = lineStart(offset)
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
    return bytes[start..<offset].count { $0 & 0xC0 != 0x80 }
  }

  private func lineBreakLength(at offset: Int) -> Int {
    guard offset < bytes.count else { return 0 }
    if bytes[offset] == 0x0D {
      return offset + 1 < bytes.count && bytes[offset + 1] == 0x0A ? 2 : 1
    }
    return bytes[offset] == 0x0A ? 1 : 0
  }

  func lineBreakLength(before offset: Int) -> Int {
    guard offset > 0 else { return 0 }
    if bytes[offset - 1] == 0x0A { return offset > 1 && bytes[offset - 2] == 0x0D ? 2 : 1 }
    return bytes[offset - 1] == 0x0D ? 1 : 0
  }

  /// Whole lines with their line breaks.
  func lines(around range: Range<Int>) -> Range<Int> {
    let end = lineEnd(range.upperBound)
    return lineStart(range.lowerBound)..<(end + lineBreakLength(at: end))
  }

  /// Lines as they are written into the file, without a line break behind the last one.
  func text(_ lines: [String], margin: Int) -> String {
    let space = String(repeating: " ", count: margin)
    return lines.map { $0.isEmpty ? "" : space + $0 }.joined(separator: lineBreak)
  }

  /// The edit that writes lines below the line of an offset.
  func inserting(_ lines: [String], behind offset: Int, margin: Int) -> SourceEdit {
    let text = text(lines, margin: margin)
    let end = lineEnd(offset)
    let length = lineBreakLength(at: end)
    return length == 0
      ? SourceEdit(range: end..<end, replacement: lineBreak + text)
      : SourceEdit(range: (end + length)..<(end + length), replacement: text + lineBreak)
  }

  /// Lines to remove: where the last line of the file has no line break, the one before goes.
  func withLineBreak(_ lines: Range<Int>) -> Range<Int> {
    guard lineBreakLength(before: lines.upperBound) == 0 else { return lines }
    return (lines.lowerBound - lineBreakLength(before: lines.lowerBound))..<lines.upperBound
  }

  /// The lines and the empty one above them that keeps them from being folded into the line before.
  func withFoldingLine(_ lines: Range<Int>, notBefore start: Int, margin: Int) -> Range<Int> {
    let length = lineBreakLength(before: lines.lowerBound)
    let blank = lines.lowerBound - length
    guard length > 0, blank > start, lineStart(blank) == blank else { return lines }
    let above = lineStart(blank - lineBreakLength(before: blank))
    guard above > start, above + margin < blank,
      bytes[above + margin] != 0x20, bytes[above + margin] != 0x09
    else { return lines }
    return blank..<lines.upperBound
  }
}
