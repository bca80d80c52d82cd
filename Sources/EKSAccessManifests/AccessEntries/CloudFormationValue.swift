import YAMLSource

/// A call of an intrinsic function: `!Sub …`, or `Fn::Sub` as the only key of a mapping.
struct CloudFormationFunction {
  /// The name without `!` and `Fn::`.
  let name: String
  /// What it is called with; of a node with a tag, the node itself.
  let argument: YAMLNode
  /// Whether the argument carries the function as its tag.
  let isTag: Bool

  /// Takes a node as a call; `nil` for other nodes.
  init?(_ node: YAMLNode) {
    if let tag = node.tag, tag.utf8.first == UInt8(ascii: "!"), tag.utf8.count > 1 {
      self.init(name: String(tag.dropFirst()), argument: node, isTag: true)
    } else {
      self.init(mapping: node)
    }
  }

  /// Takes a mapping as a call in the long form, whatever its tag.
  init?(mapping node: YAMLNode) {
    var pairs = node.pairs
    guard let pair = pairs.next(), pairs.next() == nil, pair.key.isScalar else { return nil }
    let key = pair.key.string
    let prefix = "Fn::"
    guard key == "Ref" || key.hasPrefix(prefix) else { return nil }
    let name = key == "Ref" ? key : String(key.dropFirst(prefix.count))
    self.init(name: name, argument: pair.value, isTag: false)
  }

  private init(name: String, argument: YAMLNode, isTag: Bool) {
    self.name = name
    self.argument = argument
    self.isTag = isTag
  }
}

/// What the nodes of a CloudFormation template say, as far as that is known before a stack is made.
///
/// A reference is written as `Fn::Sub` writes it: `${Role.Arn}` for `!GetAtt Role.Arn`. A text of
/// known and unknown parts stays a text with such references in it.
enum CloudFormationValue {
  /// What is longer is cut off: a text within a text within a text can become any length.
  private static let limit = 4096

  /// What a node says; `nil` for a null and for `AWS::NoValue`.
  @Sendable static func value(_ node: YAMLNode) -> AccessValue? {
    if let function = CloudFormationFunction(node) { return value(function) }
    return plainValue(node)
  }

  /// Whether a node is a call of a function, rather than a value itself.
  @Sendable static func isReference(_ node: YAMLNode) -> Bool {
    CloudFormationFunction(node) != nil
  }

  private static func plainValue(_ node: YAMLNode) -> AccessValue? {
    guard node.isScalar else { return .reference(words(of: node)) }
    if node.scalar == .null { return nil }
    // Without `Fn::Sub`, `${…}` is a text that a reference could be mistaken for.
    return node.bytes.contains(UInt8(ascii: "$")) && node.string.contains("${")
      ? .reference(node.string) : .text(node.string)
  }

  private static func value(_ function: CloudFormationFunction) -> AccessValue? {
    let argument = function.argument
    switch function.name {
    case "Ref" where argument.isScalar:
      return argument.has("AWS::NoValue") ? nil : .reference("${\(argument.string)}")
    case "GetAtt" where argument.isScalar: return .reference("${\(argument.string)}")
    case "GetAtt" where argument.elements.allSatisfy(isName):
      return .reference("${\(argument.elements.map(\.string).joined(separator: "."))}")
    case "Sub":
      if argument.isScalar { return substitute(in: argument.string, [:]) }
      let parts = Array(argument.elements)
      guard parts.count == 2, parts[0].isScalar else { break }
      var values: [String: AccessValue] = [:]
      for pair in parts[1].pairs { values[pair.key.string] = value(pair.value) ?? .text("") }
      return substitute(in: parts[0].string, values)
    case "Join":
      let parts = Array(argument.elements)
      guard parts.count == 2, case .text(let separator)? = value(parts[0]), parts[1].isSequence,
        !isReference(parts[1])
      else { break }
      return join(parts[1].elements.compactMap(value), separator)
    case "Select":
      let parts = Array(argument.elements)
      guard parts.count == 2, let index = Int(parts[0].string), index >= 0, parts[1].isSequence,
        !isReference(parts[1]),
        let part = parts[1].elements.dropFirst(index).first(where: { _ in true })
      else { break }
      return value(part)
    default: break
    }
    return .reference("${\(function.name) \(cut(arguments(of: function)))}")
  }

  private static func isName(_ node: YAMLNode) -> Bool { node.isScalar && !isReference(node) }

  private static func substitute(
    in text: String, _ values: [String: AccessValue]
  ) -> AccessValue {
    var rest = text[...]
    var parts: [AccessValue] = []
    while let start = rest.firstRange(of: "${"),
      let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let name = rest[start.upperBound..<end]
      // `${!Name}` stands for the text `${Name}`, which a reference could be mistaken for.
      if name.first == "!" { return .reference(cut(text)) }
      if start.lowerBound > rest.startIndex {
        parts.append(.text(String(rest[..<start.lowerBound])))
      }
      parts.append(values[String(name)] ?? .reference("${\(name)}"))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { parts.append(.text(String(rest))) }
    return join(parts, "")
  }

  private static func join(_ parts: [AccessValue], _ separator: String) -> AccessValue {
    if parts.count == 1 { return parts[0] }
    var text = ""
    var isReference = !parts.isEmpty && separator.isEmpty
    for (index, part) in parts.enumerated() where text.utf8.count <= limit {
      if index > 0 { text += separator }
      text += part.written
      if case .text(let known) = part, !known.isEmpty { isReference = false }
    }
    return isReference || text.utf8.count > limit ? .reference(cut(text)) : .text(text)
  }

  private static func arguments(of function: CloudFormationFunction) -> String {
    guard function.isTag else { return words(of: function.argument) }
    if let inner = CloudFormationFunction(mapping: function.argument) {
      return value(inner).map { withoutBraces($0.written) } ?? ""
    }
    return wordsIgnoringTag(of: function.argument)
  }

  /// A text for any node, equal for nodes that mean the same, without `$`, `{` and `}`.
  private static func words(of node: YAMLNode) -> String {
    if let function = CloudFormationFunction(node) {
      return value(function).map { withoutBraces($0.written) } ?? ""
    }
    return wordsIgnoringTag(of: node)
  }

  private static func wordsIgnoringTag(of node: YAMLNode) -> String {
    if node.isScalar { return withoutBraces(node.string) }
    var words = node.elements.map(self.words)
    for pair in node.pairs { words.append("\(pair.key.string)=\(self.words(of: pair.value))") }
    return cut(words.joined(separator: ","))
  }

  private static func withoutBraces(_ text: String) -> String {
    text.filter { !"${}".contains($0) }
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count > limit ? String(text.prefix(limit)) : text
  }
}

extension AccessValue {
  /// The text, of a reference too.
  var written: String {
    switch self {
    case .text(let text), .reference(let text): text
    }
  }
}
