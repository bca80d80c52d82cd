import EKSAccessManifests
import YAMLSource

extension SyntaxDiagnosis {
  /// A text after `|` that ends before it was meant to, because a line is not indented enough.
  func earlyEnd() -> SyntaxReason? {
    guard problem.kind == .syntax, !lines.lines.isEmpty,
      let header = lines.lines[...index].lastIndex(where: { $0.beginsBlock }),
      let key = lines.lines[header].key,
      let first = lines.lines[(header + 1)...].firstIndex(where: { !$0.isEmpty }),
      first <= index
    else { return nil }
    let name = lines.quoted(key)
    let keyIndent = lines.lines[header].bodyIndent
    let notes = [Finding.Note("the key of the text", at: lines.fileRange(key))]
    let indent = lines.lines[first].indent
    if indent <= keyIndent {
      guard lines.lines[first].isItem || lines.lines[first].indent < keyIndent else { return nil }
      return SyntaxReason(
        message:
          "this line should be part of the text of \(name) and is not indented deeper than the key",
        range: range(first), notes: notes,
        help: "indent all lines of the text deeper than \(lines.column(keyIndent))")
    }
    guard
      let end = lines.lines[first...index].firstIndex(where: {
        !$0.isEmpty && $0.indent < indent
      }), let next = lines.lines[end...index].firstIndex(where: { $0.hasContent })
    else { return nil }
    let isMeantForText = lines.lines[next].indent > keyIndent || lines.lines[next].isItem
    guard isMeantForText else { return nil }
    let what = lines.lines[end].isComment ? "this comment" : "this line"
    return SyntaxReason(
      message: "\(what) is at \(lines.column(lines.lines[end].indent)), left of the text of "
        + "\(name), which therefore ends above it",
      range: range(end), notes: notes,
      help: "indent \(what) to \(lines.column(indent)) or deeper")
  }

  private func range(_ index: Int) -> Range<Int> {
    lines.fileRange(lines.lines[index].content..<lines.lines[index].range.upperBound)
  }
}

extension TextLines.Line {
  /// Whether nothing stands on the line.
  var isEmpty: Bool { content >= range.upperBound }
}
