import Foundation
import TestSupport
import Testing

/// The examples in `Documentation/Examples` are built with the tests and run here, and the README
/// shows what the tool really prints.
@Suite struct ExampleTests {
  @Test(arguments: ["LintManifest", "ResolveCaller", "PlanMigration"])
  func examplesPrintWhatIsRecorded(name: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appendingPathComponent(name)
    let output = Pipe()
    process.standardOutput = output
    process.standardInput = try FileHandle(
      forReadingFrom: TestData.fixtures.appendingPathComponent("migration/aws-auth.yaml"))
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    try expectSnapshot(text, "examples/\(name).txt")
  }

  @Test func theReadmeShowsTheExamplesAndTheirOutput() throws {
    let readme = TestData.root.appendingPathComponent("README.md")
    var text = try String(contentsOf: readme, encoding: .utf8)
    let manifest = "Fixtures/broken/several-mistakes.yaml"
    let run = ToolRun(
      ["lint", "-", "--stdin-filename", manifest],
      input: try TestData.bytes(TestData.root.appendingPathComponent(manifest)))
    let example = try String(
      contentsOf: TestData.root.appendingPathComponent(
        "Documentation/Examples/LintManifest/main.swift"),
      encoding: .utf8)
    try replace("manifest", "yaml", with: fixture(manifest), in: &text)
    try replace(
      "example-output", "console", with: "$ eks-access lint \(manifest)\n" + run.output, in: &text)
    try replace("library-example", "swift", with: example, in: &text)
    let recorded = try String(contentsOf: readme, encoding: .utf8)
    guard text != recorded else { return }
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
      try Data(text.utf8).write(to: readme)
    }
    Issue.record("README.md is out of date; run `make record`")
  }

  private func fixture(_ path: String) throws -> String {
    try String(contentsOf: TestData.root.appendingPathComponent(path), encoding: .utf8)
  }

  /// Replaces the block between two markers.
  private func replace(
    _ marker: String, _ language: String, with content: String, in text: inout String
  ) throws {
    let start = try #require(text.range(of: "<!-- \(marker) -->\n"))
    let end = try #require(text.range(of: "<!-- /\(marker) -->"))
    text.replaceSubrange(
      start.upperBound..<end.lowerBound, with: "```\(language)\n\(content)```\n")
  }
}
