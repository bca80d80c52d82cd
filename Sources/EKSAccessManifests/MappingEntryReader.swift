import EKSAccess
public import YAMLSource

/// Decodes a row as Go's `encoding/json` decodes the JSON that `sigs.k8s.io/yaml` made of it.
struct MappingEntryReader {
  private let section: AWSAuthSection
  private let dialect: MappingDialect
  private(set) var fields: [MappingEntry.Field] = []
  private(set) var groups: [Located<String>] = []
  private(set) var problems: [MappingProblem] = []
  /// Whether the row is written as documented: each key once, each value text or a list of texts.
  private(set) var isPlain = false
  private(set) var arn = Text()
  private(set) var username = Text()
  private var userID = Text()
  private var sso: SSORoleMatcher?

  /// A text as EKS has it, and where it stands if the field that counts is text.
  struct Text {
    var value = ""
    var place: Located<String>?
  }

  init(_ section: AWSAuthSection, _ dialect: MappingDialect) {
    self.section = section
    self.dialect = dialect
  }

  var mapping: MappingEntry.Mapping {
    let names = groups.map { $0.value }
    return section == .mapRoles
      ? .role(RoleMapping(roleARN: arn.value, sso: sso, username: username.value, groups: names))
      : .user(UserMapping(userARN: arn.value, username: username.value, groups: names))
  }

  mutating func read(_ node: YAMLNode) {
    guard node.isMapping else {
      if !node.isNull { report("row", "mapping", node) }
      return
    }
    isPlain = dialect.isUsual && readPlain(node)
    if isPlain { return }
    fields = JSONObject(node).members.map { member in
      MappingEntry.Field(
        name: MappingEntry.Name(key: member.key, in: section, of: dialect), key: member.key,
        value: member.value, isOverridden: member.isOverridden)
    }
    // JSON objects are written with sorted keys: of two spellings the greater one is read last.
    let known = fields.indices.filter { fields[$0].name != nil && !fields[$0].isOverridden }
      .sorted { fields[$0].key.bytes.lexicographicallyPrecedes(fields[$1].key.bytes) }
    for (position, index) in known.enumerated() {
      decode(fields[index])
      let name = fields[index].name
      if known[(position + 1)...].contains(where: { fields[$0].name == name }) {
        fields[index].isOverridden = true
      }
    }
  }

  /// Reads a row that is written as documented, as nearly all are, and leaves others alone: then no
  /// key takes the place of another, and nothing has to be converted.
  private mutating func readPlain(_ node: YAMLNode) -> Bool {
    var fields: [MappingEntry.Field] = []
    fields.reserveCapacity(3)
    var arn = Text()
    var username = Text()
    var groups: [Located<String>] = []
    for pair in node.pairs {
      let (key, value) = (pair.key, pair.value)
      let name: MappingEntry.Name
      if key.has("username") {
        name = .username
      } else if key.has("groups") {
        name = .groups
      } else if key.has(section == .mapUsers ? "userarn" : "rolearn") {
        name = section == .mapUsers ? .userARN : .roleARN
      } else {
        return false
      }
      guard key.isCommonText, !fields.contains(where: { $0.name == name }) else { return false }
      fields.append(MappingEntry.Field(name: name, key: key, value: value))
      if name == .groups {
        guard value.isSequence else { return false }
        for element in value.elements {
          guard element.isCommonText else { return false }
          groups.append(Located(element.string, at: element))
        }
        continue
      }
      guard value.isCommonText else { return false }
      let text = value.string
      let read = Text(value: text, place: Located(text, at: value))
      if name == .username { username = read } else { arn = read }
    }
    self.fields = fields
    self.arn = arn
    self.username = username
    self.groups = groups
    return true
  }

  private mutating func decode(_ field: MappingEntry.Field) {
    switch field.name {
    case .roleARN?, .userARN?: arn = decoded(field, former: arn)
    case .username?: username = decoded(field, former: username)
    case .groups?: decodeGroups(field.value)
    case .sso?: decodeSSO(field.value)
    case .userID?: userID = decoded(field, former: userID)
    case nil: break
    }
  }

  private mutating func decoded(_ field: MappingEntry.Field, former: Text) -> Text {
    switch field.value.scalar {
    case .string(let value)?: return Text(value: value, place: Located(value, at: field.value))
    case .null?: break
    case _? where dialect.decoding == .weak:
      let value = field.value.string
      return Text(value: value, place: Located(value, at: field.value))
    default: report(field.name?.rawValue ?? "", "string", field.value)
    }
    return Text(value: former.value, place: nil)
  }

  private mutating func decodeGroups(_ value: YAMLNode) {
    if dialect.decoding == .weak, value.isScalar, !value.isNull {
      groups = value.string.split(separator: ",").map { Located(String($0), at: value) }
      return
    }
    guard value.isSequence else {
      if value.isNull { groups = [] } else { report("groups", "list of strings", value) }
      return
    }
    // Go decodes into the list that is there: what cannot be decoded keeps its former value.
    let former = groups
    groups = []
    for element in value.elements {
      switch element.scalar {
      case .string(let group)?: groups.append(Located(group, at: element))
      case .some(let scalar) where dialect.decoding == .weak && scalar != .null:
        groups.append(Located(element.string, at: element))
      case let scalar:
        let index = groups.count
        groups.append(Located(index < former.count ? former[index].value : "", at: element))
        if scalar != .null { report("groups", "string", element) }
      }
    }
  }

  private mutating func decodeSSO(_ value: YAMLNode) {
    guard !value.isNull else { return }
    var matcher = SSORoleMatcher(permissionSetName: "", accountID: "", partition: "")
    defer { sso = matcher }
    guard value.isMapping else { return report("sso", "mapping", value) }
    for member in JSONObject(value).sortedMembers {
      let path: WritableKeyPath<SSORoleMatcher, String>
      switch member.key.string.foldedForJSON {
      case "permissionsetname": path = \.permissionSetName
      case "accountid": path = \.accountID
      case "partition": path = \.partition
      default: continue
      }
      switch member.value.scalar {
      case .string(let text)?: matcher[keyPath: path] = text
      case .null?: break
      default: report("sso." + member.key.string, "string", member.value)
      }
    }
  }

  private mutating func report(_ field: String, _ expected: String, _ node: YAMLNode) {
    problems.append(
      MappingProblem(
        kind: .type(field: field, expected: expected, found: node.typeName), range: node.range))
  }
}

extension YAMLNode {
  /// The node's type in the words of messages.
  public var typeName: String {
    if isMapping { return "mapping" }
    if isSequence { return "list" }
    return switch scalar {
    case .null?: "null"
    case .bool?: "boolean"
    case .integer?, .float?: "number"
    default: "string"
    }
  }
}

extension MappingEntry.Name {
  /// The field that Go's JSON decoder finds for a key: case does not matter.
  init?(key: YAMLNode, in section: AWSAuthSection, of dialect: MappingDialect) {
    guard dialect.isUsual else {
      guard let name = dialect.name(of: key.string, in: section) else { return nil }
      self = name
      return
    }
    // Nearly all keys are written as documented; the folding of others takes much longer.
    guard
      let name = Self.allCases.first(where: { key.has($0.key) })
        ?? MappingEntry.Name(rawValue: key.string.foldedForJSON)
    else { return nil }
    switch (name, section) {
    case (.userARN, .mapRoles), (.roleARN, .mapUsers), (.sso, .mapUsers): return nil
    default: self = name
    }
  }
}

extension String {
  /// The key with case folded as `encoding/json` folds it: two characters fold into ASCII.
  var foldedForJSON: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar {
          case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) | 0x20)
          case "\u{17F}": "s"
          case "\u{212A}": "k"
          default: scalar
          }
        }))
  }
}

/// A mapping as go-yaml v2 reads it into a Go map: merges are carried out where they stand, and the
/// last of several equal keys stays.
struct JSONObject {
  struct Member {
    var key: YAMLNode
    var value: YAMLNode
    var isOverridden = false
  }

  private(set) var members: [Member] = []

  init(_ node: YAMLNode) {
    members.reserveCapacity(4)
    add(node)
    if members.count > 8 { markOverriddenOfMany() } else { markOverridden() }
  }

  /// Rows have few keys: comparing each with each is quicker than hashing them.
  private mutating func markOverridden() {
    for index in members.indices {
      for later in (index + 1)..<members.count
      where members[index].key.hasText(of: members[later].key) {
        members[index].isOverridden = true
      }
    }
  }

  private mutating func markOverriddenOfMany() {
    var last: [ArraySlice<UInt8>: Int] = [:]
    for index in members.indices {
      if let former = last.updateValue(index, forKey: members[index].key.bytes) {
        members[former].isOverridden = true
      }
    }
  }

  private mutating func add(_ node: YAMLNode) {
    for pair in node.pairs {
      guard pair.isMerge else {
        members.append(Member(key: pair.key, value: pair.value))
        continue
      }
      // Of several merged mappings the first one wins, so it comes last.
      let merged = pair.value.isSequence ? Array(pair.value.elements) : [pair.value]
      for mapping in merged.reversed() { add(mapping) }
    }
  }

  /// The members that count, in the order in which JSON writes them.
  var sortedMembers: [Member] {
    members.filter { !$0.isOverridden }
      .sorted { $0.key.bytes.lexicographicallyPrecedes($1.key.bytes) }
  }
}
