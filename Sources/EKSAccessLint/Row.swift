public import EKSAccess
public import EKSAccessManifests
import KubernetesRBAC
public import YAMLSource

/// An aws-auth ConfigMap, or something else that keeps mappings, with what rules ask of its rows.
public struct ConfigMapSubject: Sendable {
  /// The ConfigMap.
  public let manifest: AWSAuthManifest
  /// The rows of mapRoles and mapUsers in the order of the file.
  public let rows: [Row]
  /// Whether two rows may have the same ARN, letter case aside. Hardly a file has such rows, and
  /// each of the rules that look for them would have to hash all ARNs.
  let mayRepeatARN: Bool

  init(_ manifest: AWSAuthManifest) {
    self.manifest = manifest
    var rows: [Row] = []
    for section in manifest.sections {
      rows.reserveCapacity(rows.count + section.entries.count)
      for entry in section.entries { rows.append(Row(entry)) }
    }
    self.rows = rows
    mayRepeatARN = Self.mayRepeatARN(rows)
  }

  private static func mayRepeatARN(_ rows: [Row]) -> Bool {
    var sums: [UInt64] = []
    sums.reserveCapacity(rows.count)
    for row in rows {
      // Beyond ASCII, other letters can be equal.
      guard let sum = row.caselessSum else { return true }
      if sum != 0 { sums.append(sum) }
    }
    sums.sort()
    return sums.indices.dropFirst().contains { sums[$0] == sums[$0 - 1] }
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

  /// What rules ask of a row over and over. A row is copied in every loop: it is one reference.
  private final class Content: Sendable {
    let entry: MappingEntry
    let caselessSum: UInt64?
    let isUnresolved: Bool
    let written: WrittenPrincipal?
    let nodeSigns: NodeSigns
    let username: String
    let usernameBytes: ASCIISet
    let groupBytes: ASCIISet
    let hasCommonBraces: Bool

    init(_ entry: MappingEntry) {
      self.entry = entry
      let text = entry.arn?.value ?? ""
      let bytes = Array(text.utf8)
      caselessSum = bytes.caselessSum
      isUnresolved = Placeholder.isUnresolved(arn: bytes)
      written = text.isEmpty || isUnresolved ? nil : WrittenPrincipal(text, bytes)
      username = entry.mapping.username
      let username = Array(username.utf8)
      nodeSigns = NodeSigns(entry, username: username, written)
      usernameBytes = ASCIISet(username)
      var groupBytes = ASCIISet()
      for group in entry.groups { groupBytes.insert(Array(group.value.utf8)) }
      self.groupBytes = groupBytes
      hasCommonBraces =
        nodeSigns.hasNodeUsername
        || username.has(ascii: "{{SessionName}}", at: username.count - 15)
          && username.count { $0 == UInt8(ascii: "{") } == 2
    }
  }

  private let content: Content

  init(_ entry: MappingEntry) {
    content = Content(entry)
  }

  /// The row as it is written and read.
  public var entry: MappingEntry { content.entry }
  /// The principal.
  public var principal: Principal { Principal(entry.arn?.value ?? "") }
  /// The same number for ARNs that are equal but for letter case, 0 where there is none; `nil` where
  /// no number can tell.
  fileprivate var caselessSum: UInt64? { content.caselessSum }
  /// Whether the text of the principal still has to be filled in.
  var isUnresolved: Bool { content.isUnresolved }
  /// The text of the principal as far as it can be judged; `nil` for one that is missing or
  /// unresolved.
  var written: WrittenPrincipal? { content.written }
  /// The signs that the row is meant for nodes.
  var nodeSigns: NodeSigns { content.nodeSigns }

  /// The ASCII characters in the username: a quick answer for rules that look for rare ones.
  var usernameBytes: ASCIISet { content.usernameBytes }
  /// The ASCII characters in the groups.
  var groupBytes: ASCIISet { content.groupBytes }
  /// Whether the braces of the username are those of `{{SessionName}}` at its end, or of a node's
  /// username, as in nearly all rows.
  var hasCommonBraces: Bool { content.hasCommonBraces }

  /// Where the row is kept, and what becomes of it.
  var dialect: MappingDialect { entry.dialect }
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
  public var username: String { content.username }

  /// Whether the row gives a group, compared exactly as Kubernetes compares.
  public func hasGroup(_ name: String) -> Bool {
    entry.groups.contains { $0.value.hasBytes(of: name) }
  }

  /// Whether a username or group waits for a template language to fill it in.
  public var hasUnresolvedIdentity: Bool {
    Placeholder.isUnresolved(identity: username)
      || entry.groups.contains { Placeholder.isUnresolved(identity: $0.value) }
  }
}

extension [UInt8] {
  /// A hash (FNV-1a) in which letter case does not count; `nil` for a text that is not ASCII.
  fileprivate var caselessSum: UInt64? {
    if isEmpty { return 0 }
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in self {
      guard byte < 0x80 else { return nil }
      sum = (sum ^ UInt64(byte | 0x20)) &* 0x0000_0100_0000_01B3
    }
    // 0 says that there is no text.
    return sum | 1
  }
}
