import EKSAccess
import EKSAccessManifests
import YAMLSource

/// Something in a configuration that cannot be used.
public struct ConfigurationProblem: Sendable, Hashable {
  /// What is wrong: lower case, without a full stop.
  public var message: String
  /// The bytes of the file that it is about.
  public var range: Range<Int>
  /// What to do.
  public var help: String
}

extension Configuration {
  /// Reads a `.eks-access.yaml`.
  ///
  /// - Parameter bytes: The file.
  /// - Returns: What it says, and what of it cannot be used: with any problem, nothing should run.
  public static func read(
    _ bytes: [UInt8]
  ) -> (configuration: Configuration, problems: [ConfigurationProblem]) {
    var reader = ConfigurationReader()
    reader.read(bytes)
    return (reader.configuration, reader.problems)
  }
}

private struct ConfigurationReader {
  var configuration = Configuration()
  var problems: [ConfigurationProblem] = []

  mutating func read(_ bytes: [UInt8]) {
    let stream = YAMLStream(bytes)
    if let problem = stream.problems.first {
      return report(problem.message, problem.range, "mend the YAML")
    }
    guard let root = stream.documents.first?.root, root.scalar != .null else { return }
    if let second = stream.documents.dropFirst().first {
      report("a second document is not read", second.range, "keep one document")
    }
    read(
      root,
      [
        "rules": { $0.readRules($1) },
        "exclude": { reader, node in
          reader.configuration.exclude = reader.strings(node).map { PathPattern($0.value) }
        },
        "baseline": { $0.readBaseline($1) },
        "accounts": { $0.readAccounts($1) },
        "groups": { reader, node in
          reader.configuration.groups = Set(reader.strings(node).map(\.value))
        },
        "cluster": { $0.readCluster($1) },
      ])
  }

  private typealias Keys = [String: (inout ConfigurationReader, YAMLNode) -> Void]

  /// Reads a mapping whose keys are all known.
  private mutating func read(_ node: YAMLNode, _ keys: Keys) {
    guard node.isMapping else {
      return report(
        "this is a \(node.typeName), not a mapping", node.range, "write keys and values")
    }
    var seen: Set<String> = []
    for pair in node.pairs {
      let key = pair.key.string
      guard let read = keys[key] else {
        let candidate = Suggestion.nearest(key, in: keys.keys.sorted())
        report(
          "there is no key \"\(key)\" here", pair.key.range,
          candidate.map { "write \($0)" }
            ?? "write one of \(keys.keys.sorted().joined(separator: ", "))")
        continue
      }
      guard seen.insert(key).inserted else {
        report("\"\(key)\" stands here twice", pair.key.range, "keep one of them")
        continue
      }
      if pair.value.scalar != .null { read(&self, pair.value) }
    }
  }

  private mutating func readRules(_ node: YAMLNode) {
    guard node.isMapping else {
      return report("rules is a \(node.typeName), not a mapping", node.range, "write id: level")
    }
    let known = RuleRegistry.all.map { $0.description.id }
    for pair in node.pairs {
      let id = pair.key.string
      guard known.contains(id) else {
        report(
          "there is no rule \"\(id)\"", pair.key.range,
          Suggestion.nearest(id, in: known).map { "write \($0)" }
            ?? "\"eks-access rules\" lists the rules")
        continue
      }
      // YAML 1.1 takes off for a boolean.
      let text = pair.value.string
      guard let level = Configuration.Level(rawValue: text.lowercased()) else {
        report(
          "\"\(text)\" is no level", pair.value.range, "write error, warning, note or off")
        continue
      }
      configuration.rules[id] = level
    }
  }

  private mutating func readBaseline(_ node: YAMLNode) {
    guard node.isScalar, !node.string.isEmpty else {
      return report(
        "this is \(node.isScalar ? "empty" : "a \(node.typeName)"), not a path", node.range,
        "write the path of the file that --write-baseline wrote")
    }
    configuration.baseline = node.string
  }

  private mutating func readAccounts(_ node: YAMLNode) {
    for account in strings(node) {
      if AccountID(account.value) == nil {
        report(
          "\"\(account.value)\" is not 12 digits", account.range, "write the account in quotes")
      }
      configuration.accounts.insert(account.value)
    }
  }

  private mutating func readCluster(_ node: YAMLNode) {
    read(
      node,
      [
        "authentication-mode": { reader, node in
          let modes = AuthenticationMode.allCases.map(\.rawValue)
          reader.configuration.authenticationMode = AuthenticationMode(rawValue: node.string)
          if reader.configuration.authenticationMode == nil {
            reader.report(
              "\"\(node.string)\" is no authentication mode", node.range,
              "write one of \(modes.joined(separator: ", "))")
          }
        },
        "nodes-use-access-entries": { reader, node in
          guard case .bool(let value)? = node.scalar else {
            return reader.report(
              "this is neither true nor false", node.range, "write true or false")
          }
          reader.configuration.nodesUseAccessEntries = value
        },
        "partition": { reader, node in
          let partition = Partition(rawValue: node.string)
          reader.configuration.partition = partition
          if !partition.isKnown {
            let known = Partition.known.map(\.rawValue)
            reader.report(
              "there is no partition \"\(node.string)\"", node.range,
              Suggestion.nearest(node.string, in: known).map { "write \($0)" }
                ?? "write one of \(known.joined(separator: ", "))")
          }
        },
      ])
  }

  /// The items of a list of strings; numbers keep their text.
  private mutating func strings(_ node: YAMLNode) -> [(value: String, range: Range<Int>)] {
    guard node.isSequence else {
      report("this is a \(node.typeName), not a list", node.range, "write a list: [a, b]")
      return []
    }
    return node.elements.compactMap { element in
      guard element.isScalar else {
        report("this is a \(element.typeName), not text", element.range, "write text")
        return nil
      }
      return (element.string, element.range)
    }
  }

  private mutating func report(_ message: String, _ range: Range<Int>, _ help: String) {
    problems.append(ConfigurationProblem(message: message, range: range, help: help))
  }
}
