/// Turns the tags of a template into unknown values and empty lines, one line after the other.
struct TemplateLines {
  private(set) var text: TemplateText
  private let source: [UInt8]
  private var scanner: TemplateScanner
  private var tags: [TemplateTag] = []

  init(_ kind: TemplateText.Kind, of source: [UInt8]) {
    self.source = source
    text = TemplateText(kind, of: source)
    scanner = TemplateScanner(source, .verbatim)
  }

  /// Goes over a part of the file; what comes behind it is another document.
  mutating func leaveOut(_ range: Range<Int>) {
    text.drop(range)
    text.separate(before: range.upperBound)
  }

  /// Reads a part of the file that begins and ends with whole lines.
  ///
  /// - Parameters:
  ///   - range: The part.
  ///   - syntax: What is no plain text there.
  ///   - isStripped: Whether tabs at the beginning of lines do not count.
  /// - Returns: Whether all tags have an end.
  mutating func read(
    _ range: Range<Int>, _ syntax: TemplateScanner.Syntax, isStripped: Bool = false
  ) -> Bool {
    scanner = TemplateScanner(source, syntax)
    var start = range.lowerBound
    var index = start
    tags.removeAll(keepingCapacity: true)
    if isStripped { index = skipTabs(&start, range.upperBound) }
    while index < range.upperBound {
      let byte = source[index]
      if byte == 0x0A || byte == 0x0D {
        finish(start..<index)
        start = index
        index += 1
        if byte == 0x0D, index < range.upperBound, source[index] == 0x0A { index += 1 }
        text.copy(start..<index)
        start = index
        if isStripped { index = skipTabs(&start, range.upperBound) }
        continue
      }
      switch scanner.tag(at: index, before: range.upperBound) {
      case nil: index += 1
      case .unclosed?: return false
      case .text(let end)?: index = end
      case .tag(let tag)?:
        // Lines of people have few; matching those of a line takes the square of their number.
        guard tags.count < 256 else { return false }
        tags.append(tag)
        index = tag.range.upperBound
      }
    }
    finish(start..<range.upperBound)
    return true
  }

  private mutating func skipTabs(_ start: inout Int, _ end: Int) -> Int {
    let first = start
    while start < end, source[start] == 0x09 { start += 1 }
    text.drop(first..<start)
    return start
  }

  private mutating func finish(_ line: Range<Int>) {
    defer { tags.removeAll(keepingCapacity: true) }
    guard !tags.isEmpty else { return text.copy(line) }
    if isOfTagsAlone(line) {
      if !tags.allSatisfy(\.isComment) { text.setPartial() }
      return text.drop(line)
    }
    var position = line.lowerBound
    var index = 0
    while index < tags.count {
      let tag = tags[index]
      text.copy(position..<tag.range.lowerBound)
      position = tag.range.upperBound
      switch tag.role {
      case .literal(let literal): text.write(literal, for: tag.range)
      case .comment: text.drop(tag.range)
      case .value: text.writeUnknown(tag.range)
      case .structure:
        text.writeUnknown(tag.range)
        text.setPartial()
      case .open:
        if let end = close(of: index) {
          // A choice within a line is one unknown value.
          position = tags[end].range.upperBound
          text.writeUnknown(tag.range.lowerBound..<position)
          index = end
        } else {
          text.drop(tag.range)
        }
        text.setPartial()
      case .middle, .close, .statement:
        text.drop(tag.range)
        text.setPartial()
      }
      index += 1
    }
    text.copy(position..<line.upperBound)
  }

  /// Whether nothing else stands on the line, and not all of it is known.
  private func isOfTagsAlone(_ line: Range<Int>) -> Bool {
    guard !tags.allSatisfy(\.isLiteral) else { return false }
    var position = line.lowerBound
    for tag in tags {
      guard isBlank(position..<tag.range.lowerBound) else { return false }
      position = tag.range.upperBound
    }
    return isBlank(position..<line.upperBound)
  }

  private func isBlank(_ range: Range<Int>) -> Bool {
    source[range].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  private func close(of open: Int) -> Int? {
    var depth = 0
    for index in open..<tags.count {
      if case .open = tags[index].role { depth += 1 }
      if case .close = tags[index].role { depth -= 1 }
      if depth == 0 { return index }
    }
    return nil
  }
}

extension TemplateTag {
  fileprivate var isComment: Bool { if case .comment = role { true } else { false } }
  fileprivate var isLiteral: Bool { if case .literal = role { true } else { false } }
}
