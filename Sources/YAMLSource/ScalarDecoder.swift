/// Decodes flow scalars (plain and quoted) from their source, keeping where each byte came from.
///
/// libyaml gives the value alone. This decoder gives the same value with its positions, and reads
/// JSON's surrogate pairs, which YAML's own escapes do not have.
struct ScalarDecoder {
  private let source: [UInt8]
  private let end: Int
  private var index: Int
  private(set) var text: [UInt8] = []
  private(set) var segments: [PositionMap.Segment] = []

  /// Decodes the scalar that stands in `range`, quotes included.
  static func decode(
    _ source: [UInt8], _ range: Range<Int>, style: YAMLScalarStyle
  ) -> ScalarDecoder {
    let isQuoted = style == .singleQuoted || style == .doubleQuoted
    let inset = isQuoted && range.count >= 2 ? 1 : 0
    var decoder = ScalarDecoder(
      source: source, end: range.upperBound - inset, index: range.lowerBound + inset)
    decoder.decodeBody(style)
    return decoder
  }

  private init(source: [UInt8], end: Int, index: Int) {
    self.source = source
    self.end = end
    self.index = index
  }

  private mutating func decodeBody(_ style: YAMLScalarStyle) {
    while index < end {
      let byte = source[index]
      if byte == 0x20 || byte == 0x09 || lineBreakLength(source, at: index, end: end) > 0 {
        decodeBlanks()
      } else if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        decodeEscape()
      } else if style == .singleQuoted, byte == UInt8(ascii: "'"), index + 1 < end {
        emit([byte], consuming: 2)
      } else {
        copy(1)
      }
    }
  }

  /// Blanks are kept within a line and folded around line breaks.
  private mutating func decodeBlanks() {
    let start = index
    skipBlanks()
    let length = lineBreakLength(source, at: index, end: end)
    guard length > 0 else {
      let count = index - start
      index = start
      copy(count)
      return
    }
    let firstBreak = index
    let isFeed = normalizedBreak(firstBreak, length) == [0x0A]
    index += length
    let following = collectBreaks()
    if !isFeed {
      append(normalizedBreak(firstBreak, length), source: firstBreak, sourceCount: length)
    } else if following.isEmpty {
      append([0x20], source: firstBreak, sourceCount: length)
    }
    for (place, length) in following {
      append(normalizedBreak(place, length), source: place, sourceCount: length)
    }
  }

  private mutating func skipBlanks() {
    while index < end, source[index] == 0x20 || source[index] == 0x09 { index += 1 }
  }

  /// Skips the blanks and blank lines that follow a line break and gives the breaks among them.
  private mutating func collectBreaks() -> [(Int, Int)] {
    var breaks: [(Int, Int)] = []
    while true {
      skipBlanks()
      let length = lineBreakLength(source, at: index, end: end)
      guard length > 0 else { return breaks }
      breaks.append((index, length))
      index += length
    }
  }

  private func normalizedBreak(_ place: Int, _ length: Int) -> [UInt8] {
    // U+2028 and U+2029 are three bytes and stay; CR, LF, CRLF and U+0085 become a line feed.
    length == 3 ? Array(source[place..<(place + 3)]) : [0x0A]
  }

  private mutating func decodeEscape() {
    guard index + 1 < end else { return copy(1) }
    let lineBreak = lineBreakLength(source, at: index + 1, end: end)
    if lineBreak > 0 {
      index += 1 + lineBreak
      for (place, length) in collectBreaks() {
        append(normalizedBreak(place, length), source: place, sourceCount: length)
      }
      return
    }
    switch source[index + 1] {
    case UInt8(ascii: "x"): decodeHexadecimal(digits: 2)
    case UInt8(ascii: "u"): decodeHexadecimal(digits: 4)
    case UInt8(ascii: "U"): decodeHexadecimal(digits: 8)
    case let letter: emit(Self.simpleEscapes[letter] ?? [letter], consuming: 2)
    }
  }

  private mutating func decodeHexadecimal(digits: Int) {
    guard var value = hexadecimal(at: index + 2, count: digits) else { return copy(2) }
    var length = 2 + digits
    if digits == 4, (0xD800...0xDBFF).contains(value), index + 11 < end,
      source[index + 6] == UInt8(ascii: "\\"), source[index + 7] == UInt8(ascii: "u"),
      let low = hexadecimal(at: index + 8, count: 4), (0xDC00...0xDFFF).contains(low)
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      length = 12
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    emit(Array(String(Character(scalar)).utf8), consuming: length)
  }

  private func hexadecimal(at start: Int, count: Int) -> UInt32? {
    guard start + count <= end else { return nil }
    return UInt32(String(decoding: source[start..<(start + count)], as: UTF8.self), radix: 16)
  }

  private mutating func copy(_ count: Int) {
    append(source[index..<(index + count)], source: index, sourceCount: count)
    index += count
  }

  private mutating func emit(_ bytes: [UInt8], consuming count: Int) {
    append(bytes, source: index, sourceCount: count)
    index += count
  }

  private mutating func append(
    _ bytes: some Collection<UInt8>, source place: Int, sourceCount: Int
  ) {
    segments.appendRun(
      text: text.count, textCount: bytes.count, source: place, sourceCount: sourceCount)
    text.append(contentsOf: bytes)
  }

  private static let simpleEscapes: [UInt8: [UInt8]] = [
    UInt8(ascii: "0"): [0x00], UInt8(ascii: "a"): [0x07], UInt8(ascii: "b"): [0x08],
    UInt8(ascii: "t"): [0x09], 0x09: [0x09], UInt8(ascii: "n"): [0x0A],
    UInt8(ascii: "v"): [0x0B], UInt8(ascii: "f"): [0x0C], UInt8(ascii: "r"): [0x0D],
    UInt8(ascii: "e"): [0x1B], UInt8(ascii: "N"): [0xC2, 0x85], UInt8(ascii: "_"): [0xC2, 0xA0],
    UInt8(ascii: "L"): [0xE2, 0x80, 0xA8], UInt8(ascii: "P"): [0xE2, 0x80, 0xA9],
  ]
}

extension [PositionMap.Segment] {
  /// Adds a run, joining it to the last one where both were copied byte for byte.
  mutating func appendRun(text: Int, textCount: Int, source: Int, sourceCount: Int) {
    if textCount == sourceCount, let last, last.textCount == last.sourceCount,
      last.text + last.textCount == text, last.source + last.sourceCount == source
    {
      self[count - 1].textCount += textCount
      self[count - 1].sourceCount += sourceCount
    } else {
      append(
        PositionMap.Segment(
          text: text, textCount: textCount, source: source, sourceCount: sourceCount))
    }
  }
}

/// The length in bytes of the line break at `index`, or 0: CRLF, CR, LF, U+0085, U+2028, U+2029.
func lineBreakLength(_ bytes: [UInt8], at index: Int, end: Int) -> Int {
  guard index < end else { return 0 }
  switch bytes[index] {
  case 0x0A: return 1
  case 0x0D: return index + 1 < end && bytes[index + 1] == 0x0A ? 2 : 1
  case 0xC2: return index + 1 < end && bytes[index + 1] == 0x85 ? 2 : 0
  case 0xE2:
    return index + 2 < end && bytes[index + 1] == 0x80
      && (bytes[index + 2] == 0xA8 || bytes[index + 2] == 0xA9) ? 3 : 0
  default: return 0
  }
}
