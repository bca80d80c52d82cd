import Foundation
import TestSupport
import Testing

/// Commands on files that keep mappings elsewhere than in a ConfigMap.
@Suite struct DialectCommandTests {
  private static let roles = """
    - rolearn: arn:aws:iam::444455556666:role/nodes
      username: system:node:{{EC2PrivateDNSName}}
      groups: [system:bootstrappers, system:nodes]
    - rolearn: arn:aws:iam::444455556666:role/teams/deployer
      username: deployer
      groups: [deployers]

    """
  private static let kustomization = """
    generatorOptions: {disableNameSuffixHash: true}
    configMapGenerator:
      - name: aws-auth
        files: [mapRoles=map/roles.yaml, mapUsers=../users.yaml, mapAccounts=later.yaml]

    """

  private func findings(_ arguments: [String], in folder: TemporaryFolder) -> [String] {
    let run = ToolRun(arguments)
    #expect(run.error.isEmpty)
    return run.output.replacing(folder.path + "/", with: "").split(separator: "\n")
      .filter { $0.hasSuffix("]") && $0.contains(": error: ") }.map(String.init)
  }

  private static let found = [
    "map/roles.yaml:4:42: error: role ARN has the path \"/teams/\", so this row matches nobody"
      + " [role-path]"
  ]

  @Test(arguments: ["", "/kustomization.yaml"]) func filesOfAGeneratorAreChecked(
    path: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("kustomization.yaml", Self.kustomization)
    try folder.write("map/roles.yaml", Self.roles)
    #expect(findings(["lint", folder.path + path], in: folder) == Self.found)
  }

  @Test(arguments: ["a.yaml", "z.yaml"]) func aFileIsCheckedOnceWhateverItsPlace(
    name: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "k.yaml", Self.kustomization.replacing("map/roles.yaml", with: "./\(name)"))
    try folder.write(name, "# mapRoles of the cluster\n" + Self.roles)
    let expected = Self.found.map { $0.replacing("map/roles.yaml:4", with: "\(name):5") }
    #expect(findings(["lint", folder.path], in: folder) == expected)
  }

  @Test func aListFileIsCheckedAndFixedAsTheTextOfASection() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("map/roles.yaml", Self.roles)
    #expect(findings(["lint", path], in: folder).isEmpty)
    #expect(findings(["lint", "--as", "map-roles", path], in: folder) == Self.found)
    #expect(ToolRun(["lint", "--fix", "--as", "map-roles", path]).status == 0)
    let fixed = try String(contentsOfFile: path, encoding: .utf8)
    #expect(fixed == Self.roles.replacing("/teams", with: ""))
  }

  @Test func aListFileThatDoesNotParseIsReported() {
    let run = ToolRun(["lint", "--as", "map-users", "-"], input: Array("- userarn: [\n".utf8))
    #expect(run.status == 1)
    #expect(run.output.contains("so EKS drops every row of \"mapUsers\" [yaml-syntax]"))
  }

  @Test func anUnknownSectionIsRefused() {
    let run = ToolRun(["lint", "--as", "mapRoles", "-"])
    #expect(run.status == 2 && run.error.contains("map-roles"))
  }

  @Test(arguments: [
    ("eks-anywhere.yaml", "arn:aws:iam::444455556666:user/alice", "alice"),
    ("control-plane.yaml", "arn:aws:sts::444455556666:assumed-role/deployer/x", "deployer"),
    ("eksctl-mappings.yaml", "arn:aws:iam::444455556666:user/staff/alice", "alice"),
    ("server-config.yaml", "arn:aws:sts::444455556666:assumed-role/deployer/x", "deployer:x"),
    ("kustomize-generator.yaml", "arn:aws:iam::444455556666:user/alice", "alice"),
    ("identity-mapping.yaml", "arn:aws:iam::444455556666:user/staff/alice", "alice"),
  ])
  func rowsOfEveryDialectAreResolved(file: String, caller: String, username: String) {
    let path = TestData.fixtures.appendingPathComponent("clean/\(file)").path
    let run = ToolRun(["resolve", caller, path, "--format", "json"])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("\"username\" : \"\(username)\""), "\(run.output)")
  }

  @Test func resolveReadsTheFilesOfAGenerator() throws {
    let folder = try TemporaryFolder()
    try folder.write("kustomization.yaml", Self.kustomization)
    let roles = try folder.write("map/roles.yaml", Self.roles)
    for arguments in [[folder.path], ["--as", "map-roles", roles]] {
      let run = ToolRun(["resolve", "--group", "system:nodes"] + arguments)
      #expect(run.status == 0)
      #expect(run.output.contains("roles.yaml:1:12: mapRoles row 1"), "\(run.output)")
    }
  }

  @Test func aClusterHasOneOfEach() throws {
    let folder = try TemporaryFolder()
    let text = "iamIdentityMappings: [{arn: r, username: u}]\n"
    try folder.write("a.yaml", text)
    try folder.write("b.yaml", text)
    let run = ToolRun(["resolve", "--all", folder.path])
    #expect(run.status == 2 && run.error.contains("2 times iamIdentityMappings"))
  }
}
