import ArgumentParser
import EKSAccess
import EKSAccessMigration

/// A choice for a name: `name=value`.
struct Assignment: ExpressibleByArgument {
  var name: String
  var value: String

  init?(argument: String) {
    // Names of principals and groups may hold "=", kinds and new names do not.
    guard let split = argument.lastIndex(of: "="), split != argument.startIndex,
      argument.index(after: split) != argument.endIndex
    else { return nil }
    name = String(argument[..<split])
    value = String(argument[argument.index(after: split)...])
  }
}

extension MigrateCommand {
  /// Refuses choices that mean nothing, or that contradict each other.
  ///
  /// - Throws: What is wrong.
  func validateChoices() throws {
    for choice in nodeType where !AccessEntry.Kind(rawValue: choice.value).isKnown {
      throw ValidationError(
        "There is no type \"\(choice.value)\"; write one of "
          + AccessEntry.Kind.known.map(\.rawValue).joined(separator: ", ") + ".")
    }
    let policies = AccessPolicy.catalogue.filter { $0.audience == .principals }.map(\.name)
    for choice in replaceGroup where !policies.contains(choice.value) {
      let isKnown = AccessPolicy.named(choice.value) != nil
      throw ValidationError(
        (isKnown
          ? "The access policy \"\(choice.value)\" is for nodes or services of AWS"
          : "There is no access policy \"\(choice.value)\"")
          + "; for people there are \(policies.joined(separator: ", ")).")
    }
    let options = [
      ("--node-type", nodeType), ("--username", username), ("--rename-group", renameGroup),
      ("--replace-group", replaceGroup),
    ]
    for (option, choices) in options {
      var seen: Set<String> = []
      for choice in choices where !seen.insert(choice.name).inserted {
        throw ValidationError("\(option) names \"\(choice.name)\" twice.")
      }
    }
    for choice in renameGroup where replaceGroup.contains(where: { $0.name == choice.name }) {
      throw ValidationError(
        "\"\(choice.name)\" stands in --rename-group and --replace-group; "
          + "decide for one.")
    }
    let nodes = nodeType.filter { AccessEntry.Kind(rawValue: $0.value).isNode }
    for choice in username where nodes.contains(where: { Self.mayBeOne($0.name, choice.name) }) {
      throw ValidationError(
        "\"\(choice.name)\" stands in --node-type and --username; nodes get "
          + "their usernames from EKS.")
    }
  }

  /// Whether the name or ARN of a principal can mean the one of another name or ARN.
  private static func mayBeOne(_ left: String, _ right: String) -> Bool {
    left == right || IAMPrincipal(left)?.name == right || IAMPrincipal(right)?.name == left
  }

  /// Whether the rows have what the options name, and once; what is wrong is printed.
  func areFitting(
    _ options: MigrationOptions, for configMap: AWSAuthConfigMap, _ console: Console
  ) -> Bool {
    func quoted(_ names: [String]) -> String {
      names.map { "\"\(Terminal.escaped($0))\"" }.joined(separator: ", ")
    }
    let strangers = options.namesOfNobody(in: configMap)
    if !strangers.isEmpty {
      let isTemplate = strangers.contains { $0.contains("{{AccountID}}") }
      console.print(
        error: "no row has \(quoted(strangers)), which an option names"
          + (isTemplate ? ": write the account in place of {{AccountID}}" : ""))
    }
    let shared = options.namesOfSeveral(in: configMap)
    if !shared.isEmpty {
      console.print(
        error: "rows of several principals have \(quoted(shared)), which an option names: write "
          + "the ARN in its place")
    }
    return strangers.isEmpty && shared.isEmpty
  }
}
