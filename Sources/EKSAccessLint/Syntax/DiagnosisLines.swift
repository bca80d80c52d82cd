/// What the reasons of ``SyntaxDiagnosis`` ask of the lines.
extension SyntaxDiagnosis {
  func neitherKeyNorItem(_ index: Int) -> SyntaxReason {
    let line = lines.lines[index]
    let range = line.body..<line.range.upperBound
    return SyntaxReason(
      message: "\(lines.quoted(range)) is neither a key with a colon nor a list item",
      range: lines.fileRange(range), help: "remove the line, or write it as key: value or - item")
  }

  func contentRange(_ line: TextLines.Line) -> Range<Int> {
    lines.fileRange(line.content..<line.range.upperBound)
  }

  func rowNote(_ row: TextLines.Line) -> Finding.Note {
    Finding.Note("the row begins here", at: contentRange(row))
  }

  func columnHelp(_ row: TextLines.Line) -> String {
    "let all keys of the row begin at \(lines.column(row.bodyIndent))"
  }

  func contentIndex(before index: Int) -> Int? {
    lines.lines[..<index].lastIndex { $0.hasContent }
  }

  /// The line that begins the row around a line: a dash with a key, and nothing between that
  /// stands left of it.
  func rowStart(before index: Int) -> Int? {
    var indent = lines.isSection ? Int.max : lines.lines[index].indent
    for candidate in lines.lines.indices[..<index].reversed() {
      let line = lines.lines[candidate]
      guard line.hasContent else { continue }
      if line.isItem, line.key != nil, line.indent <= indent { return candidate }
      indent = min(indent, line.indent)
    }
    return nil
  }

  func firstRow() -> Int? {
    lines.lines[...index].firstIndex { $0.hasContent && $0.isItem && $0.key != nil }
  }
}
