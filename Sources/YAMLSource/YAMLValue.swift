/// A value to be written as YAML or JSON. The keys of mappings keep their order.
public indirect enum YAMLValue: Sendable, Hashable {
  /// A text, which is quoted wherever a reader could take it for something else.
  case string(String)
  /// A boolean.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A list.
  case list([YAMLValue])
  /// A mapping.
  case mapping([Pair])

  /// A key of a mapping and its value.
  public struct Pair: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value.
    public var value: YAMLValue

    /// Makes a pair.
    public init(_ key: String, _ value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }

  /// A list of texts.
  public static func strings(_ texts: [String]) -> YAMLValue {
    .list(texts.map { .string($0) })
  }

  /// A mapping of the pairs whose value is there.
  public static func mapping(_ pairs: (String, YAMLValue?)...) -> YAMLValue {
    .mapping(pairs.compactMap { key, value in value.map { Pair(key, $0) } })
  }

  /// The value as a document of block style YAML, with a line break at its end.
  public var yaml: String {
    var text = ""
    writeYAML(to: &text, indentation: 0)
    // What stands behind a key begins with a blank or on a new line.
    return String(text.dropFirst())
  }

  /// The value as JSON with an indentation of two, with a line break at its end.
  public var json: String {
    var text = ""
    writeJSON(to: &text, margin: "\n")
    return text + "\n"
  }

  /// The value as JSON of printable ASCII on one line, without quotes of a shell: a `'` or a
  /// backtick in a text is escaped too.
  public var jsonLine: String {
    var line = ""
    writeJSON(to: &line, margin: "")
    return line.replacingScalars { scalar in
      guard !scalar.isASCII || scalar == "'" || scalar == "`" else { return nil }
      return String(scalar).utf16.map(YAMLWriter.escape).joined()
    }
  }

  /// Writes the value behind a key or an item's dash; collections begin on a line of their own.
  fileprivate func writeYAML(to text: inout String, indentation: Int) {
    let margin = String(repeating: " ", count: indentation)
    switch self {
    case .string(let string): text += " " + YAMLWriter.scalar(string) + "\n"
    case .bool(let value): text += " \(value)\n"
    case .integer(let value): text += " \(value)\n"
    case .list(let items) where items.isEmpty: text += " []\n"
    case .mapping(let pairs) where pairs.isEmpty: text += " {}\n"
    case .list(let items):
      text += "\n"
      for item in items {
        text += margin + "-"
        item.writeItem(to: &text, indentation: indentation)
      }
    case .mapping(let pairs):
      text += "\n"
      for pair in pairs { pair.write(to: &text, margin: margin, indentation) }
    }
  }

  /// Writes an item behind its dash: the first key of a mapping stands on the same line.
  private func writeItem(to text: inout String, indentation: Int) {
    guard case .mapping(let pairs) = self, !pairs.isEmpty else {
      return writeYAML(to: &text, indentation: indentation + 2)
    }
    let margin = String(repeating: " ", count: indentation + 2)
    for (index, pair) in pairs.enumerated() {
      pair.write(to: &text, margin: index == 0 ? " " : margin, indentation + 2)
    }
  }

  /// Writes JSON; without a margin on one line.
  private func writeJSON(to text: inout String, margin: String) {
    let inner = margin.isEmpty ? "" : margin + "  "
    let comma = margin.isEmpty ? ", " : ","
    switch self {
    case .string(let string): text += YAMLWriter.doubleQuoted(string)
    case .bool(let value): text += "\(value)"
    case .integer(let value): text += "\(value)"
    case .list(let items) where items.isEmpty: text += "[]"
    case .mapping(let pairs) where pairs.isEmpty: text += "{}"
    case .list(let items):
      text += "["
      for (index, item) in items.enumerated() {
        text += (index == 0 ? "" : comma) + inner
        item.writeJSON(to: &text, margin: inner)
      }
      text += margin + "]"
    case .mapping(let pairs):
      text += "{"
      for (index, pair) in pairs.enumerated() {
        text += (index == 0 ? "" : comma) + inner + YAMLWriter.doubleQuoted(pair.key) + ": "
        pair.value.writeJSON(to: &text, margin: inner)
      }
      text += margin + "}"
    }
  }
}

extension YAMLValue.Pair {
  fileprivate func write(to text: inout String, margin: String, _ indentation: Int) {
    text += margin + YAMLWriter.scalar(key) + ":"
    value.writeYAML(to: &text, indentation: indentation + 2)
  }
}
