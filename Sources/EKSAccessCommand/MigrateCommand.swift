import ArgumentParser
import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
import KubernetesRBAC

struct MigrateCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Plan the way from aws-auth to access entries, and prove it.",
    discussion: """
      Reads what is known of one cluster: aws-auth; the answers of "aws eks describe-cluster", \
      "describe-access-entry" and "list-associated-access-policies"; for real paths, those of \
      "aws iam list-roles" and "list-users"; and roles and bindings, for groups that have to be \
      renamed. Every row appears in the plan once, with a decision and its reasons. Nothing is \
      called: the scripts are for you to read and run.

      EXAMPLES:
        eks-access migrate cluster/ --cluster shop                 the plan, for people
        eks-access migrate cluster/ --cluster shop --to aws-cli    a script
        eks-access migrate cluster/ --cluster shop --to terraform
        eks-access migrate cluster/ --verify                       is API safe now?

      EXIT STATUS:
        0  every row is provided for; with --verify: nobody would be locked out, and no entry
           gives less than its row says
        1  somebody has to look first: a row needs a choice or cannot become an entry, an entry
           gives something else or is not fully known, no row matches anybody, or somebody would
           be locked out
        2  a file or option could not be used; there is no aws-auth, or none that EKS can read
      """)

  @Argument(
    help: ArgumentHelp(
      "Files and directories of one cluster (default: this directory).",
      valueName: "path"))
  var paths: [String] = []

  @Option(help: ArgumentHelp("The name of the cluster, if no file tells.", valueName: "name"))
  var cluster: String?

  @Option(help: ArgumentHelp("The region, such as eu-central-1.", valueName: "region"))
  var region: String?

  @Option(help: ArgumentHelp("The account of the cluster: twelve digits.", valueName: "id"))
  var account: String?

  @Option(help: ArgumentHelp("The partition: aws, aws-cn, aws-us-gov …", valueName: "name"))
  var partition: String?

  @Option(
    name: .customLong("mode"),
    help: ArgumentHelp(
      "The mode that the cluster has: CONFIG_MAP, API_AND_CONFIG_MAP or API.", valueName: "mode"))
  var currentMode: ResolveCommand.Mode?

  @Option(
    help: ArgumentHelp(
      "The mode that it is to have: API_AND_CONFIG_MAP or API.", valueName: "mode"))
  var targetMode: ResolveCommand.Mode = .api

  @Option(help: ArgumentHelp("What to write.", valueName: "format"))
  var to = MigrationFormatChoice(format: .plan)

  @Flag(help: "Say whether switching the cluster as it is to API would lock anyone out.")
  var verify = false

  @Option(
    help: ArgumentHelp(
      "The type of a role's nodes, such as hybrid=HYBRID_LINUX; may be repeated.",
      valueName: "role=type"))
  var nodeType: [Assignment] = []

  @Option(
    help: ArgumentHelp("The username of a principal; may be repeated.", valueName: "name=username"))
  var username: [Assignment] = []

  @Option(
    help: ArgumentHelp(
      "The new name of a group with a reserved name; may be repeated.", valueName: "old=new"))
  var renameGroup: [Assignment] = []

  @Option(
    help: ArgumentHelp(
      "The access policy in place of a group; may be repeated.", valueName: "group=policy"))
  var replaceGroup: [Assignment] = []

  @Option(
    help: ArgumentHelp(
      "The version of Kubernetes, such as 1.33, for the rules of default roles.",
      valueName: "version"))
  var kubernetesVersion: String?

  @Option(
    help: ArgumentHelp(
      "The region of IAM Identity Center, for the paths of its roles.", valueName: "region"))
  var ssoRegion: String?

  @Flag(help: "Bring entries that are there up to the rows of their principals.")
  var updateExisting = false

  func validate() throws {
    try validateChoices()
    if let cluster, !cluster.isClusterName {
      throw ValidationError(
        "\"\(cluster)\" is no name of a cluster: that has up to 100 letters, "
          + "digits, - and _.")
    }
    for region in [region, ssoRegion].compactMap({ $0 }) where !region.isRegionLike {
      throw ValidationError(
        "A region is eu-central-1 or the like, \"\(region)\" is not.")
    }
    if let account, AccountID(account) == nil {
      throw ValidationError("An account is twelve digits, \"\(account)\" is not.")
    }
    if let partition, !Partition(rawValue: partition).isKnown {
      throw ValidationError(
        "There is no partition \"\(partition)\"; write one of "
          + Partition.known.map(\.rawValue).joined(separator: ", ") + ".")
    }
    if let kubernetesVersion, KubernetesVersion(kubernetesVersion) == nil {
      throw ValidationError("A version is 1.33 or the like, \"\(kubernetesVersion)\" is not.")
    }
    guard targetMode != .configMap else {
      throw ValidationError("The target is API_AND_CONFIG_MAP or API; there is no way back.")
    }
  }

  /// Plans or verifies, and prints.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32 {
    var input = ClusterInput(
      paths.isEmpty ? ["."] : paths, of: cluster, withRBAC: true, console)
    input.setMode(currentMode.flatMap { AuthenticationMode(rawValue: $0.rawValue) })
    for failure in input.failures {
      console.print(error: "\(Terminal.escaped(failure.path)): \(failure.message)")
    }
    guard input.isUsable(console), input.failures.isEmpty, input.isPlannable(console) else {
      return 2
    }
    if verify {
      let status = verified(input, console)
      // In the mode API no row counts.
      return input.leavesRowsUnclear && input.access.authenticationMode != .api
        ? max(status, 1) : status
    }
    for place in input.incompleteLists {
      console.print(
        error: "\(place.description): the list is not complete, so it tells paths and not who is "
          + "gone; get all of it without --max-items and --no-paginate")
    }
    guard let facts = facts(input, console) else { return 2 }
    let source = MigrationInput(
      cluster: facts, configMap: input.access.configMap,
      accessEntries: input.access.accessEntries, directory: input.directory, rbac: input.rbac)
    let options = options
    guard areFitting(options, for: source.configMap, console) else { return 2 }
    let plan = MigrationPlanner(source, options: options).plan
    let comparison = plan.proof(from: source)
    let output = plan.output(as: format, proof: comparison)
    console.writeOutput(Array(output.text.utf8))
    let proof = DiffReport(comparison, of: input, notes: deficits(in: plan, of: input))
    switch format {
    case .plan:
      console.writeOutput(
        Array(("\nProof: once aws-auth is not read any more\n\n" + proof.text).utf8))
    case .markdown:
      console.writeOutput(Array("\n".utf8) + proof.bytes(as: .markdown))
    default: break
    }
    for note in output.notes { console.print(error: Terminal.escaped(note)) }
    for remark in input.remarks {
      console.print(error: Terminal.escaped("\(remark.place.description): \(remark.message)"))
    }
    let isDone = plan.allowsAPIMode && comparison.losses.isEmpty && !input.leavesRowsUnclear
    return isDone ? 0 : 1
  }

  private var format: MigrationFormat { to.format }

  private var options: MigrationOptions {
    func dictionary(_ choices: [Assignment]) -> [String: String] {
      Dictionary(choices.map { ($0.name, $0.value) }) { _, last in last }
    }
    return MigrationOptions(
      kinds: dictionary(nodeType).mapValues { AccessEntry.Kind(rawValue: $0) },
      usernames: dictionary(username), groupNames: dictionary(renameGroup),
      groupPolicies: dictionary(replaceGroup).compactMapValues(AccessPolicy.named),
      ssoRegion: ssoRegion, updatesEntries: updateExisting)
  }

  /// The rows whose entries, which EKS uses already, give less than the rows say.
  private func deficits(in plan: MigrationPlan, of input: ClusterInput) -> [String] {
    plan.items.filter { !$0.deficits.isEmpty }.map { item in
      let place = input.place(of: item.row).map { $0.description + ": " } ?? ""
      return "\(place)\(item.principal) has less than its row says already: "
        + item.deficits.map(\.description).joined(separator: "; ")
    }
  }

  /// What the options and files tell of the cluster; the options count.
  private func facts(_ input: ClusterInput, _ console: Console) -> MigrationCluster? {
    let names = input.clusterNames.union(input.clusters.compactMap(\.cluster))
      .filter(\.isClusterName)
    guard let name = cluster ?? (names.count == 1 ? names.first : nil) else {
      console.print(error: "no file tells the name of the cluster: give it with --cluster")
      return nil
    }
    return facts(input, name)
  }

  private func facts(_ input: ClusterInput, _ name: String) -> MigrationCluster {
    let clusters = input.clusters.filter { $0.cluster == name }
    let arn = clusters.compactMap(\.arn).first.flatMap { ARN($0) }
    let principals =
      input.access.configMap.roles.map(\.roleARN)
      + input.access.configMap.users.map(\.userARN)
    let partitions = Set(principals.compactMap { IAMPrincipal($0)?.partition }.filter(\.isKnown))
    return MigrationCluster(
      name: name, region: region ?? arn?.region,
      account: (account ?? arn?.account).flatMap { AccountID($0) },
      partition: (partition ?? arn?.partition).map { Partition(rawValue: $0) }
        ?? (partitions.count == 1 ? partitions.first : nil) ?? .aws,
      mode: input.access.authenticationMode,
      targetMode: AuthenticationMode(rawValue: targetMode.rawValue) ?? .api,
      kubernetesVersion: version(of: clusters))
  }

  /// The version of Kubernetes: that of the option, or what files tell.
  private func version(of clusters: [ClusterManifest]) -> KubernetesVersion? {
    (kubernetesVersion ?? clusters.compactMap(\.version).first).flatMap { KubernetesVersion($0) }
  }

  /// Compares what the cluster gives now with what it would give in the mode API.
  private func verified(_ input: ClusterInput, _ console: Console) -> Int32 {
    guard input.access.authenticationMode != .api else {
      console.writeOutput(Array("the cluster has the mode API already\n".utf8))
      return 0
    }
    guard format == .plan || format == .json || format == .markdown else {
      console.print(error: "--verify is printed as plan, json or markdown")
      return 2
    }
    var now = input
    now.setMode(input.access.authenticationMode ?? .apiAndConfigMap)
    var then = input
    then.setMode(.api)
    let rbac = input.rbac.map { RBACIndex($0.addingDefaults(of: version(of: input.clusters))) }
    let source = MigrationInput(
      cluster: facts(input, cluster ?? input.clusterNames.first ?? ""),
      configMap: input.access.configMap, accessEntries: input.access.accessEntries,
      directory: input.directory, rbac: input.rbac)
    let deficits = deficits(in: MigrationPlanner(source, options: options).plan, of: input)
    let report = DiffReport(before: now, after: then, rbac: rbac, notes: deficits)
    console.writeOutput(
      report.bytes(as: format == .json ? .json : format == .markdown ? .markdown : .text))
    return report.comparison.losses.isEmpty && deficits.isEmpty ? 0 : 1
  }
}

/// The values of `migrate --to`.
struct MigrationFormatChoice: ExpressibleByArgument {
  var format: MigrationFormat

  init(format: MigrationFormat) {
    self.format = format
  }

  init?(argument: String) {
    guard let format = MigrationFormat(rawValue: argument) else { return nil }
    self.format = format
  }

  static var allValueStrings: [String] { MigrationFormat.allCases.map(\.rawValue) }

  var defaultValueDescription: String { format.rawValue }
}
