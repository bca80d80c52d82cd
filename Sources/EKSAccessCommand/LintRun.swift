import EKSAccess
import EKSAccessLint

/// What `eks-access lint` does once its arguments are known.
struct LintRun {
  var paths: [String]
  var format = LintFormat.text
  var color = ColorChoice.auto
  var failOn = Severity.error
  var stdinFilename: String?
  var fixes = Fixes()
  var section: AWSAuthSection?

  /// What to do with the fixes that findings offer.
  struct Fixes {
    /// Whether fixes are made that somebody should look at.
    var unsafe = false
    /// Whether the changes are printed instead of made.
    var isDiff = false
    /// Whether anything is done with fixes.
    var isOn = false
  }

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
    paths: [String], format: LintFormat, color: ColorChoice, failOn: Severity,
    stdinFilename: String?, fixes: Fixes, section: AWSAuthSection?
  ) {
    self.paths = paths
    self.format = format
    self.color = color
    self.failOn = failOn
    self.stdinFilename = stdinFilename
    self.fixes = fixes
    self.section = section
  }

  /// Checks the files and prints what was found.
  ///
  /// - Returns: The exit status.
  func callAsFunction(on console: Console) -> Int32 {
    let inputs = InputFiles(paths, as: section)
    let sources = LintSources(inputs.files, stdinFilename: stdinFilename, console)
    var report = LintReport(failures: inputs.failures + sources.failures)
    report.fileCount = sources.fileCount
    var projects = ProjectConfigurations()
    for source in sources.sources {
      do throws(InputError) {
        let (project, isExcluded) = projects.project(for: source.file.path)
        guard !isExcluded else { continue }
        let bytes = try source.bytes(console)
        let linter = Linter(project.configuration, onlyRBAC: source.isOnlyRBAC)
        if fixes.isOn {
          try fix(source, bytes, linter, sources.input, &report, console)
        } else {
          report.add(
            linter.lint(bytes, as: source.file.section, at: source.path, in: sources.input),
            in: source.path, bytes)
        }
      } catch {
        report.failures.append(.init(path: source.path, message: error.message))
      }
    }
    // Standard output is taken by the fixed text or the difference.
    let isOutputTaken = fixes.isDiff || (fixes.isOn && paths.contains("-"))
    format.render(
      report, to: isOutputTaken ? console.withOutputOnError : console, color, failOn: failOn)
    for problem in projects.problems { console.print(error: Terminal.escaped(problem)) }
    if !report.failures.isEmpty || !projects.problems.isEmpty { return 2 }
    if fixes.isDiff, report.fixedCount > 0 { return 1 }
    return report.count(atLeast: failOn) > 0 ? 1 : 0
  }

  /// Fixes one file, and reports what is still found in it.
  private func fix(
    _ source: LintSources.Source, _ bytes: [UInt8], _ linter: Linter, _ input: LintInput?,
    _ report: inout LintReport, _ console: Console
  ) throws(InputError) {
    let (file, path) = (source.file, source.path)
    let result = linter.fixing(
      bytes, unsafe: fixes.unsafe, as: file.section, at: path, in: input)
    report.fixedCount += result.fixed.count
    if fixes.isDiff {
      console.writeOutput(UnifiedDiff.bytes(from: bytes, to: result.bytes, path: path))
    } else if file.path == "-" {
      console.writeOutput(result.bytes)
    } else if result.bytes != bytes {
      do throws(Platform.Failure) {
        try Platform.replace(file.path, with: result.bytes)
      } catch {
        throw InputError(message: "not fixed: \(error.message)")
      }
    }
    report.add(result.remaining, in: path, result.bytes)
  }
}
