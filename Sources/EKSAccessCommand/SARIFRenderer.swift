import EKSAccessLint
import YAMLSource

/// Prints findings as SARIF 2.1.0, for code scanning and editors.
struct SARIFRenderer: ReportRenderer {
  func render(_ report: LintReport) -> [UInt8] {
    let ids = Set(report.files.flatMap { $0.findings.map(\.rule) }).sorted()
    let rules = ids.compactMap(SARIF.Rule.init)
    let indexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
    var fingerprints = Fingerprints()
    var results: [SARIF.Result] = []
    for file in report.files {
      let path = ReportPath(file.path)
      for finding in file.findings {
        results.append(
          SARIF.Result(
            finding, in: file, at: path.uri, ruleIndex: indexes[finding.rule],
            fingerprint: fingerprints.next(finding, in: file, path)))
      }
    }
    return JSONOutput.encode(
      SARIF(
        runs: [
          SARIF.Run(
            tool: .init(driver: .init(rules: rules)), results: results,
            invocations: [SARIF.Invocation(report.failures)])
        ]))
  }
}

extension SARIF.Rule {
  fileprivate init?(_ id: String) {
    guard let page = RulePage(id) else { return nil }
    let description = page.description
    self.id = id
    shortDescription = .init(text: page.summary)
    fullDescription = .init(text: description.rationale)
    help = .init(text: page.text, markdown: page.markdown)
    defaultConfiguration = .init(level: description.severity)
    properties = .init(tags: ["eks", "aws-auth", page.area.name.lowercased()])
  }
}

extension SARIF.Invocation {
  fileprivate init(_ failures: [InputFiles.Failure]) {
    executionSuccessful = failures.isEmpty
    toolExecutionNotifications = failures.map { failure in
      .init(
        level: .error, message: .init(plain: failure.message),
        locations: [.init(uri: ReportPath(failure.path).uri)])
    }
  }
}

extension SARIF.Result {
  fileprivate init(
    _ finding: Finding, in file: LintReport.File, at uri: String, ruleIndex: Int?,
    fingerprint: String
  ) {
    ruleId = finding.rule
    self.ruleIndex = ruleIndex
    level = finding.severity
    let lines =
      [finding.message] + finding.notes.filter { $0.range == nil }.map { "note: " + $0.message }
      + (finding.help.map { ["help: " + $0] } ?? [])
    message = .init(plain: lines.joined(separator: "\n"))
    locations = [.init(uri: uri, region: .init(finding.range, file.lines))]
    let places = finding.notes.compactMap { note in note.range.map { (note.message, $0) } }
    if !places.isEmpty {
      relatedLocations = places.enumerated().map { index, place in
        .init(
          id: index, message: .init(plain: place.0), uri: uri,
          region: .init(place.1, file.lines))
      }
    }
    partialFingerprints = .init(value: fingerprint)
    fixes = finding.fix.map { fix in
      let replacements = fix.edits.map { edit in
        SARIF.Replacement(
          deletedRegion: .init(edit.range, file.lines),
          insertedContent: .init(text: edit.replacement))
      }
      return [
        SARIF.Fix(
          description: .init(plain: finding.help ?? "fix \(finding.rule)"),
          artifactChanges: [.init(artifactLocation: .init(uri: uri), replacements: replacements)],
          properties: .init(safety: fix.safety))
      ]
    }
  }
}

extension SARIF.Region {
  fileprivate init(_ range: Range<Int>, _ lines: LineTable) {
    let start = lines.position(of: range.lowerBound)
    let end = lines.position(of: range.upperBound)
    startLine = start.line
    startColumn = start.column
    endLine = end.line
    endColumn = end.column
    byteOffset = range.lowerBound
    byteLength = range.count
  }
}

extension SARIF.Message {
  /// A text without links: `](` would make one of brackets that come from the file.
  fileprivate init(plain text: String) {
    guard text.contains("](") else {
      self.text = text
      return
    }
    self.text = text.reduce(into: "") { result, character in
      if character == "[" || character == "]" || character == "\\" { result += "\\" }
      result.append(character)
    }
  }
}

extension SARIF.Location {
  fileprivate init(
    id: Int? = nil, message: SARIF.Message? = nil, uri: String, region: SARIF.Region? = nil
  ) {
    self.id = id
    self.message = message
    physicalLocation = .init(artifactLocation: .init(uri: uri), region: region)
  }
}
