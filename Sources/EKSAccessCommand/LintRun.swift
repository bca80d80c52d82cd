import EKSAccessLint
import EKSAccessManifests

/// What `eks-access lint` does once its arguments are known.
struct LintRun {
  var paths: [String]
  var format = OutputFormat.text
  var failOn = Severity.error
  var stdinFilename: String?

  /// Takes arguments that name nothing but paths to check, as hooks call the tool.
  ///
  /// The general reading of arguments takes longer than checking a file: this way is for the call
  /// that is made most often. Other arguments give `nil`.
  init?(plain arguments: [String]) {
    guard arguments.count > 1, arguments[0] == "lint",
      !arguments.contains(where: { $0.utf8.first == UInt8(ascii: "-") })
    else { return nil }
    paths = Array(arguments.dropFirst())
  }

  init(
    paths: [String], format: OutputFormat, failOn: Severity, stdinFilename: String?
  ) {
    self.paths = paths
    self.format = format
    self.failOn = failOn
    self.stdinFilename = stdinFilename
  }

  /// Checks the files and prints what was found.
  ///
  /// - Returns: The exit status.
  func callAsFunction(on console: Console) -> Int32 {
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
    return report.count(atLeast: failOn) > 0 ? 1 : 0
  }
}
