/// The here-documents of a shell script, or of Terraform's language.
struct HereDocuments {
  struct Document {
    /// The lines between the delimiters.
    var body: Range<Int>
    /// Whether nothing is expanded in it.
    var isQuoted: Bool
    /// Whether tabs before its lines do not count.
    var isStripped: Bool
  }

  private(set) var documents: [Document] = []
  private let source: [UInt8]

  init(_ source: [UInt8]) {
    self.source = source
    var line = 0
    while line < source.count {
      let end = lineEnd(line)
      guard let (delimiter, isQuoted, isStripped) = opening(in: line..<end) else {
        line = end + 1
        continue
      }
      let body = min(end + 1, source.count)
      line = body
      while line < source.count {
        let end = lineEnd(line)
        if isClosing(line..<end, delimiter, isStripped) {
          documents.append(
            Document(body: body..<line, isQuoted: isQuoted, isStripped: isStripped))
          line = end + 1
          break
        }
        line = end + 1
      }
    }
  }

  private func lineEnd(_ start: Int) -> Int {
    source[start...].firstIndex(of: 0x0A) ?? source.count
  }

  /// The first `<<WORD` of a line that is no comment.
  private func opening(
    in line: Range<Int>
  ) -> (delimiter: ArraySlice<UInt8>, isQuoted: Bool, isStripped: Bool)? {
    let text = source[line]
    guard text.first(where: { $0 > 0x20 }) != UInt8(ascii: "#") else { return nil }
    var index = line.lowerBound
    let less = UInt8(ascii: "<")
    while index + 2 < line.upperBound {
      guard source[index] == less, source[index + 1] == less else {
        index += 1
        continue
      }
      var place = index + 2
      if source[place] == less {
        // `<<<` is a here-string.
        while place < line.upperBound, source[place] == less { place += 1 }
        index = place
        continue
      }
      let isStripped = "-~".utf8.contains(source[place])
      if isStripped { place += 1 }
      while place < line.upperBound, source[place] == 0x20 || source[place] == 0x09 { place += 1 }
      let quote = place < line.upperBound && "'\"\\".utf8.contains(source[place])
      if quote { place += 1 }
      let word = source[place..<line.upperBound].prefix {
        (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
      }
      if let first = word.first, !(0x30...0x39).contains(first) { return (word, quote, isStripped) }
      index = place
    }
    return nil
  }

  private func isClosing(
    _ line: Range<Int>, _ delimiter: ArraySlice<UInt8>, _ isStripped: Bool
  ) -> Bool {
    var text = source[line]
    if text.last == 0x0D { text.removeLast() }
    if isStripped { text = text.drop { $0 == 0x09 || $0 == 0x20 } }
    return text == delimiter
  }
}
