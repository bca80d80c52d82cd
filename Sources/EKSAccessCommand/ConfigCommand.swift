import ArgumentParser
import EKSAccess
import EKSAccessLint

struct ConfigCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Say which configuration is in force for a file, and where it stands.",
    discussion: """
      The configuration of a file is the nearest .eks-access.yaml in its directory or above:

        rules:                        # error, warning, note or off
          map-accounts: off
        exclude: ["vendor/**"]        # paths that are not checked
        baseline: baseline.json       # findings to live with, from lint --write-baseline
        accounts: ["444455556666"]    # your own; rows of others are warned of
        groups: [platform-team]       # bound in the cluster, though no manifest shows it
        cluster:
          authentication-mode: API_AND_CONFIG_MAP
          nodes-use-access-entries: true
          partition: aws

      EXIT STATUS:
        0  printed
        2  the configuration cannot be used
      """)

  @Argument(help: ArgumentHelp("The file or directory.", valueName: "path"))
  var path = "."

  /// Prints the configuration.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32 {
    var projects = ProjectConfigurations()
    var file = path
    if case .directory? = try? Platform.kind(of: path) { file += "/" }
    let (project, isExcluded) = projects.project(for: file)
    guard projects.problems.isEmpty else {
      for problem in projects.problems { console.print(error: Terminal.escaped(problem)) }
      return 2
    }
    var lines = ["file: \(project.path ?? "none; the defaults are in force")"]
    lines += project.configuration.lines
    if isExcluded { lines.append("\(path) is not checked: \"exclude\" names it") }
    console.writeOutput(Array(lines.map { Terminal.escaped($0) + "\n" }.joined().utf8))
    return 0
  }
}

extension Configuration {
  /// What differs from the defaults, and the facts of the cluster.
  fileprivate var lines: [String] {
    func list(_ name: String, _ values: [String]) -> [String] {
      ["\(name): \(values.isEmpty ? "none" : values.joined(separator: ", "))"]
    }
    let levels = rules.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value.rawValue)" }
    return list("rules", levels) + list("exclude", exclude.map(\.text))
      + ["baseline: \(baseline ?? "none")"]
      + list("accounts", accounts.sorted()) + list("groups", groups.sorted()) + [
        "authentication mode: \(authenticationMode?.rawValue ?? "not known")",
        "nodes use access entries: \(options.nodesUseAccessEntries ? "yes" : "not known to")",
        "partition: \(partition?.rawValue ?? "not known")",
      ]
  }
}
