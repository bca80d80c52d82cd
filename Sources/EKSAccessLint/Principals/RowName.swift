import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A username or a group of a row: the texts in which EKS fills in templates.
struct RowName {
  /// Which of the two it is.
  enum Kind: String {
    case username, group
  }

  let kind: Kind
  let text: String
  /// The row that it stands in.
  let row: Row
  private let node: YAMLNode

  init(_ kind: Kind, _ value: Located<String>, _ row: Row) {
    self.kind = kind
    text = value.value
    node = value.node
    self.row = row
  }

  /// The place of the whole name.
  var range: Range<Int> { node.range }

  /// Whether the name waits for another program or a person to fill it in.
  var isUnresolved: Bool { Placeholder.isUnresolved(identity: text) }

  /// What in the name is a template, or looks like one.
  var placeholders: [TemplatePlaceholder] { UsernameTemplate(text).placeholders }

  /// The bytes of the file for some bytes of the name; `nil` for an alias, whose text stands
  /// elsewhere.
  private func exactRange(of part: Range<Int>) -> Range<Int>? {
    node.isAlias || row.entry.node.isAlias || part.isEmpty
      ? nil : node.positionMap?.sourceRange(of: part)
  }

  /// The place of some bytes of the name; of the whole name where they have none of their own.
  func range(of part: Range<Int>) -> Range<Int> { exactRange(of: part) ?? range }

  /// The edit that writes another text in place of some bytes of the name.
  func replacing(_ part: Range<Int>, with text: String) -> SourceEdit? {
    exactRange(of: part).flatMap { node.edit(range: $0, writing: text) }
  }

  /// The edit that gives the name another text with braces in it, quoted where a brace would
  /// otherwise begin a mapping.
  func replacing(withTemplate text: String) -> SourceEdit? {
    guard node.style == .plain else { return node.replacing(with: text) }
    let isInFlow =
      row.entry.node.isFlow || (kind == .group && row.entry.field(.groups)?.value.isFlow == true)
    guard isInFlow || text.hasPrefix("{") else { return node.replacing(with: text) }
    return exactRange(of: 0..<self.text.utf8.count)
      .flatMap { node.edit(range: $0, writing: YAMLWriter.doubleQuoted(text)) }
  }
}

extension RowName {
  /// Some bytes of the name.
  subscript(part: Range<Int>) -> String { String(decoding: Array(text.utf8)[part], as: UTF8.self) }

  /// The name with another text in place of some of its bytes.
  func text(replacing part: Range<Int>, with other: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[..<part.lowerBound] + Array(other.utf8), as: UTF8.self)
      + String(decoding: bytes[part.upperBound...], as: UTF8.self)
  }
}

extension Row {
  /// The username and the groups that hold an ASCII character.
  func names(holding byte: Unicode.Scalar) -> [RowName] {
    let byte = UInt8(ascii: byte)
    var names: [RowName] = []
    if usernameBytes.contains(byte), let name = entry.username {
      names.append(RowName(.username, name, self))
    }
    guard groupBytes.contains(byte) else { return names }
    for group in entry.groups where group.value.utf8.contains(byte) {
      names.append(RowName(.group, group, self))
    }
    return names
  }

  /// The names that hold a brace, unless the only ones are those of `{{SessionName}}` at the end of
  /// the username or of a node's username, as in nearly all rows.
  var namesWithUncommonBraces: [RowName] {
    hasCommonBraces && !groupBytes.contains(UInt8(ascii: "{")) ? [] : names(holding: "{")
  }

  /// Whether the row is for an IAM user or root, who have no session.
  var isWithoutSession: Bool {
    guard let written else { return false }
    return switch written.kind {
    case .user?, .root?: true
    case nil: section == .mapUsers
    default: false
    }
  }
}
