import EKSAccessLint
import YAMLSource

/// Prints findings for people: the place and what is wrong, the line with the bytes underlined,
/// why, and what to do.
struct TextRenderer: ReportRenderer {
  var style = TextStyle.plain

  func render(_ report: LintReport) -> [UInt8] {
    report.files.isEmpty ? [] : Array(report.files.map(text).joined(separator: "\n").utf8)
  }

  /// The findings of one file.
  func text(_ file: LintReport.File) -> String {
    file.findings.map { text($0, in: file) }.joined(separator: "\n")
  }

  /// How to have the tool do what the help says.
  private func hint(_ fix: Fix?) -> String {
    switch fix?.safety {
    case nil: ""
    case .safe?: " (--fix does it)"
    case .unsafe?: " (--unsafe-fixes does it)"
    }
  }

  /// One finding.
  func text(_ finding: Finding, in file: LintReport.File) -> String {
    let start = file.lines.position(of: finding.range.lowerBound)
    let path = Terminal.escaped(file.path)
    var text = style("\(path):\(start.line):\(start.column):", .place)
    text += " " + style("\(finding.severity.rawValue):", .severity(finding.severity))
    text += " " + style(Terminal.escaped(finding.message), .message)
    text += " " + style("[\(finding.rule)]", .rule) + "\n"
    text += Excerpt(finding.range, in: file.lines).text(style, finding.severity)
    for note in finding.notes {
      text += "  " + style("note:", .note) + " " + Terminal.escaped(note.message)
      if let range = note.range {
        let position = file.lines.position(of: range.lowerBound)
        text += " (\(path):\(position.line):\(position.column))"
      }
      text += "\n"
    }
    if let help = finding.help {
      text += "  " + style("help:", .help) + " " + Terminal.escaped(help) + hint(finding.fix) + "\n"
    }
    return text
  }
}

/// A line of a file with a part of it underlined.
private struct Excerpt {
  private let number: String
  private let line: String
  private let padding: String
  private let carets: String

  /// The longest piece of a line that is shown; exports as JSON have lines of many kilobytes.
  private static let longest = 120
  private static let before = 40

  init(_ range: Range<Int>, in lines: LineTable) {
    let position = lines.position(of: range.lowerBound).line
    let lineRange = lines.range(ofLine: position)
    let start = min(max(range.lowerBound, lineRange.lowerBound), lineRange.upperBound)
    let end = max(start, min(range.upperBound, lineRange.upperBound))
    let bytes = lines.bytes(ofLine: position)
    // Of a long line no more is looked at than can be shown, in whole characters.
    let window = 4 * Self.longest
    let before = bytes[..<start].suffix(window).drop { $0 & 0xC0 == 0x80 }
    var head = String(decoding: before, as: UTF8.self)
    let marked = String(decoding: bytes[start..<end].prefix(2 * window), as: UTF8.self)
    var tail = String(decoding: bytes[end...].prefix(2 * window), as: UTF8.self)
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
    number = String(position)
    self.line = shownHead + shownMark + Terminal.escaped(tail)
    padding = shownHead.unicodeScalars.map { scalar in
      scalar == "\t" ? "\t" : String(repeating: " ", count: Terminal.width(of: String(scalar)))
    }.joined()
    carets = "^" + String(repeating: "~", count: max(0, Terminal.width(of: shownMark) - 1))
  }

  func text(_ style: TextStyle, _ severity: Severity) -> String {
    let margin = String(repeating: " ", count: number.count)
    return style("\(margin) |", .margin) + "\n"
      + style("\(number) |", .margin) + " \(line)\n"
      + style("\(margin) |", .margin) + " \(padding)"
      + style(carets, .severity(severity)) + "\n"
  }
}
