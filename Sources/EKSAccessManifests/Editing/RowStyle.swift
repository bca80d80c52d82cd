import EKSAccess
import YAMLSource

/// How the rows of a section are written.
struct RowStyle {
  enum Quotes {
    case none
    case single
    case double
  }

  /// Whether a row is written in braces on one line.
  var hasBraces = false
  var dashColumn = 0
  /// The columns from the dash to the keys.
  var keyOffset = 2
  var order: [MappingEntry.Name] = [.roleARN, .username, .groups]
  var keyQuotes = Quotes.none
  var arnQuotes = Quotes.none
  var usernameQuotes = Quotes.none
  var groupQuotes = Quotes.none
  /// Whether groups are written in brackets.
  var groupsHaveBrackets = false
  /// The columns from the keys to the dashes of groups.
  var groupOffset = 2
  var colon = ": "
  var comma = ", "
  /// Whether rows stand apart by an empty line.
  var standsApart = false

  init() {}

  /// JSON's way of writing.
  static var json: RowStyle {
    var style = RowStyle()
    style.hasBraces = true
    style.keyQuotes = .double
    style.arnQuotes = .double
    style.usernameQuotes = .double
    style.groupQuotes = .double
    style.groupsHaveBrackets = true
    return style
  }

  /// The style of a section's last row that shows one, or of the row at one place; groups of an
  /// earlier row where it has none.
  init?(of section: AWSAuthSectionText, at place: Int? = nil) {
    let text = Array(section.value.bytes)
    let shown = section.entries.reversed().filter { entry in
      guard place.map({ $0 == entry.index }) ?? true else { return false }
      return
        entry.node.isMapping && !entry.node.isAlias
        && entry.fields.contains { $0.name == .roleARN || $0.name == .userARN }
    }
    guard let entry = shown.first else { return nil }
    let fields = entry.fields.filter { $0.name != nil && !$0.isOverridden }
    hasBraces = entry.node.isFlow
    if let root = section.documents.first?.root, !root.isFlow {
      dashColumn = Self.column(root.textRange.lowerBound, text)
    }
    order = fields.compactMap { $0.name == .userARN ? .roleARN : $0.name }
    for name in [MappingEntry.Name.roleARN, .username, .groups] where !order.contains(name) {
      order.append(name)
    }
    for field in fields {
      let quotes = Quotes(field.value)
      switch field.name {
      case .roleARN?, .userARN?:
        arnQuotes = quotes
        keyQuotes = Quotes(field.key)
      case .username?: usernameQuotes = quotes
      default: break
      }
    }
    if hasBraces {
      readSpaces(fields, text)
    } else {
      keyOffset = Self.column(entry.node.textRange.lowerBound, text) - dashColumn
    }
    guard let (owner, groups) = shown.lazy.compactMap(Self.groups).first else {
      groupsHaveBrackets = hasBraces
      groupQuotes = usernameQuotes
      return
    }
    groupsHaveBrackets = groups.isFlow
    groupQuotes = groups.elements.first.map { Quotes($0) } ?? usernameQuotes
    if !groups.isFlow {
      groupOffset = max(
        0,
        Self.column(groups.textRange.lowerBound, text)
          - Self.column(owner.node.textRange.lowerBound, text))
    }
  }

  private static func groups(of entry: MappingEntry) -> (MappingEntry, YAMLNode)? {
    guard let value = entry.field(.groups)?.value, value.isSequence, !value.isAlias,
      value.elements.first != nil
    else { return nil }
    return (entry, value)
  }

  private mutating func readSpaces(_ fields: [MappingEntry.Field], _ text: [UInt8]) {
    for field in fields where field.key.textRange.upperBound < field.value.textRange.lowerBound {
      let gap = text[field.key.textRange.upperBound..<field.value.textRange.lowerBound]
      if gap.elementsEqual([UInt8(ascii: ":")]) { colon = ":" }
    }
    for (field, next) in zip(fields, fields.dropFirst())
    where field.value.textRange.upperBound < next.key.fullTextRange.lowerBound {
      let gap = text[field.value.textRange.upperBound..<next.key.fullTextRange.lowerBound]
      if gap.elementsEqual([UInt8(ascii: ",")]) { comma = "," }
    }
  }

  private static func column(_ offset: Int, _ text: [UInt8]) -> Int {
    offset - ((text[..<offset].lastIndex(of: 0x0A) ?? -1) + 1)
  }
}

extension RowStyle.Quotes {
  init(_ node: YAMLNode) {
    switch node.style {
    case .plain, .literal, .folded: self = .none
    case .singleQuoted: self = .single
    case .doubleQuoted: self = .double
    }
  }
}
