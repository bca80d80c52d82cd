import Foundation
import TestSupport
import Testing

/// Findings that a project lives with are hidden until they change.
@Suite struct BaselineTests {
  private static let broken = LintCommandTests.broken

  private func lines(_ text: String) -> Int { text.split(separator: "\n").count }

  @Test func whatIsWrittenIsHiddenWhereverItsLinesGo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a/x.yaml", Self.broken)
    let baseline = folder.path + "/ci/baseline.json"
    try folder.write("ci/empty.txt", "")
    let written = ToolRun(["lint", folder.path, "--write-baseline", baseline])
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(written.error.hasPrefix("eks-access: wrote ") && lines(written.error) == 1)
    let hidden = ToolRun(["lint", path, "--baseline", baseline])
    #expect(hidden.status == 0 && hidden.output.isEmpty && hidden.error.isEmpty)
    try folder.write("a/x.yaml", "# one line\n# and another\n" + Self.broken)
    let moved = ToolRun(["lint", path, "--baseline", baseline])
    #expect(moved.status == 0 && moved.output.isEmpty && moved.error.isEmpty)
    #expect(ToolRun(["lint", path]).status == 1)
  }

  @Test func moreOfTheSameIsNew() throws {
    let folder = try TemporaryFolder()
    try folder.write("x.yaml", Self.broken)
    let baseline = folder.path + "/baseline.json"
    #expect(ToolRun(["lint", folder.path, "--write-baseline", baseline]).status == 0)
    try folder.write("x.yaml", Self.broken + "---\n" + Self.broken)
    let twice = ToolRun(["lint", folder.path, "--baseline", baseline])
    #expect(twice.status == 1 && !twice.output.isEmpty)
    try folder.write("x.yaml", Self.broken)
    try folder.write("y.yaml", Self.broken)
    let other = ToolRun(["lint", folder.path, "--baseline", baseline])
    #expect(other.status == 1 && other.output.contains("/y.yaml:"))
    #expect(!other.output.contains("/x.yaml:"))
  }

  @Test func whatIsGoneIsToldOfTheFilesThatWereSearched() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.yaml", Self.broken)
    let other = try folder.write("y.yaml", LintCommandTests.mended)
    let baseline = folder.path + "/baseline.json"
    #expect(ToolRun(["lint", folder.path, "--write-baseline", baseline]).status == 0)
    try folder.write("x.yaml", LintCommandTests.mended)
    #expect(ToolRun(["lint", other, "--baseline", baseline]).error.isEmpty)
    try FileManager.default.removeItem(atPath: path)
    for arguments in [[path], [folder.path]] {
      if arguments == [path] { try folder.write("x.yaml", LintCommandTests.mended) }
      let run = ToolRun(["lint"] + arguments + ["--baseline", baseline])
      #expect(run.status == 0)
      #expect(lines(run.error) == 1 && run.error.contains(" gone; write it anew with --write-base"))
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func theConfigurationNamesTheBaseline() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/x.yaml", Self.broken)
    try folder.write(".eks-access.yaml", "baseline: ci/known.json\n")
    try folder.write("ci/empty.txt", "")
    let missing = ToolRun(["lint", folder.path + "/a"])
    #expect(missing.status == 2)
    #expect(missing.error.contains("/ci/known.json: no such file or directory"))
    let write = ["lint", folder.path + "/a", "--write-baseline", folder.path + "/ci/known.json"]
    #expect(ToolRun(write).status == 0)
    #expect(ToolRun(["lint", folder.path + "/a"]).status == 0)
    // Writing it anew takes all findings, not only those that it does not hide.
    let first = try String(contentsOfFile: folder.path + "/ci/known.json", encoding: .utf8)
    #expect(ToolRun(write).status == 0)
    #expect(try String(contentsOfFile: folder.path + "/ci/known.json", encoding: .utf8) == first)
    let config = ToolRun(["config", folder.path])
    #expect(config.output.contains("baseline: ci/known.json\n"))
    try folder.write(".eks-access.yaml", "baseline: [a]\n")
    #expect(ToolRun(["config", folder.path]).status == 2)
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"findings": []}"#, #"{"version": 2}"#, #"{"version": 1}"#,
    #"{"version": 1, "findings": [{"path": "x", "rule": "r", "fingerprint": "f", "count": 0}]}"#,
    #"{"version": 1, "findings": [{"path": "x", "rule": "r", "fingerprint": "f"}]}"#,
    #"{"version": 1, "findings": [{"path": "x", "rule": "r", "fingerprint": "f", "count": 1e30}]}"#,
    String(repeating: "[", count: 100_000),
  ])
  func aFileThatIsNoBaselineStopsTheRun(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.yaml", LintCommandTests.mended)
    let baseline = try folder.write("baseline.json", text)
    let run = ToolRun(["lint", path, "--baseline", baseline])
    #expect(run.status == 2)
    #expect(run.error.contains("baseline.json: ") && run.error.contains("write it anew"))
  }

  @Test func aBaselineThatCannotBeWrittenIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.yaml", Self.broken)
    for target in [folder.path, folder.path + "/none/baseline.json"] {
      let run = ToolRun(["lint", path, "--write-baseline", target])
      #expect(run.status == 2 && run.error.contains(target), "\(run.error)")
    }
    let diff = ToolRun(["lint", path, "--diff", "--write-baseline", folder.path + "/b.json"])
    #expect(diff.status == 2)
  }

  @Test func theFormIsRecorded() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.yaml", Self.broken + "---\n" + Self.broken)
    let baseline = folder.path + "/baseline.json"
    #expect(ToolRun(["lint", path, "--write-baseline", baseline]).status == 0)
    try expectSnapshot(
      try String(contentsOfFile: baseline, encoding: .utf8), "lint/baseline.json")
  }
}
