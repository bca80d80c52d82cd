import EKSAccess
import EKSAccessLint
import EKSAccessManifests

/// What `eks-access lint` does once its arguments are known.
struct LintRun {
  var paths: [String]
  var format = LintFormat.text
  var color = ColorChoice.auto
  var failOn = Severity.error
  var stdinFilename: String?
  var fixes = Fixes()
  var section: AWSAuthSection?
  /// The baseline of all files, whatever their configurations say.
  var baseline: String?
  /// Where to write a baseline instead of printing findings.
  var writtenBaseline: String?

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
    stdinFilename: String?, fixes: Fixes, section: AWSAuthSection?, baseline: String?,
    writtenBaseline: String?
  ) {
    self.paths = paths
    self.format = format
    self.color = color
    self.failOn = failOn
    self.stdinFilename = stdinFilename
    self.fixes = fixes
    self.section = section
    self.baseline = baseline
    self.writtenBaseline = writtenBaseline
  }

  /// Checks the files and prints what was found.
  ///
  /// - Returns: The exit status.
  func callAsFunction(on console: Console) -> Int32 {
    let sources = LintSources(paths, as: section, stdinFilename: stdinFilename, console)
    var report = LintReport(failures: sources.failures)
    report.fileCount = sources.fileCount
    var projects = ProjectConfigurations()
    var baselines = LintBaselines(baseline, writing: writtenBaseline)
    // A baseline says what is gone even where no file is left to be checked.
    for path in paths where path != "-" { baselines.open(projects.project(in: path)) }
    let jobs = sources.sources.compactMap { source -> Job? in
      let (project, isExcluded) = projects.project(for: source.file.path)
      baselines.open(project)
      return isExcluded ? nil : Job(source: source, project: project)
    }
    if fixes.isOn {
      for job in jobs { fix(job, sources.input, &report, &baselines, console) }
    } else {
      check(jobs, sources.input, &report, &baselines, console)
    }
    var problems = projects.problems + baselines.problems
    if let writtenBaseline, problems.isEmpty {
      do throws(InputError) {
        let count = try baselines.write()
        console.print(
          error: Terminal.escaped(
            "wrote \(count) finding\(count == 1 ? "" : "s") to \(writtenBaseline)"))
      } catch {
        problems.append("\(writtenBaseline): not written: \(error.message)")
      }
    } else if !fixes.isDiff {
      for remark in baselines.remarks(
        paths.map { $0 == "-" ? stdinFilename ?? LintSources.stdinName : $0 }, report.failures)
      {
        console.print(error: Terminal.escaped(remark))
      }
    }
    // Standard output is taken by the fixed text or the difference.
    let isOutputTaken = fixes.isDiff || (fixes.isOn && paths.contains("-"))
    format.render(
      report, to: isOutputTaken ? console.withOutputOnError : console, color, failOn: failOn)
    for problem in problems { console.print(error: Terminal.escaped(problem)) }
    if !report.failures.isEmpty || !problems.isEmpty { return 2 }
    if fixes.isDiff, report.fixedCount > 0 { return 1 }
    return report.count(atLeast: failOn) > 0 ? 1 : 0
  }

  /// A file and how to check it.
  private struct Job: Sendable {
    var source: LintSources.Source
    var project: ProjectConfigurations.Project

    var linter: Linter { Linter(project.configuration, onlyRBAC: source.isOnlyRBAC) }
  }

  /// What was found in a file; its bytes only if something was.
  private struct Outcome: Sendable {
    var findings: [Finding] = []
    var bytes: [UInt8] = []
    var failure: InputError?
  }

  /// Checks files and reports what is found in their order.
  private func check(
    _ jobs: [Job], _ input: LintInput?, _ report: inout LintReport,
    _ baselines: inout LintBaselines, _ console: Console
  ) {
    let outcomes = Threads(count: console.threadCount).map(jobs) { job -> Outcome in
      do throws(InputError) {
        let manifest = try job.source.manifest(console)
        let findings = job.linter.lint(manifest, at: job.source.path, in: input)
        return Outcome(findings: findings, bytes: findings.isEmpty ? [] : manifest.bytes)
      } catch {
        return Outcome(failure: error)
      }
    }
    for (job, outcome) in zip(jobs, outcomes) {
      if let failure = outcome.failure {
        report.failures.append(.init(path: job.source.path, message: failure.message))
      } else {
        let findings = baselines.new(
          outcome.findings, in: job.source.path, outcome.bytes, job.project)
        report.add(findings, in: job.source.path, outcome.bytes)
      }
    }
  }

  /// Fixes one file, and reports what is still found in it.
  private func fix(
    _ job: Job, _ input: LintInput?, _ report: inout LintReport,
    _ baselines: inout LintBaselines, _ console: Console
  ) {
    let (file, path) = (job.source.file, job.source.path)
    do throws(InputError) {
      let bytes = try job.source.bytes(console)
      let result = job.linter.fixing(
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
      let findings = baselines.new(result.remaining, in: path, result.bytes, job.project)
      report.add(findings, in: path, result.bytes)
    } catch {
      report.failures.append(.init(path: path, message: error.message))
    }
  }
}
