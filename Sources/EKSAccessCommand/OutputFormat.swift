import ArgumentParser

/// How findings are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json

  func render(_ report: LintReport, to console: Console) {
    for failure in report.failures {
      console.print(error: "\(Terminal.escaped(failure.path)): \(failure.message)")
    }
    switch self {
    case .text:
      console.writeOutput(Array(TextRenderer.render(report).utf8))
      if console.errorIsTerminal { console.writeError(Array((report.summary + "\n").utf8)) }
    case .json: console.writeOutput(JSONRenderer.render(report))
    }
  }
}
