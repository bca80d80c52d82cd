import ArgumentParser

/// The command line tool as a function.
public enum EKSAccessTool {
  /// Runs the tool.
  ///
  /// - Parameters:
  ///   - arguments: The arguments without the tool's name.
  ///   - console: Where it reads and writes.
  /// - Returns: The exit status: 0 clean, 1 findings, 2 could not run.
  public static func run(_ arguments: [String], on console: Console) -> Int32 {
    if let lint = LintRun(plain: arguments) { return lint(on: console) }
    do {
      var command = try RootCommand.parseAsRoot(arguments)
      switch command {
      case let lint as LintCommand: return lint.lintRun(on: console)
      case let resolve as ResolveCommand: return resolve.run(on: console)
      case let command as any ConsoleCommand: return command.run(on: console)
      default:
        // Help and completion scripts leave by throwing what they print.
        try command.run()
        return 0
      }
    } catch {
      let message = RootCommand.fullMessage(for: error)
      guard RootCommand.exitCode(for: error) != .success else {
        console.writeOutput(Array((message + "\n").utf8))
        return 0
      }
      // What was typed stands in it.
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
      console.writeError(Array(lines.map { Terminal.escaped($0) + "\n" }.joined().utf8))
      return 2
    }
  }

  /// Runs the tool with the process's arguments and streams, and ends the process.
  public static func main() -> Never {
    Platform.terminate(run(Array(CommandLine.arguments.dropFirst()), on: .process))
  }
}

/// The version of the tool and its libraries.
public enum ToolVersion {
  /// The version, as in the changelog.
  public static let current = "0.1.0"
}

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eks-access",
    abstract: "Check who may do what in an Amazon EKS cluster, from its files alone.",
    discussion: """
      An EKS cluster maps IAM principals to Kubernetes usernames and groups in the ConfigMap \
      kube-system/aws-auth. One wrong indent there locks everybody out or drops every node, \
      without a message. This tool reads such files as the cluster would and says what is wrong.

      Start with "eks-access lint" in a directory with manifests.
      """,
    version: ToolVersion.current,
    subcommands: [
      LintCommand.self, ResolveCommand.self, DiffCommand.self, MigrateCommand.self,
      MapCommand.self, RulesCommand.self,
      ConfigCommand.self,
    ])
}
