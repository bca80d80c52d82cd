import Foundation
import TestSupport
import Testing

/// What `lint` prints for the fixtures, as recorded.
@Suite struct LintSnapshotTests {
  private func run(_ folder: String, _ name: String, _ options: [String]) throws -> ToolRun {
    let file = TestData.fixtures.appendingPathComponent(folder).appendingPathComponent(name)
    return ToolRun(
      ["lint", "-", "--stdin-filename", name] + options, input: try TestData.bytes(file))
  }

  @Test(arguments: TestData.names(in: "broken")) func brokenManifestsAreReportedAsRecorded(
    name: String
  ) throws {
    let run = try run("broken", name, ["--fail-on", "note"])
    #expect(run.status == 1 && run.error.isEmpty)
    try expectSnapshot(run.output, "text/\(name).txt")
  }

  @Test(arguments: TestData.names(in: "clean") + TestData.names(in: "other"))
  func cleanManifestsAreSilent(
    name: String
  ) throws {
    let folder = TestData.names(in: "clean").contains(name) ? "clean" : "other"
    let run = try run(folder, name, ["--fail-on", "warning"])
    #expect(run.status == 0, "\(run.output)")
    #expect(!run.output.contains(": error: ") && !run.output.contains(": warning: "))
  }

  @Test(arguments: ["role-path.yaml", "exported-object.json", "multi-document.yaml"])
  func jsonIsAsRecorded(name: String) throws {
    let run = try run("broken", name, ["--format", "json"])
    #expect(run.status == 1)
    try expectSnapshot(run.output, "json/\(name)")
  }

  @Test func helpIsAsRecorded() throws {
    try expectSnapshot(ToolRun(["--help"]).output, "help/eks-access.txt")
    try expectSnapshot(ToolRun(["lint", "--help"]).output, "help/lint.txt")
  }
}
