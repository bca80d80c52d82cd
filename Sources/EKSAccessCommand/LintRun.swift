import EKSAccessLint

/// What `eks-access lint` does once its arguments are known.
struct LintRun {
  var paths: [String]
  var format = LintFormat.text
  var color = ColorChoice.auto
  var failOn = Severity.error
  var stdinFilename: String?
  var fixes = Fixes()

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
    stdinFilename: String?, fixes: Fixes
  ) {
    self.paths = paths
    self.format = format
    self.color = color
    self.failOn = failOn
    self.stdinFilename = stdinFilename
    self.fixes = fixes
  }

  /// Checks the files and prints what was found.
  ///
  /// - Returns: The exit status.
  func callAsFunction(on console: Console) -> Int32 {
    let sources = LintSources(paths, stdinFilename: stdinFilename, console)
    var report = LintReport(failures: sources.failures)
    report.fileCount = sources.fileCount
    var projects = ProjectConfigurations()
    let jobs = sources.sources.compactMap { source -> Job? in
      let (project, isExcluded) = projects.project(for: source.file.path)
      return isExcluded ? nil : Job(source: source, configuration: project.configuration)
    }
    if fixes.isOn {
      for job in jobs { fix(job, sources.input, &report, console) }
    } else {
      check(jobs, sources.input, &report, console)
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

  /// A file and how to check it.
  private struct Job: Sendable {
    var source: LintSources.Source
    var configuration: Configuration

    var linter: Linter { Linter(configuration, onlyRBAC: source.isOnlyRBAC) }
  }

  /// What was found in a file; its bytes only if something was.
  private struct Outcome: Sendable {
    var findings: [Finding] = []
    var bytes: [UInt8] = []
    var failure: InputError?
  }

  /// Checks files and reports what is found in their order.
  private func check(
    _ jobs: [Job], _ input: LintInput?, _ report: inout LintReport, _ console: Console
  ) {
    let outcomes = Threads(count: console.threadCount).map(jobs) { job -> Outcome in
      do throws(InputError) {
        let bytes = try job.source.bytes(console)
        let findings = job.linter.lint(bytes, at: job.source.path, in: input)
        return Outcome(findings: findings, bytes: findings.isEmpty ? [] : bytes)
      } catch {
        return Outcome(failure: error)
      }
    }
    for (job, outcome) in zip(jobs, outcomes) {
      if let failure = outcome.failure {
        report.failures.append(.init(path: job.source.path, message: failure.message))
      } else {
        report.add(outcome.findings, in: job.source.path, outcome.bytes)
      }
    }
  }

  /// Fixes one file, and reports what is still found in it.
  private func fix(
    _ job: Job, _ input: LintInput?, _ report: inout LintReport, _ console: Console
  ) {
    let (file, path) = (job.source.file, job.source.path)
    do throws(InputError) {
      let bytes = try job.source.bytes(console)
      let result = job.linter.fixing(bytes, unsafe: fixes.unsafe, at: path, in: input)
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
    } catch {
      report.failures.append(.init(path: path, message: error.message))
    }
  }
}
