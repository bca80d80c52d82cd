import Foundation
import TestSupport
import Testing

@Suite struct ConfigCommandTests {
  @Test func theNearestConfigurationIsInForce() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a/b/x.yaml", LintCommandTests.broken)
    #expect(ToolRun(["lint", path]).status == 1)
    try folder.write(".eks-access.yaml", "rules: {node-groups: off}")
    #expect(ToolRun(["lint", path]).status == 0)
    try folder.write("a/.eks-access.yaml", "rules: {node-groups: warning}")
    let run = ToolRun(["lint", path])
    #expect(run.status == 0 && run.output.contains(": warning: node role is not in"))
    #expect(ToolRun(["lint", "--fail-on", "warning", folder.path]).status == 1)
  }

  @Test func excludedFilesAreNotChecked() throws {
    let folder = try TemporaryFolder()
    try folder.write("vendor/x.yaml", LintCommandTests.broken)
    try folder.write("own/x.yaml", LintCommandTests.broken)
    try folder.write(".eks-access.yaml", "exclude: [vendor/]")
    let run = ToolRun(["lint", folder.path])
    #expect(!run.output.contains("/vendor/") && run.output.contains("/own/x.yaml:"))
  }

  @Test func factsOfTheClusterReachTheRules() throws {
    let folder = try TemporaryFolder()
    let people = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-auth, namespace: kube-system}
      data:
        mapRoles: |
          - rolearn: arn:aws:iam::777788889999:role/developers
            username: developer:{{SessionName}}
            groups: [view]

      """
    let path = try folder.write("x.yaml", people)
    func rules() -> [String] {
      ToolRun(["lint", path]).output.split(separator: "\n").compactMap { line in
        line.hasSuffix("]") && line.contains(".yaml:")
          ? line.split(separator: "[").last.map { String($0.dropLast()) } : nil
      }.sorted()
    }
    #expect(rules() == ["no-node-mapping", "role-name-as-group"])
    try folder.write(
      ".eks-access.yaml",
      """
      accounts: ["444455556666"]
      groups: [view]
      cluster: {nodes-use-access-entries: true, partition: aws-cn}
      """)
    #expect(rules() == ["foreign-account", "mixed-partitions"])
  }

  @Test func aWrongConfigurationStopsWithItsPlace() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("x.yaml", LintCommandTests.mended)
    try folder.write(".eks-access.yaml", "rules:\n  node-group: off\n")
    for arguments in [["lint", path], ["config", path]] {
      let run = ToolRun(arguments)
      #expect(run.status == 2, "\(arguments)")
      #expect(
        run.error.contains(
          ".eks-access.yaml:2:3: there is no rule \"node-group\"; write node-groups"),
        "\(run.error)")
    }
  }

  @Test func theCommandSaysWhatIsInForceAndFromWhere() throws {
    let folder = try TemporaryFolder()
    try folder.write(".eks-access.yaml", "rules: {map-accounts: off}\nexclude: [x.yaml]\n")
    let path = try folder.write("x.yaml", "")
    let run = ToolRun(["config", path])
    #expect(run.status == 0 && run.output.contains("rules: map-accounts off\nexclude: x.yaml\n"))
    #expect(run.output.contains("is not checked"))
    #expect(run.output.hasPrefix("file: /") && run.output.contains("/.eks-access.yaml\n"))
  }
}
