import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The forms in which `lint` prints findings.
@Suite struct FormatTests {
  static let fixtures = [
    "role-path.yaml", "exported-object.json", "multi-document.yaml", "hostile-text.yaml",
  ]
  static let broken = TestData.fixtures.appendingPathComponent("broken")
  static let formats = ["sarif": "sarif", "github": "txt", "gitlab": "json", "junit": "xml"]
  static let hostileName = "clusters/a %\u{1B}[31m,b:c<&>]]>\"'ä\u{202E}.yaml"

  private func lint(
    _ fixture: String, _ options: [String], name: String? = nil
  ) throws -> ToolRun {
    let file = Self.broken.appendingPathComponent(fixture)
    let name = name ?? (fixture == "hostile-text.yaml" ? Self.hostileName : fixture)
    return ToolRun(
      ["lint", "-", "--stdin-filename", name] + options, input: try TestData.bytes(file))
  }

  @Test(arguments: fixtures, formats.keys.sorted())
  func findingsArePrintedAsRecorded(fixture: String, format: String) throws {
    let run = try lint(fixture, ["--format", format])
    #expect(run.status == 1 && run.error.isEmpty, "\(run.error)")
    let suffix = try #require(Self.formats[format])
    try expectSnapshot(run.output, "\(format)/\(fixture).\(suffix)")
  }

  @Test(arguments: formats.keys.sorted()) func failuresAreToldWhereTheFormatCan(
    format: String
  ) throws {
    let run = ToolRun(["lint", "--format", format, "no such/file.yaml"])
    #expect(run.status == 2 && run.error.contains("no such file or directory"))
    let suffix = try #require(Self.formats[format])
    try expectSnapshot(run.output, "\(format)/unreadable.\(suffix)")
  }

  @Test(arguments: ["sarif", "gitlab", "json", "junit", "github"])
  func outputOfSeveralFilesParses(format: String) throws {
    let names =
      Self.fixtures + [
        "alias-bomb.yaml", "duplicate-role.yaml", "node-groups-of-one-role.yaml",
        "repeated-keys.yaml", "several-mistakes.yaml", "tabs.yaml",
      ]
    let paths = names.map { Self.broken.appendingPathComponent($0).path }
    let run = ToolRun(["lint", "--format", format] + paths)
    #expect(run.status == 1 && run.error.isEmpty, "\(run.error)")
    try check(run.output, format)
    let hostile = try lint("hostile-text.yaml", ["--format", format])
    try check(hostile.output, format)
  }

  private func check(_ output: String, _ format: String) throws {
    switch format {
    case "junit":
      let parser = XMLParser(data: Data(output.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
    case "github":
      for line in output.split(separator: "\n") { #expect(line.hasPrefix("::"), "\(line)") }
    default:
      let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
      guard let items = value as? [[String: Any]] else { return }
      let fingerprints = items.compactMap { $0["fingerprint"] as? String }
      #expect(Set(fingerprints).count == items.count)
    }
  }

  @Test func fingerprintsStayWhenLinesMove() throws {
    let file = Self.broken.appendingPathComponent("several-mistakes.yaml")
    let text = String(decoding: try TestData.bytes(file), as: UTF8.self)
    func fingerprints(_ text: String, _ name: String) -> [Substring] {
      ToolRun(
        ["lint", "--format", "gitlab", "-", "--stdin-filename", name], input: Array(text.utf8)
      )
      .output.split(separator: "\n").filter { $0.contains("fingerprint") }
    }
    let before = fingerprints(text, "a/b.yaml")
    #expect(before.count > 1)
    #expect(fingerprints("# moved\n\n" + text, "./a//b.yaml") == before)
    #expect(fingerprints(text, "a/c.yaml") != before)
  }

  @Test func onlyWhatFailsTheRunFailsInJUnit() throws {
    let manifest = LintCommandTests.mended.replacing(
      "system:node:{{EC2PrivateDNSName}}", with: "system:node:{{SessionName}}")
    let options = ["lint", "-", "--format", "junit"]
    let quiet = ToolRun(options, input: Array(manifest.utf8))
    #expect(quiet.status == 0 && quiet.output.contains("<system-out>"), "\(quiet.output)")
    #expect(!quiet.output.contains("<failure"))
    let strict = ToolRun(options + ["--fail-on", "note"], input: Array(manifest.utf8))
    #expect(strict.status == 1 && strict.output.contains("<failure type=\"note\""))
  }

  /// Needs the published schema, python3 and its module jsonschema; the script says what is missing.
  @Test(.enabled(if: FormatTests.schema != nil, "no SARIF schema given"))
  func sarifFollowsItsSchema() throws {
    let folder = try TemporaryFolder()
    let all = ToolRun(["lint", "--format", "sarif", Self.broken.path, "no such file"])
    let hostile = try lint("hostile-text.yaml", ["--format", "sarif"])
    let empty = ToolRun(["lint", "--format", "sarif", "-"])
    let process = Process()
    process.executableURL = TestData.root.appendingPathComponent("Scripts/check-sarif.sh")
    process.arguments =
      [try #require(Self.schema)]
      + (try [all, hostile, empty].enumerated().map { index, run in
        try folder.write("\(index).sarif", run.output)
      })
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  private static let schema: String? = {
    guard
      let path = TestData.external?.appendingPathComponent("schemas/sarif-2.1.0.schema.json").path
    else { return nil }
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()

  // MARK: Colours

  @Test func coloursAreAsRecorded() throws {
    for fixture in ["several-mistakes.yaml", "exported-object.json", "hostile-text.yaml"] {
      let run = try lint(fixture, ["--color", "always"])
      try expectSnapshot(run.output, "color/\(fixture).txt")
      let plain = try lint(fixture, [])
      let stripped = run.output.replacing(try Regex("\u{1B}\\[[0-9;]*m"), with: "")
      #expect(stripped == plain.output)
    }
  }

  @Test func coloursAreForTerminalsThatWantThem() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.yaml", LintCommandTests.broken)
    func isColored(
      _ options: [String] = [], onTerminal: Bool = true, _ environment: [String: String] = [:]
    ) -> Bool {
      ToolRun(["lint", file] + options, onTerminal: onTerminal, environment: environment)
        .output.contains("\u{1B}[")
    }
    #expect(isColored())
    #expect(isColored([], ["NO_COLOR": "", "TERM": "xterm"]))
    #expect(!isColored(onTerminal: false))
    #expect(!isColored([], ["NO_COLOR": "1"]))
    #expect(!isColored([], ["TERM": "dumb"]))
    #expect(!isColored(["--color", "never"]))
    #expect(isColored(["--color", "always"], onTerminal: false, ["NO_COLOR": "1"]))
    #expect(isColored(["--color", "auto"]))
    #expect(!isColored(["--format", "json", "--color", "always"]))
  }
}
