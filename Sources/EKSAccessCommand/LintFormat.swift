import ArgumentParser
import EKSAccessLint

/// A form in which findings are printed.
protocol ReportRenderer {
  /// What goes to standard output.
  func render(_ report: LintReport) -> [UInt8]
}

/// The values of `lint --format`.
enum LintFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case sarif
  case github
  case gitlab
  case junit

  /// Prints the findings, and on standard error what could not be read.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - console: Where it is printed.
  ///   - color: Whether text is coloured.
  ///   - threshold: The least severity that makes the run fail.
  func render(
    _ report: LintReport, to console: Console, _ color: ColorChoice, failOn threshold: Severity
  ) {
    for failure in report.failures {
      console.print(error: "\(Terminal.escaped(failure.path)): \(failure.message)")
    }
    let renderer: any ReportRenderer =
      switch self {
      case .text: TextRenderer(style: color.style(on: console))
      case .json: JSONRenderer()
      case .sarif: SARIFRenderer()
      case .github: GitHubRenderer()
      case .gitlab: GitLabRenderer()
      case .junit: JUnitRenderer(threshold: threshold)
      }
    console.writeOutput(renderer.render(report))
    if self == .text, console.errorIsTerminal {
      console.writeError(Array((report.summary + "\n").utf8))
    }
  }
}
