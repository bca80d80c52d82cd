import EKSAccessLint

/// What a run does with baselines: each finding is looked up in that of its file, or all are
/// written to a new one.
struct LintBaselines {
  private var byPath: [String: Baseline] = [:]
  private var written: Baseline?
  private let everywhere: String?
  /// Why baselines cannot be used.
  private(set) var problems: [String] = []

  /// Prepares for a run.
  ///
  /// - Parameters:
  ///   - path: The baseline of all files; `nil` where their configurations say it.
  ///   - written: The file that findings are written to instead.
  init(_ path: String?, writing written: String?) {
    everywhere = path
    guard let written else { return }
    do throws(InputError) {
      self.written = try Baseline(path: written)
    } catch {
      problems.append("\(written): \(error.message)")
    }
  }

  /// Opens the baseline that is in force for files of a project.
  mutating func open(_ project: ProjectConfigurations.Project) {
    guard written == nil, let path = path(project), byPath[path] == nil else { return }
    do throws(InputError) {
      byPath[path] = try Baseline(reading: path)
    } catch {
      let problem = "\(path): \(error.message)"
      if !problems.contains(problem) { problems.append(problem) }
    }
  }

  private func path(_ project: ProjectConfigurations.Project) -> String? {
    everywhere ?? project.baseline
  }

  /// The findings of a file that are new.
  mutating func new(
    _ findings: [Finding], in file: String, _ bytes: [UInt8],
    _ project: ProjectConfigurations.Project
  ) -> [Finding] {
    guard !findings.isEmpty else { return [] }
    if let written {
      let file = Self.realPath(file)
      for finding in findings { self.written?.add(written.key(finding, in: file, bytes)) }
      return []
    }
    guard let path = path(project), let baseline = byPath[path] else { return findings }
    let file = Self.realPath(file)
    return findings.filter { byPath[path]?.take(baseline.key($0, in: file, bytes)) != true }
  }

  /// Writes the findings that were handed over; gives their number.
  func write() throws(InputError) -> Int {
    try written?.write()
    return written?.counts.values.reduce(0, +) ?? 0
  }

  /// What to say of baselines with findings that are gone.
  ///
  /// - Parameters:
  ///   - paths: The files and folders of the run: what lies elsewhere was not looked for.
  ///   - failures: Files that could not be read.
  /// - Returns: A line for each baseline that should be written anew.
  func remarks(_ paths: [String], _ failures: [InputFiles.Failure]) -> [String] {
    let searched = paths.map(Self.realPath)
    let unread = Set(failures.map { Self.realPath($0.path) })
    return byPath.sorted { $0.key < $1.key }.compactMap { path, baseline in
      let gone = baseline.counts.filter { key, _ in
        let file = baseline.file(of: key)
        if unread.contains(file) { return false }
        return searched.contains { file == $0 || file.hasPrefix($0 == "/" ? $0 : $0 + "/") }
      }
      let count = gone.values.reduce(0, +)
      guard count > 0 else { return nil }
      return "\(path): \(count) finding\(count == 1 ? " of it is" : "s of it are") gone;"
        + " write it anew with --write-baseline \(path)"
    }
  }

  /// The path from the root; of what is no file, such as standard input, what it would be.
  private static func realPath(_ path: String) -> String {
    if let path = Platform.absolutePath(of: path) { return path }
    guard !path.hasPrefix("/"), let folder = Platform.workingDirectory else { return path }
    return folder + (folder.hasSuffix("/") ? "" : "/") + path
  }
}
