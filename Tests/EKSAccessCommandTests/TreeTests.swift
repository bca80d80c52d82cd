import Foundation
import TestSupport
import Testing

/// Folders are searched by several threads, and nobody should be able to tell.
@Suite struct TreeTests {
  /// A tree with findings, RBAC, broken links and more files in one folder than a thread takes.
  private func tree() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for number in 0..<300 {
      try folder.write("flat/\(number).yaml", "kind: Service\nmetadata: {name: a\(number)}\n")
    }
    for number in 0..<40 {
      let name = "deep/\(number % 7)/\(number % 3)/\(number)"
      try folder.write(name + "/aws-auth.yaml", LintCommandTests.broken)
      try folder.write(
        name + "/rbac.yml",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: a\(number)}
        rules: [{apiGroups: [apps/v1], resources: [deployments], verbs: [get]}]

        """)
    }
    for name in ["b", "a"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/\(name).yaml", withDestinationPath: "nowhere")
    }
    return folder
  }

  @Test(arguments: ["text", "json", "junit"])
  func whatIsPrintedDoesNotDependOnThreads(format: String) throws {
    let folder = try tree()
    let arguments = ["lint", folder.path, "--format", format]
    let one = ToolRun(arguments)
    #expect(one.status == 2 && one.output.contains("dead-rbac-rule"))
    let errors = one.error.split(separator: "\n")
    #expect(errors.count == 2 && errors[0].contains("/a.yaml: no such file"))
    for count in [2, 3, 8, 8, 8] {
      let many = ToolRun(arguments, threadCount: count)
      #expect(many.output == one.output && many.error == one.error && many.status == one.status)
    }
  }

  @Test func filesAreCheckedOnceHoweverTheyAreNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a/b/x.yaml", LintCommandTests.broken)
    for paths in [[""], ["/a", ""], ["", "/a"], ["/a/b", "/a", ""], ["/a/b/x.yaml", "/a"]] {
      let run = ToolRun(["lint", "--format", "json"] + paths.map { folder.path + $0 })
      #expect(run.output.contains("\"files\" : 1,"), "\(paths): \(run.output)")
      #expect(run.output.contains(path))
    }
  }

  @Test func aFileThatIsNamedIsParsedWhateverItMentions() throws {
    let folder = try TemporaryFolder()
    let escaped = #"""
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: "aws\x2dauth", namespace: kube-system}
      data: {"m\x61pRoles": "- rolearn: arn:aws:iam::444455556666:role/a/b\n"}

      """#
    let path = try folder.write("x.yaml", escaped)
    #expect(ToolRun(["lint", folder.path]).status == 0)
    #expect(ToolRun(["lint", path]).status == 1)
    #expect(ToolRun(["lint", folder.path, path]).status == 1)
  }

  @Test func wideTextIsNotPassedOver() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "x.yaml", [0xFF, 0xFE] + LintCommandTests.broken.utf16.flatMap { [UInt8($0 & 0xFF), 0] })
    let run = ToolRun(["lint", folder.path])
    #expect(run.status == 1 && run.output.contains("[yaml-syntax]"))
  }

  @Test func aFolderWhoseNameEndsLikeAManifestIsSearched() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml/x.json", LintCommandTests.broken)
    try folder.write(".hidden/x.yaml", LintCommandTests.broken)
    try folder.write(".x.yaml", LintCommandTests.broken)
    let run = ToolRun(["lint", folder.path])
    #expect(run.output.contains("/a.yaml/x.json:") && run.output.contains("/.x.yaml:"))
    #expect(!run.output.contains("/.hidden/"))
  }

  @Test func entriesOfFoldersAreFoundAndComparedWithRowsOfOtherFiles() throws {
    let folder = try TemporaryFolder()
    let eksctl = """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {name: shop, region: eu-central-1}
      accessConfig:
        accessEntries:
          - principalARN: arn:aws:iam::444455556666:role/dev
            kubernetesGroups: [viewers, system:viewers]

      """
    try folder.write("cluster.yaml", eksctl)
    let alone = ToolRun(["lint", folder.path])
    #expect(alone.status == 1 && alone.output.contains("cluster.yaml:7:"), "\(alone.output)")
    try folder.write(
      "aws-auth.yaml",
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-auth, namespace: kube-system}
      data:
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/dev
            username: dev
            groups: [developers]

      """)
    for count in [1, 4] {
      let run = ToolRun(["lint", folder.path], threadCount: count)
      #expect(run.output.contains("[shadowed-by-access-entry]"), "\(run.output)")
    }
    try folder.write("other.yaml", eksctl.replacing("shop", with: "forge"))
    #expect(!ToolRun(["lint", folder.path]).output.contains("shadowed-by-access-entry"))
  }
}
