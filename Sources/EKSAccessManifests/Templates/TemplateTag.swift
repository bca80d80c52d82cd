/// A tag of a template language, or an expansion of a shell, with what becomes of it.
struct TemplateTag {
  enum Role {
    /// Some text that is not known.
    case value
    /// Text, rows or fields that are not known.
    case structure
    /// Exactly this text.
    case literal(String)
    /// The beginning of lines that are left out or repeated.
    case open
    /// What is written otherwise.
    case middle
    /// The end of such lines.
    case close
    /// Nothing, but an effect elsewhere.
    case statement
    /// Nothing.
    case comment
  }

  var range: Range<Int>
  var role: Role

  /// The role of what stands between `{{` and `}}`.
  static func ofBraces(_ content: ArraySlice<UInt8>) -> Role {
    let content = trimmed(content)
    if content.starts(with: "/*".utf8) || content.first == UInt8(ascii: "!") { return .comment }
    switch content.first {
    case UInt8(ascii: "#")?: return .open
    case UInt8(ascii: "/")?: return .close
    case UInt8(ascii: "^")?: return .middle
    default: break
    }
    let words = words(content)
    switch words.first ?? "" {
    case "if", "range", "with", "define", "block": return .open
    case "else": return .middle
    case "end": return .close
    case "break", "continue": return .statement
    default: break
    }
    if words.first?.hasPrefix("$") == true,
      words.dropFirst().first.map({ $0 == ":=" || $0 == "=" })
        == true
    {
      return .statement
    }
    return literal(content).map(Role.literal) ?? value(content)
  }

  /// The role of what stands between `{%` and `%}`, `<%` and `%>`, or `%{` and `}`.
  static func ofStatement(_ content: ArraySlice<UInt8>) -> Role {
    let content = trimmed(content)
    if content.first == UInt8(ascii: "=") { return value(content.dropFirst()) }
    if content.first == UInt8(ascii: "#") { return .comment }
    let words = words(content)
    let first = words.first ?? ""
    if first == "else" || first == "elif" || first == "elsif" { return .middle }
    if first.hasPrefix("end") || first == "}" { return .close }
    switch first {
    case "set", "import", "from", "extends", "do": return .statement
    case "include": return .structure
    case "if", "unless", "for", "while", "with", "macro", "block", "call", "filter": return .open
    default: break
    }
    let last = words.last ?? ""
    let isBlock = words.contains("do") || last == "{" || last.hasSuffix("|")
    return isBlock ? .open : .statement
  }

  /// The role of an expression that brings a text.
  static func value(_ content: ArraySlice<UInt8>) -> Role {
    let text = String(decoding: content, as: UTF8.self).lowercased()
    return makers.contains { text.contains($0) } ? .structure : .value
  }

  /// Parts of the names of functions that make more than a word.
  private static let makers = [
    "yaml", "json", "indent", "include", "template", "tpl", "join", "file", "lookup", "range",
  ]

  /// The text of an expression that is a quoted text alone.
  private static func literal(_ content: ArraySlice<UInt8>) -> String? {
    guard content.count >= 2, let quote = content.first, quote == content.last,
      "\"'`".utf8.contains(quote)
    else { return nil }
    let inner = content.dropFirst().dropLast()
    guard !inner.contains(where: { $0 == quote || $0 == 0x5C || $0 < 0x20 }) else { return nil }
    return String(decoding: inner, as: UTF8.self)
  }

  private static func trimmed(_ content: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var content = content
    if let first = content.first, "-~+".utf8.contains(first) { content.removeFirst() }
    if let last = content.last, "-~+".utf8.contains(last) { content.removeLast() }
    content = content.drop { $0 <= 0x20 }
    while let last = content.last, last <= 0x20 { content.removeLast() }
    return content
  }

  private static func words(_ content: ArraySlice<UInt8>) -> [String] {
    content.split { $0 <= 0x20 }.map { String(decoding: $0, as: UTF8.self) }
  }
}
