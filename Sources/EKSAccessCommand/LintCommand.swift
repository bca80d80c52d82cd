import ArgumentParser
import EKSAccessLint

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check manifests for mistakes that lock people out or drop nodes.",
    discussion: """
      Reads aws-auth ConfigMaps wherever they stand: in files of one or many documents, in \
      lists, as JSON, as kubectl exports them, and in patches and generators of kustomize with \
      their files; the mappings of eksctl, Cluster API, EKS Anywhere and of the authenticator's \
      own configuration and IAMIdentityMapping objects; and roles and bindings, which are checked \
      against them across all files of a run. Other objects are passed over.

      A comment "# eks-access: ignore[rule-id] reason" excuses a line, or the row below it. \
      A file .eks-access.yaml sets severities and facts of the cluster (eks-access config --help); \
      "eks-access rules" explains each rule.

      In directories, files named *.yaml, *.yml and *.json are read; directories whose name \
      begins with a dot are left out. Nothing is sent anywhere.

      EXAMPLES:
        eks-access lint                         all manifests below this directory
        eks-access lint aws-auth.yaml
        kubectl get cm aws-auth -n kube-system -o yaml | eks-access lint -
        helm template ./chart | eks-access lint - --stdin-filename chart
        eks-access lint --as map-roles roles.yaml
        eks-access lint --format json clusters/ > findings.json
        eks-access lint --diff clusters/ | git apply    look at it first; or --fix

      EXIT STATUS:
        0  nothing found at or above the level of --fail-on
        1  something found
        2  a file or option could not be used; the other files are checked all the same
      """)

  @Argument(
    help: ArgumentHelp(
      "Files and directories to check; \"-\" is standard input.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml", "json"]))
  var paths: [String] = ["."]

  @Option(help: "How to print findings: text, json, sarif, github, gitlab or junit.")
  var format: LintFormat = .text

  @Option(
    help: ArgumentHelp(
      "Whether text has colours: auto (on a terminal, unless NO_COLOR is set), always or never.",
      valueName: "when"))
  var color: ColorChoice = .auto

  @Option(
    help: ArgumentHelp(
      "The least severity that makes the exit status 1: error, warning or note.",
      valueName: "severity"))
  var failOn: Threshold = .error

  @Option(
    help: ArgumentHelp("The name to print for standard input.", valueName: "name"))
  var stdinFilename: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Take the named files for the text of a section: map-roles, map-users or map-accounts.",
      valueName: "section"))
  var section: SectionChoice?

  @Flag(help: "Make the safe fixes in the files; of standard input, print the fixed text.")
  var fix = false

  @Flag(help: "Make all fixes, those too that somebody should look at.")
  var unsafeFixes = false

  @Flag(help: "Print what fixes would change, as a unified diff, and change nothing.")
  var diff = false

  @Option(
    help: ArgumentHelp(
      "Hide the findings that a file names, which --write-baseline wrote.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write all findings to a file instead of printing them, to hide them from now on.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var writeBaseline: String?

  func validate() throws {
    if diff, writeBaseline != nil {
      throw ValidationError("--write-baseline does not go with --diff, which changes nothing")
    }
  }

  var lintRun: LintRun {
    LintRun(
      paths: paths, format: format, color: color, failOn: failOn.severity,
      stdinFilename: stdinFilename,
      fixes: .init(unsafe: unsafeFixes, isDiff: diff, isOn: fix || unsafeFixes || diff),
      section: section?.section, baseline: baseline, writtenBaseline: writeBaseline)
  }
}

extension SectionChoice: ExpressibleByArgument {}

/// The values of `--fail-on`.
enum Threshold: String, ExpressibleByArgument, CaseIterable {
  case error
  case warning
  case note

  var severity: Severity {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
