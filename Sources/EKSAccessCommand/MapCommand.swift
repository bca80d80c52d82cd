import ArgumentParser
import EKSAccess
import EKSAccessManifests

/// A command that writes to a console and gives an exit status.
protocol ConsoleCommand: ParsableCommand {
  /// Runs the command.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32
}

struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Add and remove mappings in a manifest without touching anything else.",
    discussion: """
      Changes the rows of mapRoles and mapUsers in the file that holds the aws-auth ConfigMap. \
      Comments, order, indentation and every other byte stay. Nothing is sent to a cluster.
      """,
    subcommands: [MapAddCommand.self, MapRemoveCommand.self])
}

struct MapAddCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a mapping for a role or user.",
    discussion: """
      The row is written behind the last one of its section, in the style of the rows around it. \
      A principal that has a row already is refused, whatever the case of its letters. What the \
      linter says of the new row is printed as well.

      EXAMPLES:
        eks-access map add --role arn:aws:iam::111122223333:role/ops --username ops \\
          --group system:masters aws-auth.yaml > new.yaml
        eks-access map add --user arn:aws:iam::111122223333:user/ann --username ann \\
          --group viewers --in-place aws-auth.yaml

      EXIT STATUS:
        0  done
        1  refused: the principal has a row already, or the file does not take the change
        2  the file or an option could not be used
      """)

  @Option(help: ArgumentHelp("The ARN of a role, for mapRoles.", valueName: "arn"))
  var role: String?

  @Option(help: ArgumentHelp("The ARN of a user, for mapUsers.", valueName: "arn"))
  var user: String?

  @Option(help: ArgumentHelp("The Kubernetes username or its template.", valueName: "name"))
  var username: String

  @Option(
    name: .customLong("group"), parsing: .singleValue,
    help: ArgumentHelp("A Kubernetes group; may be repeated.", valueName: "name"))
  var groups: [String] = []

  @Flag(help: "Give a principal that has a row already this username and these groups.")
  var replace = false

  @OptionGroup var target: MapTarget

  func validate() throws {
    guard (role == nil) != (user == nil) else {
      throw ValidationError("give either --role or --user")
    }
    guard role?.isEmpty != true, user?.isEmpty != true else {
      throw ValidationError("the ARN is empty")
    }
  }

  private var mapping: MappingEntry.Mapping {
    guard let role else {
      return .user(UserMapping(userARN: user ?? "", username: username, groups: groups))
    }
    return .role(RoleMapping(roleARN: role, username: username, groups: groups))
  }

  func run(on console: Console) -> Int32 {
    let mapping = mapping
    return target.edit(on: console, checking: role ?? user) { editor throws(AWSAuthEditError) in
      guard replace else { return try editor.adding(mapping) }
      do throws(AWSAuthEditError) {
        return try editor.replacing(with: mapping)
      } catch {
        guard error.code == .unknownPrincipal else { throw error }
        return try editor.adding(mapping)
      }
    }
  }
}

struct MapRemoveCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove the mappings of a role or user.",
    discussion: """
      Every row of the principal goes, from mapRoles and mapUsers. The row's lines go, with the \
      comments below it that are indented deeper than its dash; comments above it stay.

      EXAMPLES:
        eks-access map remove arn:aws:iam::111122223333:role/ops aws-auth.yaml > new.yaml
        eks-access map remove arn:aws:iam::111122223333:user/ann --in-place aws-auth.yaml

      EXIT STATUS:
        0  done
        1  refused: the principal has no row, or the file does not take the change
        2  the file or an option could not be used
      """)

  @Argument(
    help: ArgumentHelp(
      "The ARN as it stands in the row; the case of letters does not matter.", valueName: "arn"))
  var principal: String

  @OptionGroup var target: MapTarget

  func run(on console: Console) -> Int32 {
    let principal = principal
    return target.edit(on: console, checking: nil) { editor throws(AWSAuthEditError) in
      try editor.removing(principal: principal)
    }
  }
}
