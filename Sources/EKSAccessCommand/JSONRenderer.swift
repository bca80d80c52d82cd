import EKSAccessLint
import YAMLSource

/// Prints findings for programs: one object whose form is described in `Documentation/json.md`.
struct JSONRenderer: ReportRenderer {
  func render(_ report: LintReport) -> [UInt8] {
    JSONOutput.encode(Document(report))
  }

  private struct Document: Encodable {
    var version = 1
    var tool = ToolVersion.current
    var files: Int
    var findings: [Item]
    var failures: [Failure]

    init(_ report: LintReport) {
      files = report.fileCount
      findings = report.files.flatMap { file in file.findings.map { Item($0, in: file) } }
      failures = report.failures.map { Failure(file: $0.path, message: $0.message) }
    }
  }

  private struct Failure: Encodable {
    var file: String
    var message: String
  }

  private struct Place: Encodable {
    var line: Int
    var column: Int
    var offset: Int

    init(_ offset: Int, _ lines: LineTable) {
      let position = lines.position(of: offset)
      line = position.line
      column = position.column
      self.offset = offset
    }
  }

  private struct Span: Encodable {
    var start: Place
    var end: Place

    init(_ range: Range<Int>, _ lines: LineTable) {
      start = Place(range.lowerBound, lines)
      end = Place(range.upperBound, lines)
    }
  }

  private struct Item: Encodable {
    var rule: String
    var severity: Severity
    var message: String
    var file: String
    var span: Span
    var notes: [Note]
    var help: String?
    var fix: Change?

    init(_ finding: Finding, in file: LintReport.File) {
      rule = finding.rule
      severity = finding.severity
      message = finding.message
      self.file = file.path
      span = Span(finding.range, file.lines)
      notes = finding.notes.map { note in
        Note(message: note.message, span: note.range.map { Span($0, file.lines) })
      }
      help = finding.help
      fix = finding.fix.map { fix in
        Change(
          safety: fix.safety,
          edits: fix.edits.map { Edit(span: Span($0.range, file.lines), text: $0.replacement) })
      }
    }
  }

  private struct Note: Encodable {
    var message: String
    var span: Span?
  }

  private struct Change: Encodable {
    var safety: Fix.Safety
    var edits: [Edit]
  }

  private struct Edit: Encodable {
    var span: Span
    var text: String
  }
}
