import ArgumentParser
import EKSAccess
import EKSAccessManifests

struct DiffCommand: ParsableCommand, ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say who gains or loses access between two inputs.",
    discussion: """
      Reads two sides, each a file or a directory of one cluster in any language: aws-auth, \
      access entries of eksctl, CloudFormation, Terraform plans, ACK, Crossplane, CAPA or the AWS \
      CLI. Both are resolved as EKS does it, so that a row that is lost to a wrong indent counts \
      as lost, and a row that moves counts as the same.

      EXAMPLES:
        kubectl get cm aws-auth -n kube-system -o yaml | eks-access diff - aws-auth.yaml
        git show HEAD:aws-auth.yaml | eks-access diff - aws-auth.yaml
        eks-access diff live/ planned/ --format markdown
        terraform show -json plan.out > plan.json; eks-access diff plan.json

      EXIT STATUS:
        0  nobody loses access
        1  somebody does
        2  a file or option could not be used
      """)

  @Argument(help: "What is there: a file, a directory, or \"-\" for standard input.")
  var before: String

  @Argument(
    help: "What is to come, as before; without it the first one is a plan of Terraform as JSON.")
  var after: String?

  @Option(
    help: ArgumentHelp("The cluster, where the files tell of several.", valueName: "name"))
  var cluster: String?

  @Option(
    help: ArgumentHelp(
      "The cluster's mode on both sides: CONFIG_MAP, API_AND_CONFIG_MAP or API.",
      valueName: "mode"))
  var authenticationMode: ResolveCommand.Mode?

  @Option(help: "How to print the answer: text, json or markdown.")
  var format: DiffFormat = .text

  func validate() throws {
    guard before != "-" || after != "-" else {
      throw ValidationError("Standard input cannot be both sides.")
    }
  }

  /// Compares and prints.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32 {
    guard let new = side(after ?? before, console) else { return 2 }
    guard after != nil || new.isTerraformPlan else {
      console.print(error: "give two inputs, or one plan of Terraform as JSON")
      return 2
    }
    guard let old = side(before, prior: after == nil, console) else { return 2 }
    let report = DiffReport(before: old, after: new)
    console.writeOutput(report.bytes(as: format))
    return report.comparison.losses.isEmpty ? 0 : 1
  }

  private func side(
    _ path: String, prior isPrior: Bool = false, _ console: Console
  ) -> ClusterInput? {
    var input = ClusterInput([path], of: cluster, prior: isPrior, console)
    input.setMode(authenticationMode.flatMap { AuthenticationMode(rawValue: $0.rawValue) })
    for failure in input.failures {
      console.print(error: "\(Terminal.escaped(failure.path)): \(failure.message)")
    }
    // A plan that makes everything anew has found nothing.
    guard isPrior && input.isEmpty || input.isUsable(console, naming: path) else { return nil }
    return input.failures.isEmpty ? input : nil
  }
}

/// How `diff` prints.
enum DiffFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
  case markdown
}
