import Foundation
import TestSupport
import Testing

@Suite struct MigrateCommandTests {
  @Test func everythingThatIsKnownIsUsed() throws {
    let run = try MigrateFiles.migrate([
      MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
    ])
    #expect(run.status == 0 && run.error.isEmpty)
    try expectSnapshot(run.output, "migrate/plan.txt")
  }

  @Test func whatIsNotKnownIsAChoice() throws {
    let run = try MigrateFiles.migrate([MigrateFiles.configMap, MigrateFiles.cluster])
    #expect(run.status == 1)
    let chosen = try MigrateFiles.migrate(
      [MigrateFiles.configMap], "--cluster", "shop", "--node-type", "edge=HYBRID_LINUX",
      "--rename-group",
      "system:auditors=auditors", "--username", "dev=dev:{{SessionName}}", "--mode",
      "API_AND_CONFIG_MAP", "--to", "json")
    #expect(chosen.status == 0, "\(chosen.output)")
    for text in ["HYBRID_LINUX", "\"auditors\"", "dev:{{SessionName}}"] {
      #expect(chosen.output.contains(text))
    }
  }

  @Test func aPolicyInPlaceOfAGroupIsJudged() throws {
    let files = [
      MigrateFiles.configMap.replacing("system:auditors", with: "auditors"), MigrateFiles.cluster,
      MigrateFiles.roles,
      MigrateFiles.bindings.replacing("system:auditors", with: "auditors"),
    ]
    func run(_ policy: String) throws -> ToolRun {
      try MigrateFiles.migrate(
        files, "--replace-group", "auditors=\(policy)", "--kubernetes-version", "1.30")
    }
    let view = try run("AmazonEKSViewPolicy")
    #expect(view.status == 0)
    #expect(view.output.contains("may do    what it may do now\n"))
    let secrets = try run("AmazonEKSSecretReaderPolicy")
    #expect(secrets.status == 1)
    let proof = try #require(secrets.output.range(of: "Proof: "))
    try expectSnapshot(String(secrets.output[proof.lowerBound...]), "migrate/proof.txt")
  }

  @Test func optionsThatMeanNothingAreRefused() throws {
    let stranger = try MigrateFiles.migrate(
      [MigrateFiles.configMap, MigrateFiles.cluster], "--rename-group", "auditors=a", "--node-type",
      "x=EC2")
    #expect(stranger.status == 2 && stranger.output.isEmpty)
    #expect(
      stranger.error == "eks-access: no row has \"x\", \"auditors\", which an option names\n")
    let policy = try MigrateFiles.migrate(
      [MigrateFiles.configMap], "--replace-group", "system:auditors=View")
    #expect(policy.status == 2 && policy.error.contains("There is no access policy \"View\""))
    let template = MigrateFiles.configMap.replacing("system:auditors", with: "team:{{AccountID}}")
      .replacing("[team:{{AccountID}}]", with: "['team:{{AccountID}}']")
    func rename(_ group: String) throws -> ToolRun {
      try MigrateFiles.migrate(
        [template, MigrateFiles.cluster, MigrateFiles.roles], "--rename-group", group + "=a")
    }
    #expect(try rename("team:444455556666").status == 0)
    let unfilled = try rename("team:{{AccountID}}")
    #expect(unfilled.status == 2 && unfilled.error.contains("write the account in place of"))
    let version = try MigrateFiles.migrate(
      [MigrateFiles.configMap], "--kubernetes-version", "newest")
    #expect(version.status == 2 && version.error.contains("A version is 1.33 or the like"))
  }

  @Test(arguments: [
    "plan", "json", "markdown", "aws-cli", "eksctl", "cloudformation", "ack", "crossplane",
    "terraform", "rbac", "aws-auth", "rollback",
  ])
  func everyFormatIsWritten(format: String) throws {
    let run = try MigrateFiles.migrate(
      [MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings],
      "--to", format)
    #expect(run.status == 0 && !run.output.isEmpty)
  }

  @Test func aNameOfSeveralPrincipalsIsAChoice() throws {
    let both = MigrateFiles.configMap.replacing(
      "arn:aws:iam::444455556666:role/auditors", with: "arn:aws:iam::777788889999:role/dev")
    let run = try MigrateFiles.migrate(
      [both, MigrateFiles.cluster], "--username", "dev=dev:{{SessionName}}")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(
      run.error == "eks-access: rows of several principals have \"dev\", which an option names: "
        + "write the ARN in its place\n")
    let arn = try MigrateFiles.migrate(
      [both, MigrateFiles.cluster], "--username",
      "arn:aws:iam::777788889999:role/dev=d:{{SessionName}}")
    #expect(arn.status == 1 && arn.output.contains("d:{{SessionName}}"))
  }

  @Test(arguments: [
    (["--node-type", "edge=NODE"], "There is no type \"NODE\""),
    (["--rename-group", "a=b", "--rename-group", "a=c"], "--rename-group names \"a\" twice"),
    (["--username", "a=b", "--username", "a=c"], "--username names \"a\" twice"),
    (
      ["--rename-group", "a=b", "--replace-group", "a=AmazonEKSViewPolicy"],
      "\"a\" stands in --rename-group and --replace-group"
    ),
    (
      ["--node-type", "edge=EC2", "--username", "arn:aws:iam::444455556666:role/edge=x"],
      "role/edge\" stands in --node-type and --username"
    ),
    (["--replace-group", "a=AmazonEKSAutoNodePolicy"], "is for nodes or services of AWS"),
    (["--cluster", "-shop"], "Missing value"), (["--cluster", "a b"], "is no name of a cluster"),
    (["--region", "eu central"], "A region is"), (["--sso-region", "US-EAST-1"], "A region is"),
    (["--account", "44"], "twelve digits"), (["--partition", "x"], "no partition \"x\""),
    (["--target-mode", "CONFIG_MAP"], "no way back"), (["--node-type", "edge"], "edge"),
    ([], "no file tells the name of the cluster"),
    (["--verify", "--to", "terraform"], "--verify is printed as"),
  ])
  func wrongOptionsAreRefused(arguments: [String], message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", MigrateFiles.configMap)
    let run = ToolRun(["migrate", folder.path] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
  }

  @Test func whatWasTypedDoesNotReachATerminalRaw() {
    for option in ["--kubernetes-version", "--account", "--replace-group", "--\u{1B}[31m"] {
      let error = ToolRun(["migrate", option, "a=\u{1B}[31m"]).error
      #expect(error.contains("\\u{1B}[31m") && !error.contains("\u{1B}"), "\(option)")
    }
  }
}
