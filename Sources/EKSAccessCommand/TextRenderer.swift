import EKSAccessLint
import YAMLSource

/// Prints findings for people: the place and what is wrong, the line with the bytes underlined,
/// why, and what to do.
enum TextRenderer {
  static func render(_ report: LintReport) -> String {
    if report.files.isEmpty { return "" }
    return report.files.map { file in
      file.findings.map { render($0, in: file) }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  private static func render(_ finding: Finding, in file: LintReport.File) -> String {
    let start = file.lines.position(of: finding.range.lowerBound)
    let path = Terminal.escaped(file.path)
    var text = "\(path):\(start.line):\(start.column): \(finding.severity.rawValue): "
    text += "\(Terminal.escaped(finding.message)) [\(finding.rule)]\n"
    text += Excerpt(finding.range, in: file.lines).text
    for note in finding.notes {
      text += "  note: " + Terminal.escaped(note.message)
      if let range = note.range {
        let position = file.lines.position(of: range.lowerBound)
        text += " (\(path):\(position.line):\(position.column))"
      }
      text += "\n"
    }
    if let help = finding.help { text += "  help: " + Terminal.escaped(help) + "\n" }
    return text
  }
}

/// A line of a file with a part of it underlined.
private struct Excerpt {
  let text: String

  /// The longest piece of a line that is shown; exports as JSON have lines of many kilobytes.
  private static let longest = 120
  private static let before = 40

  init(_ range: Range<Int>, in lines: LineTable) {
    let line = lines.position(of: range.lowerBound).line
    let lineRange = lines.range(ofLine: line)
    let start = min(max(range.lowerBound, lineRange.lowerBound), lineRange.upperBound)
    let end = max(start, min(range.upperBound, lineRange.upperBound))
    let bytes = lines.bytes(ofLine: line)
    var head = String(decoding: bytes[..<start], as: UTF8.self)
    let marked = String(decoding: bytes[start..<end], as: UTF8.self)
    var tail = String(decoding: bytes[end...], as: UTF8.self)
    if head.unicodeScalars.count + marked.unicodeScalars.count > Self.longest,
      head.unicodeScalars.count > Self.before
    {
      head = "…" + String(String.UnicodeScalarView(head.unicodeScalars.suffix(Self.before)))
    }
    let room = Self.longest - head.unicodeScalars.count
    var underlined = marked
    if marked.unicodeScalars.count > room {
      underlined = String(String.UnicodeScalarView(marked.unicodeScalars.prefix(room)))
      tail = "…"
    } else if marked.unicodeScalars.count + tail.unicodeScalars.count > room {
      let kept = room - marked.unicodeScalars.count
      tail = String(String.UnicodeScalarView(tail.unicodeScalars.prefix(kept))) + "…"
    }
    let shownHead = Terminal.escaped(head)
    let shownMark = Terminal.escaped(underlined)
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let padding = shownHead.unicodeScalars.map { scalar in
      scalar == "\t" ? "\t" : String(repeating: " ", count: Terminal.width(of: String(scalar)))
    }.joined()
    let carets = "^" + String(repeating: "~", count: max(0, Terminal.width(of: shownMark) - 1))
    text =
      "\(margin) |\n\(number) | \(shownHead)\(shownMark)\(Terminal.escaped(tail))\n"
      + "\(margin) | \(padding)\(carets)\n"
  }
}
