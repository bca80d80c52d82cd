/// Builds documents from libyaml's events and goes on behind documents that do not parse.
struct YAMLStreamReader {
  private(set) var documents: [YAMLDocument] = []
  private(set) var problems: [YAMLProblem] = []
  private(set) var mayHaveComments = true
  private let source: [UInt8]
  private let map: PositionMap?

  init(_ source: [UInt8], map: PositionMap?) {
    self.source = source
    self.map = map
  }

  mutating func read() {
    guard source.count <= YAMLLimits.size else {
      return fail(
        .size, "the text is larger than \(YAMLLimits.size >> 20) MiB", 0..<1, in: 0..<source.count)
    }
    let start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let check = source.withUnsafeBufferPointer { SourceCheck($0, from: start) }
    if let defect = check.defect {
      return fail(.characters(defect.kind), defect.message, defect.range, in: 0..<source.count)
    }
    mayHaveComments = check.hasHash
    let parsed = check.hasBackslash ? JSONEscapes.replacingSurrogates(in: source) : nil
    let hasSurrogates = parsed != nil
    (parsed ?? source).withUnsafeBufferPointer { bytes in
      var position = start
      while position < bytes.count || position == start {
        guard let next = readDocuments(bytes, from: position, check.isASCII, hasSurrogates)
        else { break }
        position = next
      }
    }
  }

  /// Reads documents until one fails, and gives the place to go on at, if there is one.
  private mutating func readDocuments(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ isASCII: Bool, _ hasSurrogates: Bool
  ) -> Int? {
    YAMLParser.withParser(bytes, from: start, isASCII: isASCII) { parser in
      var documentStart = start
      while true {
        var builder = YAMLTreeBuilder(source, map: map, redecodes: hasSurrogates)
        switch builder.build(&parser) {
        case .end:
          return nil
        case .document(let extent):
          documents.append(YAMLDocument(tree: builder.tree(), extent: extent))
          documentStart = extent.upperBound
        case .failure(let failure):
          let begin = failure.documentStart ?? skipBlankLines(from: documentStart)
          if failure.documentStart == nil, begin > start, isJSONValue(at: begin) { return begin }
          let next = nextDocument(after: begin)
          let end = next ?? source.count
          fail(
            failure.kind, failure.message, failure.range, in: begin..<max(begin, end),
            context: failure.context)
          return next
        }
      }
    }
  }

  /// Whether an object or list of JSON begins here and another one ends before: values one after
  /// the other, as `kubectl` and `jq` read them.
  private func isJSONValue(at index: Int) -> Bool {
    guard map == nil, documents.count < YAMLLimits.jsonValues, index < source.count,
      "{[".utf8.contains(source[index])
    else { return false }
    let last = source[..<index].last { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return last.map("}]".utf8.contains) ?? false
  }

  private func skipBlankLines(from start: Int) -> Int {
    var index = start
    while index < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[index]) { index += 1 }
    return index
  }

  /// The place of the next line that begins with `---`, behind the line of `start`.
  private func nextDocument(after start: Int) -> Int? {
    var index = start
    while index < source.count {
      let length = lineBreakLength(source, at: index, end: source.count)
      index += max(length, 1)
      guard length > 0, index + 3 <= source.count else { continue }
      if source[index] == UInt8(ascii: "-"), source[index + 1] == UInt8(ascii: "-"),
        source[index + 2] == UInt8(ascii: "-"),
        index + 3 == source.count || [0x20, 0x09, 0x0A, 0x0D].contains(source[index + 3])
      {
        return index
      }
    }
    return nil
  }

  private mutating func fail(
    _ kind: YAMLProblem.Kind, _ message: String, _ range: Range<Int>, in document: Range<Int>,
    context: (message: String, range: Range<Int>)? = nil
  ) {
    func fileRange(_ range: Range<Int>) -> Range<Int> { map?.sourceRange(of: range) ?? range }
    problems.append(
      YAMLProblem(
        kind: kind, message: message, range: fileRange(range),
        context: context.map { .init(message: $0.message, range: fileRange($0.range)) },
        document: fileRange(document), extent: document))
  }
}

extension SourceDefect {
  fileprivate var message: String {
    switch kind {
    case .invalidUTF8: "the byte at offset \(range.lowerBound) is not UTF-8"
    case .wideEncoding: "the text is UTF-16 or UTF-32, not UTF-8"
    case .controlCharacter(let scalar):
      "the control character U+\(String(scalar, radix: 16, uppercase: true).leftPadded(to: 4))"
        + " is not allowed in YAML"
    }
  }
}

extension String {
  fileprivate func leftPadded(to count: Int) -> String {
    String(repeating: "0", count: max(0, count - utf8.count)) + self
  }
}

/// JSON writes characters beyond U+FFFF as two `\u` escapes, which YAML does not know.
enum JSONEscapes {
  /// A copy of the same length that libyaml can parse, or `nil` when there is nothing to replace.
  ///
  /// The escapes are overwritten with some letter's; ``ScalarDecoder`` reads the true ones.
  static func replacingSurrogates(in source: [UInt8]) -> [UInt8]? {
    var result: [UInt8]?
    var index = 0
    while index + 5 < source.count {
      guard source[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      if source[index + 1] == UInt8(ascii: "u"), isSurrogate(source[...], index + 2) {
        result = result ?? source
        for (offset, digit) in "0041".utf8.enumerated() { result?[index + 2 + offset] = digit }
        index += 6
      } else {
        index += 2
      }
    }
    return result
  }

  /// Whether a double-quoted scalar's source has an escape of JSON that is none of YAML 1.1.
  static func isUsed(in source: ArraySlice<UInt8>) -> Bool {
    var index = source.startIndex
    while index + 1 < source.endIndex {
      guard source[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      switch source[index + 1] {
      case UInt8(ascii: "/"): return true
      case UInt8(ascii: "u") where index + 6 <= source.endIndex && isSurrogate(source, index + 2):
        return true
      default: index += 2
      }
    }
    return false
  }

  private static func isSurrogate(_ source: ArraySlice<UInt8>, _ index: Int) -> Bool {
    (source[index] | 0x20) == UInt8(ascii: "d")
      && [0x38, 0x39, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66].contains(source[index + 1] | 0x20)
      && source[index..<(index + 4)].allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || isHexLetter($0) }
  }

  private static func isHexLetter(_ byte: UInt8) -> Bool {
    (0x61...0x66).contains(byte | 0x20)
  }
}
