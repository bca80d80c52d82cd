import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
import Foundation
import KubernetesRBAC
import TestSupport
import Testing
import YAMLSource

/// Runs the generated scripts by the machine's own shell, with an `aws` on the PATH that notes how
/// it is called.
@Suite struct ScriptTests {
  @Test(arguments: EmitterTests.seeds.prefix(20), [MigrationFormat.awsCLI, .rollback])
  func scriptsAreSyntaxOfTheShell(seed: UInt64, format: MigrationFormat) throws {
    let folder = try ScriptFolder()
    let script = try folder.write(
      "script", GeneratedMaps.plan(seed: seed).output(as: format).text)
    #expect(try folder.run(["sh", "-n", script]).status == 0)
  }

  @Test(arguments: EmitterTests.seeds.prefix(10))
  func theScriptMakesTheEntriesOfThePlan(seed: UInt64) throws {
    let plan = GeneratedMaps.plan(seed: seed)
    let folder = try ScriptFolder()
    for entry in plan.updated { try folder.answerAs(entry, in: plan.cluster.name) }
    let script = try folder.write("script", plan.output(as: .awsCLI).text)
    let run = try folder.run(["sh", script, "--bindings-added"])
    #expect(run.status == 0, "\(run.error)")

    let calls = try folder.calls
    #expect(calls.allSatisfy { $0.contains("--cli-input-json") || $0.first == "sts" })
    let made = ManifestFile(
      Array(
        calls.filter { $0[1] == "create-access-entry" || $0[1] == "associate-access-policy" }
          .map { $0[3] + "\n" }.joined().utf8)
    ).accessObjects
    var created = made.entries.map(\.entry)
    for index in created.indices {
      created[index].policies = created[index].policies.filter(
        plan.created[index].policies.contains)
    }
    #expect(created == plan.created)
    #expect(made.entries.allSatisfy { $0.cluster == plan.cluster.name })
    #expect(!folder.has("canary"))
    let control = run.output.unicodeScalars.filter {
      $0 != "\n" && $0.properties.generalCategory == .control
    }
    #expect(control.isEmpty)
  }

  @Test func anEntryThatSomebodyElseMakesMeanwhileIsCompared() throws {
    let plan = ScriptFolder.planOfOneRow()
    let folder = try ScriptFolder()
    try folder.write("faster", "")
    let run = try folder.run(["sh", try folder.write("script", plan.output(as: .awsCLI).text)])
    #expect(run.status == 0 && run.output.contains("there already"), "\(run.error)")
    try folder.forgetCalls()
    let rollback = try folder.write("rollback", plan.output(as: .rollback).text)
    #expect(try folder.run(["sh", rollback, "--keep-config-map"]).status == 0)
    #expect(try folder.calls.map { $0[1] } == ["get-caller-identity", "describe-cluster"])
  }

  @Test func anEntryThatIsMadeWithoutAnAnswerIsTakenBack() throws {
    let plan = ScriptFolder.planOfOneRow()
    let folder = try ScriptFolder()
    try folder.write("silent", "")
    let run = try folder.run(["sh", try folder.write("script", plan.output(as: .awsCLI).text)])
    #expect(run.status == 1 && run.error.contains("cannot create the entry"), "\(run.error)")
    let rollback = try folder.write("rollback", plan.output(as: .rollback).text)
    #expect(try folder.run(["sh", rollback, "--keep-config-map"]).status == 0)
    #expect(try folder.calls.last?[1] == "delete-access-entry")
  }

  @Test(arguments: [
    "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "ThrottlingException",
    "UnrecognizedClientException",
  ])
  func anEntryThatAWSRefusesIsNotTakenBack(code: String) throws {
    let plan = ScriptFolder.planOfOneRow()
    let folder = try ScriptFolder()
    try folder.write("refusal", code)
    let run = try folder.run(["sh", try folder.write("script", plan.output(as: .awsCLI).text)])
    #expect(run.status == 1 && run.error.contains("cannot create the entry"), "\(run.error)")
    let rollback = try folder.write("rollback", plan.output(as: .rollback).text)
    #expect(try folder.run(["sh", rollback, "--keep-config-map"]).status == 0)
    #expect(try !folder.calls.contains { $0[1] == "delete-access-entry" })
  }

  @Test func theDryRunCallsNothingThatChanges() throws {
    let folder = try ScriptFolder()
    let plan = GeneratedMaps.plan(seed: 1)
    for entry in plan.updated { try folder.answerAs(entry, in: plan.cluster.name) }
    let script = try folder.write("script", plan.output(as: .awsCLI).text)
    let run = try folder.run(["sh", script, "--dry-run", "--bindings-added"])
    #expect(run.status == 0, "\(run.error)")
    let verbs = Set(try folder.calls.map { $0[1] })
    #expect(
      verbs.isSubset(of: [
        "get-caller-identity", "describe-cluster", "get-role", "get-user", "describe-access-entry",
        "list-associated-access-policies",
      ]))
    #expect(!folder.has("eks-access-migration.journal"))
  }

  @Test func bindingsComeFirst() throws {
    let plan = try #require(
      EmitterTests.seeds.map(GeneratedMaps.plan).first { !$0.bindings.isEmpty })
    let folder = try ScriptFolder()
    let run = try folder.run(
      ["sh", try folder.write("script", plan.output(as: .awsCLI).text)])
    #expect(run.status == 1 && run.error.contains("--bindings-added"))
    #expect(try folder.calls.map { $0[1] } == ["get-caller-identity", "describe-cluster"])
  }

  @Test(arguments: [
    ("CONFIG_MAP", AuthenticationMode.configMap, "--change-mode"),
    ("CONFIG_MAP", .apiAndConfigMap, "API_AND_CONFIG_MAP"), ("API", .apiAndConfigMap, "aws-auth"),
    ("None", .configMap, "not known"),
  ])
  func theModeHasToBeThatOfThePlan(
    mode: String, planned: AuthenticationMode, message: String
  ) throws {
    let configMap = AWSAuthConfigMap(
      roles: [RoleMapping(roleARN: "arn:aws:iam::444455556666:role/a", username: "a")])
    let plan = MigrationPlanner(
      MigrationInput(cluster: MigrationCluster(name: "shop", mode: planned), configMap: configMap)
    ).plan
    let folder = try ScriptFolder(mode: mode)
    let run = try folder.run(["sh", try folder.write("script", plan.output(as: .awsCLI).text)])
    #expect(run.status == 1 && run.error.contains(message))
    #expect(try folder.calls.count == 2)
  }

  @Test func theRollBackDeletesOnlyWhatTheJournalNames() throws {
    let configMap = AWSAuthConfigMap(
      roles: ["a", "b"].map {
        RoleMapping(
          roleARN: "arn:aws:iam::444455556666:role/\($0)", username: "u'$(>canary)", groups: ["g"])
      })
    // IAM tells paths, and paths may hold what names may not.
    var directory = IAMDirectory()
    directory.add(
      ["a", "x'$(>canary)/b"].map { .init(arn: "arn:aws:iam::444455556666:role/\($0)") })
    let plan = MigrationPlanner(
      MigrationInput(
        cluster: MigrationCluster(name: "shop", mode: .apiAndConfigMap), configMap: configMap,
        directory: directory)
    ).plan
    let folder = try ScriptFolder()
    let script = try folder.write("script", plan.output(as: .awsCLI).text)
    #expect(try folder.run(["sh", script]).status == 0)
    // The journal of a run that found the first entry there already.
    let journal = try folder.read("eks-access-migration.journal").split(separator: "\n")
    try #require(journal.count == 2)
    try folder.write("eks-access-migration.journal", journal[1] + "\n")
    try folder.forgetCalls()
    let rollback = try folder.write("rollback", plan.output(as: .rollback).text)
    #expect(try folder.run(["sh", rollback]).error.contains("no back-up"))
    #expect(try folder.run(["sh", rollback, "--keep-config-map"]).status == 0)
    let deleted = try folder.calls.filter { $0[1] == "delete-access-entry" }
    #expect(deleted.count == 1)
    #expect(deleted.first?[3].contains("x\\u0027$(>canary)/b") == true)
    #expect(!folder.has("canary"))
  }

  @Test func theRollBackStopsWhereAWSAuthIsNotAsked() throws {
    let folder = try ScriptFolder(mode: "API")
    try folder.write("eks-access-migration.journal", "")
    let plan = GeneratedMaps.plan(seed: 2)
    let script = try folder.write("rollback", plan.output(as: .rollback).text)
    let run = try folder.run(["sh", script, "--keep-config-map"])
    #expect(run.status == 1 && run.error.contains("mode API"))
    #expect(try folder.calls.count == 2)
  }

  @Test(arguments: [
    "https://0123.eks.example", "https://0123.EKS.example/", "HTTPS://0123.eks.example",
  ])
  func theRollBackGoesOnInTheContextOfTheCluster(server: String) throws {
    let folder = try ScriptFolder(server: server)
    let run = try folder.rollBack(ScriptFolder.planOfOneRow())
    #expect(run.status == 0, "\(run.error)")
    #expect(try folder.read("kubectl-calls").contains("replace -f -"))
    #expect(try folder.calls.last?[1] == "delete-access-entry")
  }

  @Test(
    arguments: ["https://4567.eks.example", "https://0123.eks.example.org", ""],
    [[], ["--dry-run"]])
  func theRollBackChangesNothingInAnotherContext(server: String, options: [String]) throws {
    let folder = try ScriptFolder(server: server)
    let run = try folder.rollBack(ScriptFolder.planOfOneRow(cluster: "sh'op"), options)
    #expect(run.status == 1 && run.output.isEmpty)
    let words =
      server.isEmpty
      ? "cannot see which"
      : "kubectl speaks to \(server), the cluster of the plan is https://0123.eks.example;"
    #expect(run.error.contains(words))
    #expect(
      run.error.contains(#"aws eks update-kubeconfig --name='sh'\''op' --region=eu-central-1, "#))
    #expect(!folder.has("kubectl-calls"))
    #expect(
      try folder.calls.map { $0[1] } == [
        "get-caller-identity", "describe-cluster", "describe-cluster",
      ])
  }

  @Test func theRollBackGoesOnInAnyContextWhenItIsToldTo() throws {
    let folder = try ScriptFolder(server: "https://localhost:8443")
    let run = try folder.rollBack(ScriptFolder.planOfOneRow(), ["--any-context"])
    #expect(run.status == 0, "\(run.error)")
    #expect(try folder.read("kubectl-calls").contains("replace -f -"))
    #expect(try folder.calls.last?[1] == "delete-access-entry")
  }

  @Test func theContextCountsWhereKubectlIsUsed() throws {
    let folder = try ScriptFolder(server: "https://4567.eks.example")
    let one = try folder.rollBack(ScriptFolder.planOfOneRow(), ["--keep-config-map"])
    #expect(one.status == 0, "\(one.error)")
    let plan = try #require(
      EmitterTests.seeds.map(GeneratedMaps.plan).first { !$0.bindings.isEmpty })
    let other = try folder.rollBack(plan, ["--keep-config-map"])
    #expect(other.status == 1 && other.error.contains("https://4567.eks.example"))
    #expect(!folder.has("kubectl-calls"))
  }
}

/// A folder with a script and an `aws` that plays a cluster.
private final class ScriptFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

  /// Every word of a call ends in a line of its own, since inputs have no line breaks.
  private static let aws = #"""
    #!/bin/sh
    for word; do printf '%s\n' "$word"; done >>calls
    echo '--- ---' >>calls
    input=$4
    case $2 in
      get-caller-identity) echo 444455556666 ;;
      describe-cluster)
        case $* in
          *cluster.endpoint*) echo https://0123.eks.example ;;
          *) printf 'ACTIVE\t%s\n' MODE ;;
        esac
        ;;
      get-role | get-user) echo True ;;
      create-access-entry)
        if [ -e refusal ]; then
          echo "An error occurred ($(cat refusal)) when calling" >&2
          exit 254
        fi
        printf '%s\n' "$input" >>created
        if [ -e faster ]; then
          echo 'An error occurred (ResourceInUseException) when calling' >&2
          exit 254
        fi
        if [ -e silent ]; then
          echo 'An error occurred (ServerException) when calling' >&2
          exit 254
        fi
        ;;
      update-access-entry) echo done >>updated ;;
      associate-access-policy) printf '%s\n' "$input" >>associated ;;
      describe-access-entry)
        if grep -q -F -e "${input%\}}," created 2>/dev/null; then echo True; exit 0; fi
        if grep -q -x -F -e "$input" existing 2>/dev/null; then echo True; exit 0; fi
        echo 'An error occurred (ResourceNotFoundException) when calling' >&2
        exit 254
        ;;
      list-associated-access-policies)
        policy=$(printf '%s' "$6" | sed 's/^[^"]*"//; s/"`.*//')
        if grep -F -e "${input%\}}," associated 2>/dev/null |
          grep -q -F -e "\"$policy\""; then echo True; else echo None; fi ;;
      delete-access-entry | disassociate-access-policy) ;;
      *) exit 2 ;;
    esac
    """#

  /// A `kubectl` whose context has a server, and that notes what it changes.
  private static let kubectl = #"""
    #!/bin/sh
    case $* in
      "config view --minify --output jsonpath={.clusters[0].cluster.server}")
        if [ -z 'SERVER' ]; then exit 1; fi
        printf '%s' 'SERVER'
        ;;
      get*) ;;
      *) echo "$*" >>kubectl-calls; cat >/dev/null ;;
    esac
    """#

  init(
    mode: String = "API_AND_CONFIG_MAP", server: String = "https://0123.eks.example"
  ) throws {
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent("bin"), withIntermediateDirectories: true)
    let aws = try write("bin/aws", Self.aws.replacing("MODE", with: mode))
    let kubectl = try write("bin/kubectl", Self.kubectl.replacing("SERVER", with: server))
    for file in [aws, kubectl] {
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
  }

  /// A plan that makes an entry and adds no binding.
  static func planOfOneRow(cluster: String = "shop") -> MigrationPlan {
    let row = RoleMapping(roleARN: "arn:aws:iam::444455556666:role/a", username: "a")
    return MigrationPlanner(
      MigrationInput(
        cluster: MigrationCluster(name: cluster, region: "eu-central-1", mode: .apiAndConfigMap),
        configMap: AWSAuthConfigMap(roles: [row]))
    ).plan
  }

  /// Runs the script of a plan and then, with calls of its own, the one that takes it back.
  func rollBack(
    _ plan: MigrationPlan, _ options: [String] = []
  ) throws -> (status: Int32, output: String, error: String) {
    try run(["sh", write("script", plan.output(as: .awsCLI).text), "--bindings-added"])
    try forgetCalls()
    try write("aws-auth.backup.yaml", plan.remaining.manifest)
    return try run(["sh", write("rollback", plan.output(as: .rollback).text)] + options)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Lets the cluster have an entry as planned.
  func answerAs(_ entry: AccessEntry, in cluster: String) throws {
    let key = YAMLValue.mapping(
      ("clusterName", .string(cluster)), ("principalArn", .string(entry.principalARN)))
    let old = (try? read("existing")) ?? ""
    try write("existing", old + key.jsonLine + "\n")
  }

  @discardableResult
  func write(_ name: String, _ text: some StringProtocol) throws -> String {
    let file = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  func read(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path)
  }

  func forgetCalls() throws {
    try FileManager.default.removeItem(at: url.appendingPathComponent("calls"))
  }

  /// The words of each call of `aws`.
  var calls: [[String]] {
    get throws {
      let lines = try read("calls").split(separator: "\n", omittingEmptySubsequences: false)
      return lines.split(separator: "--- ---").map { $0.map(String.init) }.filter { $0.count > 1 }
    }
  }

  @discardableResult
  func run(_ words: [String]) throws -> (status: Int32, output: String, error: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = url
    process.environment = ["PATH": url.path + "/bin:/usr/bin:/bin", "TMPDIR": url.path]
    let output = url.appendingPathComponent("output")
    let error = url.appendingPathComponent("error")
    for file in [output, error] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try read("output"), try read("error"))
  }
}
