import EKSAccessLint
import YAMLSource

/// The configurations that are in force for the files of a run, each found upwards from its file.
struct ProjectConfigurations {
  /// A configuration and the file that it stands in.
  struct Project: Sendable {
    var configuration = Configuration()
    /// The file's path; `nil` when there is none and nothing is configured.
    var path: String?
    /// The folder of the file, with a slash at the end.
    var folder = ""
    /// What cannot be used, as `path:line:column: message`.
    var problems: [String] = []

    /// The path of the baseline, if there is one.
    var baseline: String? {
      configuration.baseline.map { $0.hasPrefix("/") ? $0 : folder + $0 }
    }

    /// Whether a file is left out of the checks.
    func excludes(_ absolutePath: String) -> Bool {
      guard !configuration.exclude.isEmpty, absolutePath.hasPrefix(folder) else { return false }
      let path = String(absolutePath.dropFirst(folder.count))
      return configuration.exclude.contains { $0.matches(path) }
    }
  }

  /// The name of the configuration file.
  static let fileName = ".eks-access.yaml"

  private var byFolder: [String: Project] = [:]

  /// The configuration for a file, and whether it leaves the file out.
  mutating func project(for path: String) -> (project: Project, isExcluded: Bool) {
    let (folder, name) = Self.split(path)
    guard let absolute = Platform.absolutePath(of: folder) else { return (Project(), false) }
    let project = project(inFolder: absolute)
    guard !project.configuration.exclude.isEmpty else { return (project, false) }
    return (project, project.excludes(absolute + (absolute.hasSuffix("/") ? "" : "/") + name))
  }

  /// The configuration for a directory, or for the directory of a file.
  mutating func project(in path: String) -> Project {
    if case .directory? = try? Platform.kind(of: path) { return project(for: path + "/").project }
    return project(for: path).project
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard path != "-" else { return (".", "") }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }

  private mutating func project(inFolder folder: String) -> Project {
    if let known = byFolder[folder] { return known }
    let path = (folder == "/" ? "" : folder) + "/" + Self.fileName
    var project = Project()
    if case .file? = try? Platform.kind(of: path) {
      project = Self.read(path, folder: folder == "/" ? "/" : folder + "/")
    } else if folder != "/" {
      project = self.project(inFolder: Self.split(folder).folder)
    }
    byFolder[folder] = project
    return project
  }

  private static func read(_ path: String, folder: String) -> Project {
    var project = Project(path: path, folder: folder)
    do throws(Platform.Failure) {
      let bytes = try Platform.readFile(path, limit: 1 << 20)
      let (configuration, problems) = Configuration.read(bytes)
      project.configuration = configuration
      let lines = LineTable(bytes)
      project.problems = problems.map { problem in
        let place = lines.position(of: problem.range.lowerBound)
        return "\(path):\(place.line):\(place.column): \(problem.message); \(problem.help)"
      }
    } catch {
      project.problems = ["\(path): \(error.message)"]
    }
    return project
  }

  /// All that cannot be used in the configurations that were asked for.
  var problems: [String] {
    Set(byFolder.values.flatMap(\.problems)).sorted()
  }
}
