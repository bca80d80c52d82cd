import Foundation
import TestSupport
import Testing

@Suite struct FixCommandTests {
  private let broken = LintCommandTests.broken
  private let mended = LintCommandTests.mended

  @Test func fixesAreMadeInTheFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", broken)
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let run = ToolRun(["lint", "--fix", path])
    #expect(run.status == 0 && run.output.isEmpty, "\(run.output)")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == mended)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
  }

  @Test func aDifferenceIsPrintedAndNothingChanged() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", broken)
    let run = ToolRun(["lint", "--diff", path])
    #expect(run.status == 1)
    #expect(run.output.contains("- system:bootstrappers\n+"), "\(run.output)")
    #expect(run.output.hasPrefix("--- a/"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == broken)
    #expect(ToolRun(["lint", "--diff", try folder.write("b.yaml", mended)]).status == 0)
  }

  @Test func aDifferenceIsAPatch() throws {
    for name in TestData.names(in: "broken") {
      let folder = try TemporaryFolder()
      let file = TestData.fixtures.appendingPathComponent("broken").appendingPathComponent(name)
      let path = try folder.write(name, try TestData.bytes(file))
      let patch = ToolRun(
        ["lint", "-", "--diff", "--unsafe-fixes", "--stdin-filename", name],
        input: try TestData.bytes(file)
      ).output
      guard !patch.isEmpty else { continue }
      try folder.write("fix.patch", patch)
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["git", "apply", "--whitespace=nowarn", "fix.patch"]
      process.currentDirectoryURL = folder.url
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(name)\n\(patch)")
      let fixed = ToolRun(
        ["lint", "-", "--unsafe-fixes"], input: try TestData.bytes(file)
      ).output
      #expect(try String(contentsOfFile: path, encoding: .utf8) == fixed, "\(name)")
    }
  }

  @Test func standardInputIsPrintedFixed() {
    let run = ToolRun(["lint", "--fix", "-"], input: Array(broken.utf8))
    #expect(run.status == 0 && run.output == mended)
    let unfixed = ToolRun(["lint", "-", "--fix"], input: Array("aws-auth: [".utf8))
    #expect(unfixed.status == 1 && unfixed.output == "aws-auth: [")
    #expect(unfixed.error.contains("[yaml-syntax]"))
  }

  @Test func unsafeFixesAreMadeOnlyWhenAskedFor() throws {
    let text = broken.replacing(
      "system:node:{{EC2PrivateDNSName}}", with: "nodes")
    let safe = ToolRun(["lint", "--fix", "-"], input: Array(text.utf8))
    #expect(safe.status == 1 && safe.output.contains("username: nodes\n"))
    let unsafe = ToolRun(["lint", "--unsafe-fixes", "-"], input: Array(text.utf8))
    #expect(unsafe.output == mended && unsafe.status == 0)
  }

  @Test func aFileThatCannotBeWrittenIsNamed() throws {
    // Root may write anything.
    guard getuid() != 0 else { return }
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", broken)
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: path)
    let run = ToolRun(["lint", "--fix", path])
    #expect(run.status == 2 && run.error.contains("not fixed: permission denied"))
  }
}
