import Foundation
import TestSupport
import Testing

@Suite struct MapCommandTests {
  static let manifest = """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: aws-auth
      namespace: kube-system
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/ops # on call
          username: ops
          groups: [operators]

    """
  private static let ops = "arn:aws:iam::444455556666:role/ops"
  private static let dev = [
    "--role", "arn:aws:iam::444455556666:role/dev", "--username", "dev", "--group", "viewers",
    "--group", "editors",
  ]
  private static let added =
    manifest + """
          - rolearn: arn:aws:iam::444455556666:role/dev
            username: dev
            groups: [viewers, editors]

      """

  @Test func theNewFileIsPrinted() {
    let run = ToolRun(["map", "add"] + Self.dev + ["-"], input: Array(Self.manifest.utf8))
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
    #expect(run.output == Self.added)
    let removed = ToolRun(
      ["map", "remove", Self.dev[1], "-"], input: Array(run.output.utf8))
    #expect(removed.status == 0 && removed.error.isEmpty && removed.output == Self.manifest)
  }

  @Test func aUserGoesToItsOwnSection() {
    let arguments = ["--user", "arn:aws:iam::444455556666:user/ann", "--username", "ann", "-"]
    let run = ToolRun(["map", "add"] + arguments, input: Array(Self.manifest.utf8))
    #expect(run.status == 0)
    #expect(
      run.output == Self.manifest + """
          mapUsers: |
            - userarn: arn:aws:iam::444455556666:user/ann
              username: ann
              groups: []

        """)
  }

  @Test func aSecondRowIsRefusedWithItsPlace() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", Self.manifest)
    let arguments = ["map", "add", "--role", Self.ops.uppercased(), "--username", "x", path]
    let run = ToolRun(arguments)
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.error.hasPrefix("\(path):8:16: error: \"\(Self.ops)\" stands already"))
    let inPlace = ToolRun(arguments + ["--in-place"])
    #expect(inPlace.status == 1 && inPlace.error == run.error)
    #expect(try text(path) == Self.manifest)
  }

  @Test func aRowIsReplacedOnDemand() {
    let arguments = ["map", "add", "--role", Self.ops, "--username", "admin", "--group", "a", "-"]
    let input = Array(Self.manifest.utf8)
    let run = ToolRun(arguments + ["--replace"], input: input)
    #expect(run.status == 0)
    #expect(
      run.output
        == Self.manifest.replacing("username: ops", with: "username: admin")
        .replacing("[operators]", with: "[a]"))
    let new = ToolRun(["map", "add", "--replace"] + Self.dev + ["-"], input: input)
    #expect(new.status == 0 && new.output == Self.added)
  }

  @Test func anUnknownPrincipalIsRefused() {
    let run = ToolRun(["map", "remove", "arn:none", "-"], input: Array(Self.manifest.utf8))
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.error == "<stdin>:1:1: error: \"arn:none\" has no row\n")
    let none = ToolRun(["map", "remove", "arn:none", "-"], input: Array("kind: Pod\n".utf8))
    #expect(none.status == 1 && none.error == "<stdin>: error: no ConfigMap aws-auth is here\n")
  }

  @Test func theLinterSpeaksOfTheNewRowAlone() {
    let role = "arn:aws:iam::444455556666:role/team/dev"
    let input = Self.manifest.replacing("role/ops", with: "role/team/ops")
    let run = ToolRun(
      ["map", "add", "--role", role, "--username", "dev", "-"], input: Array(input.utf8))
    #expect(run.status == 0 && run.output.contains(role))
    #expect(run.error.contains("[role-path]") && run.error.hasPrefix("<stdin>:11:"))
    #expect(!run.error.contains("<stdin>:8:"))
  }

  @Test(arguments: [
    ["map", "add", "--username", "x", "-"],
    ["map", "add", "--role", "a", "--user", "b", "--username", "x", "-"],
    ["map", "add", "--role", "", "--username", "x", "-"],
    ["map", "add", "--role", "a", "-"],
    ["map", "add", "--role", "a", "--username", "x"],
    ["map", "add", "--role", "a", "--username", "x", "--in-place", "-"],
    ["map", "remove", "a", "/nowhere/a.yaml"],
    ["map", "remove", "a", "--in-place", "/tmp"],
  ]) func whatCannotRunHasStatus2(arguments: [String]) {
    let run = ToolRun(arguments, input: Array(Self.manifest.utf8))
    #expect(run.status == 2 && run.output.isEmpty && !run.error.isEmpty)
  }

  // MARK: In place

  @Test func inPlaceKeepsPermissionsAndLeavesNothingBehind() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", Self.manifest)
    #expect(chmod(path, 0o640) == 0)
    let run = ToolRun(["map", "add", "--in-place"] + Self.dev + [path])
    #expect(run.status == 0 && run.output.isEmpty && run.error.isEmpty)
    #expect(try text(path) == Self.added)
    #expect(try attribute(.posixPermissions, path) == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.yaml"])
  }

  @Test func inPlaceFollowsALink() throws {
    let folder = try TemporaryFolder()
    try folder.write("real/a.yaml", Self.manifest)
    let link = folder.path + "/link.yaml"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "real/a.yaml")
    #expect(ToolRun(["map", "add", "-i"] + Self.dev + [link]).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "real/a.yaml")
    #expect(try text(folder.path + "/real/a.yaml") == Self.added)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/real").count == 1)
  }

  @Test func whatDoesNotChangeIsNotWritten() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", Self.added)
    let node = try attribute(.systemFileNumber, path)
    #expect(ToolRun(["map", "add", "-i", "--replace"] + Self.dev + [path]).status == 0)
    #expect(try attribute(.systemFileNumber, path) == node)
    #expect(try text(path) == Self.added)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aReadOnlyFolderKeepsTheFile() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", Self.manifest)
    #expect(chmod(folder.path, 0o555) == 0)
    defer { _ = chmod(folder.path, 0o755) }
    let run = ToolRun(["map", "add", "-i"] + Self.dev + [path])
    #expect(run.status == 2 && run.error.contains("permission denied"))
    #expect(try text(path) == Self.manifest)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aReadOnlyFileIsNotReplaced() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.yaml", Self.manifest)
    #expect(chmod(path, 0o444) == 0)
    let run = ToolRun(["map", "add", "-i"] + Self.dev + [path])
    #expect(run.status == 2 && run.error.contains("permission denied"))
    #expect(try text(path) == Self.manifest)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  private func attribute(_ key: FileAttributeKey, _ path: String) throws -> Int? {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[key] as? NSNumber)?.intValue
  }
}
