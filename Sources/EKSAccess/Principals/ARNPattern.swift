/// An ARN in which `*` and `?` stand for other characters.
///
/// The rules are those of `ArnLike` in aws-iam-authenticator `pkg/arn/arnlike.go`: each of the six
/// sections is matched for itself, case-sensitively; `*` stands for any run of characters and `?`
/// for **one or none**, neither of them for a line feed. A `*` in the resource also runs over
/// slashes and colons.
///
/// The authenticator uses such patterns for ``SSORoleMatcher`` rows only. A `rolearn` with `*` is
/// compared as plain text.
public struct ARNPattern: Sendable, Hashable {
  /// The pattern, split into its six sections.
  public let arn: ARN

  /// Reads a pattern.
  ///
  /// - Throws: ``ARNError`` for the part ``ARNError/Part/prefix`` or ``ARNError/Part/sections``.
  public init(parsing text: String) throws(ARNError) {
    arn = try ARN(parsing: text)
  }

  /// Reads a pattern, or answers `nil` when it does not have the shape of an ARN.
  public init?(_ text: String) {
    guard let arn = ARN(text) else { return nil }
    self.arn = arn
  }

  /// Whether a text holds a character that a pattern gives a meaning to.
  public static func hasWildcard(_ text: String) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  /// Whether the pattern matches an ARN.
  public func matches(_ other: ARN) -> Bool {
    glob(arn.partition, matches: other.partition)
      && glob(arn.service, matches: other.service)
      && glob(arn.region, matches: other.region)
      && glob(arn.account, matches: other.account)
      && glob(arn.resource, matches: other.resource)
  }

  /// Whether the pattern matches the ARN in a text.
  ///
  /// - Throws: ``ARNError`` when the text does not have the shape of an ARN.
  public func matches(parsing text: String) throws(ARNError) -> Bool {
    matches(try ARN(parsing: text))
  }
}

extension ARNPattern: CustomStringConvertible {
  /// The pattern as written.
  public var description: String { arn.description }
}

/// Keeps the set of places in the pattern that the text read so far can have reached, so that the
/// time is bounded by the product of both lengths.
private func glob(_ pattern: String, matches text: String) -> Bool {
  let pattern = Array(pattern.unicodeScalars)
  var reached = [Bool](repeating: false, count: pattern.count + 1)
  reached[0] = true
  skipOptional(pattern, &reached)
  for scalar in text.unicodeScalars {
    var next = [Bool](repeating: false, count: pattern.count + 1)
    for (place, symbol) in pattern.enumerated() where reached[place] {
      switch symbol {
      case "*": next[place] = next[place] || scalar != "\n"
      case "?": next[place + 1] = next[place + 1] || scalar != "\n"
      default: next[place + 1] = next[place + 1] || scalar == symbol
      }
    }
    skipOptional(pattern, &next)
    reached = next
  }
  return reached[pattern.count]
}

private func skipOptional(_ pattern: [Unicode.Scalar], _ reached: inout [Bool]) {
  for (place, symbol) in pattern.enumerated() where reached[place] {
    if symbol == "*" || symbol == "?" { reached[place + 1] = true }
  }
}
