public import EKSAccess
public import EKSAccessManifests
import KubernetesRBAC
public import YAMLSource

/// An aws-auth ConfigMap with what rules ask of its rows.
public struct ConfigMapSubject: Sendable {
  /// The ConfigMap.
  public let manifest: AWSAuthManifest
  /// The rows of mapRoles and mapUsers in the order of the file.
  public let rows: [Row]

  init(_ manifest: AWSAuthManifest) {
    self.manifest = manifest
    rows = manifest.entries.map(Row.init)
  }
}

/// A row of mapRoles or mapUsers, with its principal taken apart.
public struct Row: Sendable {
  /// What stands where a principal's ARN belongs.
  public enum Principal: Sendable {
    /// Nothing, or a value that is no text.
    case missing
    /// Text that a template language or a person still has to fill in.
    case unresolved
    /// An ARN.
    case arn(IAMPrincipal)
    /// Text that is no ARN.
    case malformed(ARNError)

    init(_ text: String) {
      guard !text.isEmpty else {
        self = .missing
        return
      }
      guard !Placeholder.isUnresolved(arn: text) else {
        self = .unresolved
        return
      }
      do throws(ARNError) {
        self = .arn(try IAMPrincipal(parsing: text))
      } catch {
        self = .malformed(error)
      }
    }
  }

  /// The row as it is written and read.
  public let entry: MappingEntry
  /// The principal.
  public let principal: Principal
  /// The text of the principal as far as it can be judged; `nil` for one that is missing or
  /// unresolved.
  let written: WrittenPrincipal?

  /// The signs that the row is meant for nodes.
  let nodeSigns: NodeSigns

  init(_ entry: MappingEntry) {
    self.entry = entry
    let text = entry.arn?.value ?? ""
    principal = Principal(text)
    nodeSigns = NodeSigns(entry, principal)
    switch principal {
    case .missing, .unresolved: written = nil
    case .arn, .malformed: written = WrittenPrincipal(text)
    }
  }

  /// The section that the row stands in.
  public var section: AWSAuthSection { entry.section }
  /// The place of the ARN, or of the row where there is none.
  public var range: Range<Int> { entry.arn?.range ?? firstFieldRange }
  /// The ARN's node.
  public var arnNode: YAMLNode? { entry.arn?.node }
  /// The ARN taken apart, where it is one.
  public var iamPrincipal: IAMPrincipal? {
    if case .arn(let principal) = principal { principal } else { nil }
  }

  /// The row's first key, to point at a row without covering all of its lines.
  public var firstFieldRange: Range<Int> {
    entry.node.pairs.first?.key.range ?? entry.node.range
  }

  /// The username as EKS reads it; empty where there is none.
  public var username: String { entry.mapping.username }

  /// Whether the row gives a group, compared exactly as Kubernetes compares.
  public func hasGroup(_ name: String) -> Bool {
    entry.groups.contains { $0.value == name }
  }

  /// Whether a username or group waits for a template language to fill it in.
  public var hasUnresolvedIdentity: Bool {
    Placeholder.isUnresolved(identity: username)
      || entry.groups.contains { Placeholder.isUnresolved(identity: $0.value) }
  }
}

/// Text that is not final yet: a template language's or a person's to fill in.
public enum Placeholder: Sendable {
  /// Whether an ARN holds an expression of a template language, a shell variable, or an invitation
  /// to write something else there.
  public static func isUnresolved(arn text: String) -> Bool {
    hasTemplateExpression(text) || text.utf8.contains { $0 == UInt8(ascii: "{") }
      || toFillIn(text) != nil
  }

  /// Whether a username or group holds an expression of a template language other than the
  /// authenticator's own (`{{SessionName}}`), or an invitation.
  public static func isUnresolved(identity text: String) -> Bool {
    hasTemplateExpression(text) || toFillIn(text) != nil
  }

  /// An expression that another program replaces: `${…}`, `$NAME`, `__NAME__`, `{% … %}`, `<% … %>`,
  /// and `{{ … }}` that is more than a name, as in `{{ .Values.x }}`.
  private static func hasTemplateExpression(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch (previous, byte) {
      case (UInt8(ascii: "$"), UInt8(ascii: "{")), (UInt8(ascii: "{"), UInt8(ascii: "%")),
        (UInt8(ascii: "<"), UInt8(ascii: "%")), (UInt8(ascii: "$"), UInt8(ascii: "(")),
        (UInt8(ascii: "$"), UInt8(ascii: "A")...UInt8(ascii: "Z")),
        (UInt8(ascii: "$"), UInt8(ascii: "a")...UInt8(ascii: "z")),
        (UInt8(ascii: "$"), UInt8(ascii: "_")), (UInt8(ascii: "_"), UInt8(ascii: "_")):
        return true
      default: previous = byte
      }
    }
    guard text.utf8.contains(UInt8(ascii: "{")) else { return false }
    let bytes = Array(text.utf8)
    return TemplateEvidence.find(in: 0..<bytes.count, of: bytes) != nil
      || text.contains(anyOf: ["{{ .", "{{.", "{{-"])
  }

  /// The part of a text that invites somebody to write something else: `<ARN of instance role>`,
  /// `ACCOUNT_ID`, `YOUR_ROLE`; `nil` where there is none.
  ///
  /// Names within `${…}` or `{{ … }}` are for another program to fill in.
  public static func toFillIn(_ text: String) -> Substring? {
    let bytes = text.utf8
    if let open = bytes.firstIndex(of: UInt8(ascii: "<")),
      let close = bytes[open...].firstIndex(of: UInt8(ascii: ">")),
      bytes.index(after: open) < close,
      !bytes[open...].starts(with: "<<".utf8), !bytes[open...].starts(with: "<%".utf8)
    {
      return text[open...close]
    }
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let rest = bytes[position...]
      switch bytes[position] {
      case UInt8(ascii: "$"), UInt8(ascii: "{"):
        position = skipExpression(rest)
      case let byte where isWordPart(byte):
        let word = rest.prefix(while: isWordPart)
        if mayInvite(word), isInvitation(text[word.startIndex..<word.endIndex]) {
          return text[word.startIndex..<word.endIndex]
        }
        position = word.endIndex
      default: position = bytes.index(after: position)
      }
    }
    return nil
  }

  /// The end of `${…}`, `{{ … }}` or `$NAME` at the start of a text, or of its first byte.
  private static func skipExpression(_ text: Substring.UTF8View) -> String.Index {
    let second = text.index(after: text.startIndex)
    if text.starts(with: "${".utf8) || text.starts(with: "{{".utf8),
      let close = text.firstIndex(of: UInt8(ascii: "}"))
    {
      return close
    }
    guard text.first == UInt8(ascii: "$") else { return second }
    return text[second...].firstIndex { !isWordPart($0) } ?? text.endIndex
  }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  /// A first look that few words of real names pass: words in capitals, and those that begin with
  /// the letters of the words that count in any case.
  private static func mayInvite(_ word: Substring.UTF8View) -> Bool {
    guard let first = word.first, word.count > 3 else { return false }
    if [0x63, 0x78, 0x79].contains(first | 0x20) { return true }
    return (0x41...0x5A).contains(first) && !word.contains { (0x61...0x7A).contains($0) }
  }

  private static func isInvitation(_ word: Substring) -> Bool {
    let upper = word.uppercased()
    if ["YOUR", "CHANGEME", "CHANGE_ME"].contains(upper) || upper.hasPrefix("YOUR_") {
      return true
    }
    if upper.utf8.count > 3, upper.utf8.allSatisfy({ $0 == UInt8(ascii: "X") }) { return true }
    guard upper == word else { return false }
    let beginnings = ["REPLACE_", "CHANGE_ME", "CHANGEME", "INSERT_", "TODO_", "FIXME_"]
    let wholes = [
      "ACCOUNT_ID", "AWS_ACCOUNT_ID", "ACCOUNTID", "ACCOUNT_NUMBER", "TODO", "FIXME", "REPLACE",
      "REPLACEME", "PLACEHOLDER", "ROLE_NAME", "USER_NAME",
    ]
    let endings = ["_PLACEHOLDER", "_ARN", "_ACCOUNT_ID"]
    return beginnings.contains { upper.hasPrefix($0) } || wholes.contains(upper)
      || endings.contains { upper.hasSuffix($0) }
  }
}
