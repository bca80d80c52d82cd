import Foundation
import TestSupport
import Testing

@Suite struct LintCommandTests {
  static let broken = """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: aws-auth
      namespace: kube-system
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            - system:bootstrappers

    """
  static let mended = broken + "        - system:nodes\n"

  @Test func exitStatusTellsFindings() throws {
    let folder = try TemporaryFolder()
    let broken = try folder.write("a.yaml", Self.broken)
    let mended = try folder.write("b.yaml", Self.mended)
    #expect(ToolRun(["lint", mended]).status == 0)
    #expect(ToolRun(["lint", broken]).status == 1)
    #expect(ToolRun(["lint", folder.path]).status == 1)
    #expect(ToolRun(["lint", "--unknown"]).status == 2)
    #expect(ToolRun(["lint", folder.path + "/none.yaml"]).status == 2)
  }

  @Test func theOtherFilesAreCheckedWhenOneCannotBeRead() throws {
    let folder = try TemporaryFolder()
    let broken = try folder.write("a.yaml", Self.broken)
    let run = ToolRun(["lint", folder.path + "/none.yaml", broken])
    #expect(run.status == 2)
    #expect(run.error.contains("none.yaml: no such file or directory"))
    #expect(run.output.contains("[node-groups]"))
  }

  @Test func foldersAreWalkedInOrderWithoutHiddenOnes() throws {
    let folder = try TemporaryFolder()
    for name in ["z.yml", "b/c.yaml", "b.json", ".git/x.yaml", "b/.hidden/x.yaml", "a.txt"] {
      try folder.write(name, Self.broken)
    }
    let run = ToolRun(["lint", folder.path])
    let found = run.output.split(separator: "\n").filter { $0.contains("[node-groups]") }
      .map { $0.dropFirst(folder.path.count + 1).prefix { $0 != ":" } }
    #expect(found == ["b.json", "b/c.yaml", "z.yml"])
  }

  @Test func aFileIsCheckedOnceHoweverOftenItIsNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", Self.broken)
    let run = ToolRun(["lint", path, folder.path, path])
    #expect(run.output.components(separatedBy: "[node-groups]").count == 2)
  }

  @Test func linksInCirclesEnd() throws {
    let folder = try TemporaryFolder()
    try folder.write("a/a.yaml", Self.broken)
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: folder.path + "/a/up", withDestinationPath: folder.path)
    try files.createSymbolicLink(atPath: folder.path + "/x", withDestinationPath: "y")
    try files.createSymbolicLink(atPath: folder.path + "/y", withDestinationPath: "x")
    #expect(ToolRun(["lint", folder.path]).status == 1)
    let named = ToolRun(["lint", folder.path + "/x"])
    #expect(named.status == 2 && named.error.contains("too many levels of symbolic links"))
  }

  @Test func aPipeIsRefusedWithoutWaiting() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe.yaml"
    #expect(mkfifo(path, 0o600) == 0)
    let run = ToolRun(["lint", path])
    #expect(run.status == 2 && run.error.contains("not a regular file"))
    #expect(ToolRun(["lint", folder.path]).status == 0)
  }

  @Test func aHugeFileIsRefusedUnread() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("huge.yaml", "")
    #expect(truncate(path, 1 << 30) == 0)
    let run = ToolRun(["lint", path])
    #expect(run.status == 2 && run.error.contains("larger than 32 MiB"))
  }

  @Test func aBinaryFileIsRefusedWhenNamedAndPassedOverOtherwise() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("image.yaml", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0xFF])
    #expect(ToolRun(["lint", path]).status == 2)
    #expect(ToolRun(["lint", folder.path]).status == 0)
  }

  @Test func deepNestingIsAFinding() throws {
    let text = "aws-auth: " + String(repeating: "[", count: 1 << 20)
    let run = ToolRun(["lint", "-"], input: Array(text.utf8))
    #expect(run.status == 1 && run.output.contains("64 levels"), "\(run.output.prefix(300))")
  }

  @Test func anEmptyFileIsClean() throws {
    #expect(ToolRun(["lint", "-"]).status == 0)
    #expect(ToolRun(["lint", "-"], input: Array("\n---\n# nothing\n".utf8)).status == 0)
  }

  @Test func controlCharactersNeverReachTheTerminal() throws {
    let text = Self.broken.replacing("blue-nodes", with: "blue\u{202E}nodes")
    let run = ToolRun(
      ["lint", "-", "--stdin-filename", "a\u{1B}[31m.yaml"], input: Array(text.utf8))
    #expect(run.status == 1)
    #expect(!run.output.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    #expect(run.output.hasPrefix("a\\u{1B}[31m.yaml:"))
  }

  @Test func versionIsPrinted() {
    let run = ToolRun(["--version"])
    #expect(run.status == 0 && run.output.hasPrefix("0."))
  }
}
