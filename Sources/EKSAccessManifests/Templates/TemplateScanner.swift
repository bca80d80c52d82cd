import EKSAccess

/// Finds the tags of template languages, or what a shell expands in a here-document.
struct TemplateScanner {
  enum Syntax {
    /// A template. `{{ … }}` and `{% … %}` count where the file shows that they are meant.
    case template(hasBraces: Bool)
    /// A here-document of a shell.
    case shell
    /// Text without any expansion.
    case verbatim
  }

  enum Found {
    case tag(TemplateTag)
    /// Text up to a place, in spite of its looks.
    case text(Int)
    /// The beginning of a tag that has no end.
    case unclosed
  }

  private let source: [UInt8]
  private let syntax: Syntax
  private var isRaw = false
  private var hasComments = true

  init(_ source: [UInt8], _ syntax: Syntax) {
    self.source = source
    self.syntax = syntax
  }

  /// What begins at a place; `nil` for plain text.
  mutating func tag(at index: Int, before end: Int) -> Found? {
    let byte = source[index]
    guard "{<$%\\`".utf8.contains(byte), index + 1 < end else { return nil }
    switch syntax {
    case .verbatim: return nil
    case .shell: return expansion(index, end)
    case .template(let hasBraces):
      if isRaw {
        guard byte == UInt8(ascii: "{"), let tag = rawTag(index, end, "endraw") else { return nil }
        isRaw = false
        return tag
      }
      switch (byte, source[index + 1]) {
      case (UInt8(ascii: "{"), UInt8(ascii: "{")) where hasBraces: return braces(index, end)
      case (UInt8(ascii: "{"), UInt8(ascii: "%")) where hasBraces:
        if let tag = rawTag(index, end, "raw") {
          isRaw = true
          return tag
        }
        return statement(index, end, "%}")
      case (UInt8(ascii: "{"), UInt8(ascii: "#")) where hasBraces:
        return comment(index, end)
      case (UInt8(ascii: "<"), UInt8(ascii: "%")): return statement(index, end, "%>")
      case (UInt8(ascii: "%"), UInt8(ascii: "{")): return directive(index, end)
      case (UInt8(ascii: "%"), UInt8(ascii: "%")): return .text(index + 2)
      case (UInt8(ascii: "$"), UInt8(ascii: "{")): return value(index, index + 2, end)
      case (UInt8(ascii: "$"), UInt8(ascii: "$"))
      where index + 2 < end && source[index + 2] == UInt8(ascii: "{"):
        return value(index, index + 3, end)
      default: return nil
      }
    }
  }

  // MARK: Templates

  /// `{# … #}` of Jinja; other languages do not know it.
  private mutating func comment(_ index: Int, _ end: Int) -> Found? {
    guard hasComments else { return nil }
    guard let close = self.end(of: "#}", from: index + 2, end) else {
      hasComments = false
      return nil
    }
    return .tag(.init(index..<close, .comment))
  }

  private func braces(_ index: Int, _ end: Int) -> Found {
    for variable in TemplateVariable.allCases
    where source[index..<end].starts(with: variable.spelling.utf8) {
      return .text(index + variable.spelling.utf8.count)
    }
    let content = index + 2
    if source[content..<end].prefix(8).drop(while: { $0 <= 0x20 || $0 == 0x2D })
      .starts(with: "/*".utf8)
    {
      return self.end(of: "*/", from: content, end).flatMap { self.end(of: "}}", from: $0, end) }
        .map { .tag(.init(index..<$0, .comment)) } ?? .unclosed
    }
    guard content < end, source[content] != UInt8(ascii: "{"),
      let close = self.end(of: "}}", from: content, end)
    else { return .unclosed }
    return .tag(.init(index..<close, TemplateTag.ofBraces(source[content..<(close - 2)])))
  }

  private func statement(_ index: Int, _ end: Int, _ close: StaticString) -> Found {
    guard let close = self.end(of: close, from: index + 2, end) else { return .unclosed }
    return .tag(.init(index..<close, TemplateTag.ofStatement(source[(index + 2)..<(close - 2)])))
  }

  /// `%{ if … }` of Terraform, which knows four words alone.
  private func directive(_ index: Int, _ end: Int) -> Found? {
    let word = source[(index + 2)..<end].prefix(64).drop { $0 == 0x20 || $0 == 0x7E }
      .prefix { (0x61...0x7A).contains($0) }
    guard ["if", "else", "endif", "for", "endfor"].contains(where: { word.elementsEqual($0.utf8) })
    else { return nil }
    guard let close = closingBrace(from: index + 2, end) else { return .unclosed }
    return .tag(.init(index..<close, TemplateTag.ofStatement(source[(index + 2)..<(close - 1)])))
  }

  private func value(_ index: Int, _ content: Int, _ end: Int) -> Found {
    guard let close = closingBrace(from: content, end) else { return .unclosed }
    return .tag(.init(index..<close, TemplateTag.value(source[content..<(close - 1)])))
  }

  /// `{% raw %}` or `{% endraw %}`.
  private func rawTag(_ index: Int, _ end: Int, _ word: String) -> Found? {
    guard source[index + 1] == UInt8(ascii: "%"),
      let close = self.end(of: "%}", from: index + 2, end)
    else { return nil }
    let content = source[(index + 2)..<(close - 2)].filter { $0 > 0x20 && $0 != 0x2D }
    return content.elementsEqual(word.utf8) ? .tag(.init(index..<close, .comment)) : nil
  }

  // MARK: Shells

  private func expansion(_ index: Int, _ end: Int) -> Found? {
    let next = source[index + 1]
    switch source[index] {
    case UInt8(ascii: "\\"):
      if "$`\\".utf8.contains(next) {
        return .tag(
          .init(index..<(index + 2), .literal(String(decoding: [next], as: UTF8.self))))
      }
      return next == 0x0A ? .tag(.init(index..<(index + 2), .comment)) : nil
    case UInt8(ascii: "`"):
      guard let close = self.end(of: "`", from: index + 1, end) else { return .unclosed }
      return .tag(.init(index..<close, .value))
    case UInt8(ascii: "$"):
      if next == UInt8(ascii: "{") { return value(index, index + 2, end) }
      if next == UInt8(ascii: "(") {
        guard let close = closing("(", ")", from: index + 2, end) else { return .unclosed }
        return .tag(.init(index..<close, .value))
      }
      var close = index + 1
      while close < end, isWordPart(source[close]) { close += 1 }
      if close == index + 1, "@*#?-$!".utf8.contains(next) { close += 1 }
      return close > index + 1 ? .tag(.init(index..<close, .value)) : nil
    default: return nil
    }
  }

  private func isWordPart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
      || byte == UInt8(ascii: "_")
  }

  // MARK: Ends

  /// Expressions are short; the bound keeps a text of beginnings without an end from taking long.
  private static let limit = 8192

  /// Behind the next closing text that stands outside of quotes.
  private func end(of close: StaticString, from start: Int, _ end: Int) -> Int? {
    let limit = min(end, start + Self.limit)
    let hasQuotes = close.utf8CodeUnitCount == 2 && close.utf8Start[0] == UInt8(ascii: "}")
    var index = start
    while index + close.utf8CodeUnitCount <= limit {
      if (0..<close.utf8CodeUnitCount).allSatisfy({ source[index + $0] == close.utf8Start[$0] }) {
        return index + close.utf8CodeUnitCount
      }
      if hasQuotes, "\"'`".utf8.contains(source[index]) {
        guard let next = endOfQuotes(index, limit) else { return nil }
        index = next
      } else {
        index += 1
      }
    }
    return nil
  }

  private func endOfQuotes(_ start: Int, _ limit: Int) -> Int? {
    let quote = source[start]
    var index = start + 1
    while index < limit {
      if source[index] == quote { return index + 1 }
      index += source[index] == UInt8(ascii: "\\") && quote != UInt8(ascii: "`") ? 2 : 1
    }
    return nil
  }

  private func closingBrace(from start: Int, _ end: Int) -> Int? {
    closing("{", "}", from: start, end)
  }

  private func closing(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, from start: Int, _ end: Int
  ) -> Int? {
    let limit = min(end, start + Self.limit)
    var depth = 1
    var index = start
    while index < limit {
      let byte = source[index]
      if byte == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if byte == UInt8(ascii: "\"") {
        guard let next = endOfQuotes(index, limit) else { return nil }
        index = next
        continue
      }
      if byte == UInt8(ascii: open) { depth += 1 }
      if byte == UInt8(ascii: close) { depth -= 1 }
      index += 1
      if depth == 0 { return index }
    }
    return nil
  }
}

extension TemplateTag {
  fileprivate init(_ range: Range<Int>, _ role: Role) {
    self.init(range: range, role: role)
  }
}
