import EKSAccessLint
import YAMLSource

/// Prints findings as a code quality report of GitLab.
struct GitLabRenderer: ReportRenderer {
  func render(_ report: LintReport) -> [UInt8] {
    var fingerprints = Fingerprints()
    var items: [Item] = []
    for file in report.files {
      let path = ReportPath(file.path)
      for finding in file.findings {
        let line = file.lines.position(of: finding.range.lowerBound).line
        items.append(
          Item(
            description: finding.message, checkName: finding.rule,
            fingerprint: fingerprints.next(finding, in: file, path),
            severity: Self.severity(finding.severity),
            location: Location(path: path.text, lines: Lines(begin: line))))
      }
    }
    return JSONOutput.encode(items)
  }

  /// GitLab knows info, minor, major, critical and blocker.
  private static func severity(_ severity: Severity) -> String {
    switch severity {
    case .error: "critical"
    case .warning: "minor"
    case .note: "info"
    }
  }

  private struct Item: Encodable {
    var description: String
    var checkName: String
    var fingerprint: String
    var severity: String
    var location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case checkName = "check_name"
    }
  }

  private struct Location: Encodable {
    var path: String
    var lines: Lines
  }

  private struct Lines: Encodable {
    var begin: Int
  }
}
