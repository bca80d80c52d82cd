import EKSAccessLint
import YAMLSource

/// Everything that a run of `lint` found, file by file.
struct LintReport {
  struct File {
    var path: String
    var bytes: [UInt8]
    var lines: LineTable
    var findings: [Finding]
  }

  /// A file that rules looked at.
  struct Examined {
    var path: String
    /// The index in ``files``, when something was found.
    var file: Int?
  }

  /// The files that rules looked at, in order.
  private(set) var examined: [Examined] = []
  /// The files with findings.
  private(set) var files: [File] = []
  /// The number of files that were read.
  var fileCount = 0
  /// The number of findings that were fixed and are therefore not among the files' findings.
  var fixedCount = 0
  /// What could not be read.
  var failures: [InputFiles.Failure]

  init(failures: [InputFiles.Failure]) {
    self.failures = failures
  }

  mutating func add(_ findings: [Finding], in path: String, _ bytes: [UInt8]) {
    examined.append(Examined(path: path, file: findings.isEmpty ? nil : files.count))
    guard !findings.isEmpty else { return }
    files.append(File(path: path, bytes: bytes, lines: LineTable(bytes), findings: findings))
  }

  func count(_ severity: Severity) -> Int {
    files.reduce(0) { $0 + $1.findings.count { $0.severity == severity } }
  }

  func count(atLeast severity: Severity) -> Int {
    files.reduce(0) { $0 + $1.findings.count { $0.severity >= severity } }
  }

  /// One line for people: how much was found.
  var summary: String {
    let counts = Severity.allCases.reversed().compactMap { severity -> String? in
      let count = count(severity)
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    let files = "\(fileCount) file\(fileCount == 1 ? "" : "s") checked"
    let fixed = fixedCount == 0 ? "" : ", \(fixedCount) fixed"
    return files + ": " + (counts.isEmpty ? "nothing found" : counts.joined(separator: ", "))
      + fixed
  }
}
