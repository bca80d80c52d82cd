import EKSAccessLint
import YAMLSource

/// Prints findings as workflow commands, which GitHub Actions shows beside the lines concerned.
struct GitHubRenderer: ReportRenderer {
  func render(_ report: LintReport) -> [UInt8] {
    var text = ""
    for failure in report.failures {
      text += command(
        "error", title: "eks-access", place: [("file", ReportPath(failure.path).text)],
        message: failure.message)
    }
    for file in report.files {
      for finding in file.findings { text += command(finding, in: file) }
    }
    return Array(text.utf8)
  }

  private func command(_ finding: Finding, in file: LintReport.File) -> String {
    let start = file.lines.position(of: finding.range.lowerBound)
    let end = file.lines.position(of: finding.range.upperBound)
    var place = [("file", ReportPath(file.path).text), ("line", String(start.line))]
    // GitHub takes columns only of ranges within one line.
    if start.line == end.line { place.append(("col", String(start.column))) }
    place.append(("endLine", String(end.line)))
    if start.line == end.line { place.append(("endColumn", String(end.column))) }
    let lines =
      [finding.message] + finding.notes.map { "note: " + $0.message }
      + (finding.help.map { ["help: " + $0] } ?? [])
    return command(
      name(finding.severity), title: "eks-access (\(finding.rule))", place: place,
      message: lines.map { Terminal.escaped($0) }.joined(separator: "\n"))
  }

  private func name(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  private func command(
    _ name: String, title: String, place: [(String, String)], message: String
  ) -> String {
    let properties = ([("title", title)] + place)
      .map { "\($0.0)=\(escaped($0.1, isProperty: true))" }
    return "::\(name) \(properties.joined(separator: ","))::"
      + escaped(message, isProperty: false) + "\n"
  }

  private func escaped(_ text: String, isProperty: Bool) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result += Terminal.escaped(String(scalar))
      }
    }
  }
}
