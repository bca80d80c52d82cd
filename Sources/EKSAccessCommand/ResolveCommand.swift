import ArgumentParser
import EKSAccess
import EKSAccessManifests

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say who an IAM principal is in the cluster, and why.",
    discussion: """
      Reads aws-auth ConfigMaps and the files of kustomize, eksctl and others that make them, \
      IAMIdentityMapping objects and the answers of \
      "aws eks describe-access-entry" and "describe-cluster", all of one cluster, and answers as \
      EKS would: with username and groups, the row that decides, and every other row that has to \
      do with the caller.

      EXAMPLES:
        eks-access resolve arn:aws:iam::444455556666:role/dev aws-auth.yaml
        aws sts get-caller-identity | eks-access resolve - aws-auth.yaml
        eks-access resolve --all aws-auth.yaml        what the cluster makes of each row
        eks-access resolve --group system:masters .   who can enter a group
        eks-access resolve --username jane .          who can become a user

      EXIT STATUS:
        0  mapped; with --all, --group and --username: something is listed
        1  not mapped, or nothing to list
        2  a file or option could not be used
      """)

  @Argument(
    help: ArgumentHelp(
      "The caller's ARN, or \"-\" for the JSON of get-caller-identity on standard input; then "
        + "files and directories (default: this directory).", valueName: "arn> [<path"))
  var arguments: [String] = []

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Take the named files for the text of a section: map-roles, map-users or map-accounts.",
      valueName: "section"))
  var section: SectionChoice?

  @Option(
    help: ArgumentHelp("The cluster, where the files tell of several.", valueName: "name"))
  var cluster: String?

  @Flag(help: "List all rows with what the cluster makes of them.")
  var all = false

  @Option(help: ArgumentHelp("List the rows whose callers enter a group.", valueName: "name"))
  var group: String?

  @Option(help: ArgumentHelp("List the rows whose callers become a user.", valueName: "name"))
  var username: String?

  @Option(help: ArgumentHelp("The session name, for a role's ARN.", valueName: "name"))
  var sessionName: String?

  @Option(
    help: ArgumentHelp("The private DNS name of the caller's instance.", valueName: "name"))
  var privateDnsName: String?

  @Option(help: ArgumentHelp("The caller's access key id.", valueName: "id"))
  var accessKeyId: String?

  @Option(
    help: ArgumentHelp(
      "The cluster's mode: CONFIG_MAP, API_AND_CONFIG_MAP or API.", valueName: "mode"))
  var authenticationMode: Mode?

  @Flag(help: "Take sso rows as the authenticator does with its feature gate SSORoleMatch.")
  var ssoRoleMatch = false

  @Flag(help: "Leave <<…>> as text, as EKS does, instead of taking it for {{…}}.")
  var literalAngleBrackets = false

  @Option(help: "How to print the answer: text or json.")
  var format: OutputFormat = .text

  /// The values of `--authentication-mode`.
  enum Mode: String, ExpressibleByArgument, CaseIterable {
    case configMap = "CONFIG_MAP"
    case apiAndConfigMap = "API_AND_CONFIG_MAP"
    case api = "API"
  }

  private var lists: Bool { all || group != nil || username != nil }

  func validate() throws {
    guard [all, group != nil, username != nil].count(where: \.self) <= 1 else {
      throw ValidationError("Give one of --all, --group and --username.")
    }
    guard lists || !arguments.isEmpty else {
      throw ValidationError("Give the caller's ARN, or one of --all, --group and --username.")
    }
  }

  /// Answers the question and prints the answer.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32 {
    let paths = lists ? arguments : Array(arguments.dropFirst())
    if !lists, arguments.first == "-", paths.contains("-") {
      console.print(error: "standard input cannot be both the caller and a file")
      return 2
    }
    var input = ClusterInput(
      paths.isEmpty ? ["."] : paths, as: section?.section, of: cluster, console)
    input.setMode(authenticationMode.flatMap { AuthenticationMode(rawValue: $0.rawValue) })
    for failure in input.failures {
      console.print(error: "\(Terminal.escaped(failure.path)): \(failure.message)")
    }
    guard input.isUsable(console) else { return 2 }
    let resolver = IdentityResolver(
      input.access,
      options: .init(
        ssoRoleMatch: ssoRoleMatch,
        templateSyntax: literalAngleBrackets ? .authenticator : .withAngleBrackets))
    let status = lists ? list(resolver, input, console) : answer(resolver, input, console)
    return input.failures.isEmpty ? status : 2
  }

  private func list(
    _ resolver: IdentityResolver, _ input: ClusterInput, _ console: Console
  ) -> Int32 {
    let listing: MappingList
    if let group {
      listing = MappingList(sources: resolver.sources(ofGroup: group))
    } else if let username {
      listing = MappingList(sources: resolver.sources(ofUsername: username))
    } else {
      listing = MappingList(mappings: resolver.effectiveMappings)
    }
    switch format {
    case .text: console.writeOutput(Array(listing.text(input).utf8))
    case .json: console.writeOutput(listing.json(input))
    }
    if listing.items.isEmpty { console.print(error: "no row of the files given does that") }
    return listing.items.isEmpty ? 1 : 0
  }

  private func answer(
    _ resolver: IdentityResolver, _ input: ClusterInput, _ console: Console
  ) -> Int32 {
    guard let caller = caller(console) else { return 2 }
    let resolution = resolver.resolve(caller)
    let explanation = Explanation(resolution, resolver, input)
    switch format {
    case .text: console.writeOutput(Array(explanation.text.utf8))
    case .json: console.writeOutput(explanation.json)
    }
    return resolution.outcomes.contains { $0.identity != nil } ? 0 : 1
  }

  private func caller(_ console: Console) -> Caller? {
    let text = arguments.first ?? ""
    do {
      guard text == "-" else {
        return try Caller(
          arn: text, sessionName: sessionName, accessKeyID: accessKeyId,
          privateDNSName: privateDnsName)
      }
      let bytes = try console.readInput(1 << 20)
      if let caller = try Caller(
        callerIdentity: bytes, accessKeyID: accessKeyId, privateDNSName: privateDnsName)
      {
        return caller
      }
      console.print(
        error: "standard input is not the JSON of \"aws sts get-caller-identity\": no \"Arn\"")
    } catch let error as InputError {
      console.print(error: "standard input: \(error.message)")
    } catch {
      console.print(error: Terminal.escaped("\(error)"))
    }
    return nil
  }
}
