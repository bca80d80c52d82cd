/// Signs that a text is the source of a template, from which another program makes the manifest.
package enum TemplateEvidence {
  /// The first expression that only a template language can mean.
  ///
  /// `{{SessionName}}` and `{{ NAME }}` do not count: the former belongs to EKS, and the latter may
  /// be a wrong spelling of it.
  package static func find(in range: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
    var index = range.lowerBound
    var isLineStart = true
    while index + 1 < range.upperBound {
      switch (bytes[index], bytes[index + 1]) {
      case (UInt8(ascii: "{"), UInt8(ascii: "{")):
        let end = end(of: "}}", from: index + 2, range.upperBound, bytes)
        if let end, isExpression(bytes[(index + 2)..<(end - 2)]) { return index..<end }
      case (UInt8(ascii: "{"), UInt8(ascii: "%")):
        if let end = end(of: "%}", from: index + 2, range.upperBound, bytes) { return index..<end }
      case (UInt8(ascii: "<"), UInt8(ascii: "%")):
        if let end = end(of: "%>", from: index + 2, range.upperBound, bytes) { return index..<end }
      case (UInt8(ascii: "%"), UInt8(ascii: "{")), (UInt8(ascii: "$"), UInt8(ascii: "{")):
        guard isLineStart else { break }
        if let end = end(of: "}", from: index + 2, range.upperBound, bytes) { return index..<end }
      default: break
      }
      let byte = bytes[index]
      isLineStart = byte == 0x0A || byte == 0x0D || (isLineStart && (byte == 0x20 || byte == 0x09))
      index += 1
    }
    return nil
  }

  /// The first sign that a document which is no YAML is a template, or a program with a manifest in
  /// it: a line `#!`, or a block of Terraform's language.
  package static func findSource(in range: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
    find(in: range, of: bytes) ?? findProgram(in: range, of: bytes)
  }

  /// The first `{{ … }}` that only a template language can mean; quicker than the search for any.
  static func hasBraces(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while let open = bytes[index...].firstIndex(of: UInt8(ascii: "{")), open + 2 < bytes.count {
      index = open + 1
      guard bytes[index] == UInt8(ascii: "{") || bytes[index] == UInt8(ascii: "%") else { continue }
      // Most are the variables of EKS, with a letter right behind the braces.
      if bytes[index] == UInt8(ascii: "{"), (0x41...0x5A).contains(bytes[index + 1]) { continue }
      if bytes[index + 1] == UInt8(ascii: "-") || bytes[index + 1] == UInt8(ascii: "/") {
        return true
      }
      let line = bytes[open...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      let found = find(in: open..<line, of: bytes)
      if let found, found.lowerBound == open { return true }
    }
    return false
  }

  private static func findProgram(in range: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
    // To YAML the first line of a script is a comment before the document.
    if bytes.starts(with: "#!".utf8) { return 0..<2 }
    return findBlock(in: 0..<bytes.count, of: bytes) ?? findCommands(in: bytes)
  }

  /// The first of several lines that are commands of a shell; a single one was pasted with what it
  /// printed.
  private static func findCommands(in bytes: [UInt8]) -> Range<Int>? {
    var first: Range<Int>?
    for line in bytes.split(separator: 0x0A) {
      let word = line.prefix { $0 > 0x20 }
      guard word.count < line.count, commands.contains(where: { word.elementsEqual($0.utf8) })
      else { continue }
      if let first { return first }
      first = word.startIndex..<word.endIndex
    }
    return nil
  }

  private static let commands = ["kubectl", "aws", "eksctl", "helm", "export", "curl"]

  /// Whether a file has a block of Terraform's language.
  package static func isTerraform(_ bytes: [UInt8]) -> Bool {
    findBlock(in: 0..<bytes.count, of: bytes) != nil
  }

  private static func findBlock(in range: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes[start..<range.upperBound].firstIndex { $0 == 0x0A || $0 == 0x0D }
      let line = bytes[start..<(end ?? range.upperBound)]
      if line.last(where: { $0 > 0x20 }) == UInt8(ascii: "{") {
        let word = line.prefix { $0 > 0x20 }
        if blocks.contains(where: { word.elementsEqual($0.utf8) }) {
          return start..<(start + word.count)
        }
      }
      start = end.map { $0 + 1 } ?? range.upperBound
    }
    return nil
  }

  /// The words that begin a block in Terraform's language.
  private static let blocks = [
    "resource", "data", "module", "locals", "variable", "provider", "output", "terraform",
  ]

  private static func end(
    of close: StaticString, from start: Int, _ limit: Int, _ bytes: [UInt8]
  ) -> Int? {
    // Expressions are short; a bound keeps the search linear in lines without an end.
    let limit = min(limit, start + 1024)
    var index = start
    return close.withUTF8Buffer { close in
      while index + close.count <= limit, bytes[index] != 0x0A, bytes[index] != 0x0D {
        if bytes[index..<(index + close.count)].elementsEqual(close) { return index + close.count }
        index += 1
      }
      return nil
    }
  }

  private static func isExpression(_ content: ArraySlice<UInt8>) -> Bool {
    let words = content.split { $0 == 0x20 || $0 == 0x09 }
    guard let first = words.first, let start = first.first else { return false }
    if ".-$#/*`\"\\(".utf8.contains(start) { return true }
    if content.contains(where: { "|(\"`$".utf8.contains($0) }) { return true }
    return keywords.contains(String(decoding: first, as: UTF8.self))
      || words.dropFirst().contains { $0.first == UInt8(ascii: ".") }
  }

  private static let keywords: Set<String> = [
    "if", "else", "end", "range", "with", "include", "template", "define", "block", "toYaml",
    "tpl", "for", "endif", "endfor", "lookup", "required", "default", "printf", "quote",
  ]
}
