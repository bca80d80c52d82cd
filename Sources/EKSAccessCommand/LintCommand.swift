import ArgumentParser
import EKSAccessLint
import EKSAccessManifests

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check manifests for mistakes that lock people out or drop nodes.",
    discussion: """
      Reads aws-auth ConfigMaps wherever they stand: in files of one or many documents, in \
      lists, as JSON, and as kubectl exports them. Other objects are passed over.

      In directories, files named *.yaml, *.yml and *.json are read; directories whose name \
      begins with a dot are left out. Nothing is sent anywhere.

      EXAMPLES:
        eks-access lint                         all manifests below this directory
        eks-access lint aws-auth.yaml
        kubectl get cm aws-auth -n kube-system -o yaml | eks-access lint -
        helm template ./chart | eks-access lint - --stdin-filename chart
        eks-access lint --format json clusters/ > findings.json

      EXIT STATUS:
        0  nothing found at or above the level of --fail-on
        1  something found
        2  a file or option could not be used; the other files are checked all the same
      """)

  @Argument(
    help: ArgumentHelp(
      "Files and directories to check; \"-\" is standard input.", valueName: "path"))
  var paths: [String] = ["."]

  @Option(help: "How to print findings: text or json.")
  var format: OutputFormat = .text

  @Option(
    help: ArgumentHelp(
      "The least severity that makes the exit status 1: error, warning or note.",
      valueName: "severity"))
  var failOn: Threshold = .error

  @Option(
    help: ArgumentHelp("The name to print for standard input.", valueName: "name"))
  var stdinFilename: String?

  /// Checks the files and prints what was found.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32 {
    let inputs = InputFiles(paths)
    var report = LintReport(failures: inputs.failures)
    let linter = Linter()
    for file in inputs.files {
      let path = file.path == "-" ? stdinFilename ?? "<stdin>" : file.path
      do throws(InputError) {
        let bytes = try InputFiles.read(file, console)
        report.fileCount += 1
        guard file.isNamed || ManifestFile.mentionsAWSAuth(bytes) else { continue }
        report.add(linter.lint(bytes), in: path, bytes)
      } catch {
        report.failures.append(.init(path: path, message: error.message))
      }
    }
    format.render(report, to: console)
    if !report.failures.isEmpty { return 2 }
    return report.count(atLeast: failOn.severity) > 0 ? 1 : 0
  }
}

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

/// The values of `--fail-on`.
enum Threshold: String, ExpressibleByArgument, CaseIterable {
  case error
  case warning
  case note

  var severity: Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
