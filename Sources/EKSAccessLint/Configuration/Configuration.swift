public import EKSAccess

/// What a project's `.eks-access.yaml` says.
///
/// The keys are few on purpose: which findings count, which files do not, and facts about the
/// cluster that no manifest tells.
public struct Configuration: Sendable, Hashable {
  /// How a rule's findings are reported.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// As errors.
    case error
    /// As warnings.
    case warning
    /// As notes.
    case note
    /// Not at all.
    case off

    /// The severity of findings; `nil` for none.
    public var severity: Severity? { Severity(rawValue: rawValue) }
  }

  /// The levels of rules whose level differs from the catalogue's, by id.
  public var rules: [String: Level] = [:]
  /// Patterns of paths that are not checked, below the folder of the configuration.
  public var exclude: [PathPattern] = []
  /// The path of the baseline, from the folder of the configuration.
  public var baseline: String?
  /// The accounts that are one's own.
  public var accounts: Set<String> = []
  /// Groups that are known to be bound, although no manifest of the input shows it.
  public var groups: Set<String> = []
  /// Where the cluster looks for mappings.
  public var authenticationMode: AuthenticationMode?
  /// Whether all nodes join through access entries; unset, the authentication mode decides.
  public var nodesUseAccessEntries: Bool?
  /// The partition that the cluster stands in.
  public var partition: Partition?

  /// A configuration that changes nothing.
  public init() {}

  /// What rules may know of the cluster.
  public var options: LintOptions {
    LintOptions(
      ownAccounts: accounts,
      nodesUseAccessEntries: nodesUseAccessEntries ?? (authenticationMode == .api),
      knownGroups: groups, partition: partition)
  }
}

/// A pattern of paths: `*` and `?` stand for characters of one name, `**` for any folders.
///
/// A pattern with a slash is compared with the path below the folder of the configuration, one
/// without with each name of the path. A pattern that matches a folder matches all that is in it.
public struct PathPattern: Sendable, Hashable {
  /// The pattern as written.
  public let text: String

  /// Takes a pattern.
  public init(_ text: String) {
    self.text = text
  }

  /// Whether the pattern matches a path, written with slashes and without one at the start.
  public func matches(_ path: String) -> Bool {
    let names = path.split(separator: "/").map { Array($0.utf8) }
    var parts = text.split(separator: "/").map { Array($0.utf8) }
    guard !parts.isEmpty else { return false }
    if !text.dropLast(text.hasSuffix("/") ? 1 : 0).utf8.contains(UInt8(ascii: "/")) {
      parts.insert(Array("**".utf8), at: 0)
    }
    return Self.matches(parts[...], names[...])
  }

  private static func matches(
    _ parts: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>
  ) -> Bool {
    guard let part = parts.first else { return true }
    if part == Array("**".utf8) {
      return (0...names.count).contains { matches(parts.dropFirst(), names.dropFirst($0)) }
        && !(parts.count == 1 && names.isEmpty)
    }
    guard let name = names.first, matchesName(part[...], name[...]) else { return false }
    return matches(parts.dropFirst(), names.dropFirst())
  }

  private static func matchesName(_ pattern: ArraySlice<UInt8>, _ name: ArraySlice<UInt8>) -> Bool {
    // The usual walk: on a mismatch the last star takes one character more.
    var pattern = pattern
    var name = name
    var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while let character = name.first {
      if pattern.first == UInt8(ascii: "*") {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
      } else if let expected = pattern.first, expected == UInt8(ascii: "?") || expected == character
      {
        pattern = pattern.dropFirst()
        name = name.dropFirst()
      } else if let last = retry {
        pattern = last.pattern
        name = last.name.dropFirst()
        retry = (pattern, name)
      } else {
        return false
      }
    }
    return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
