/// Where the lines of a block scalar (`|` or `>`) stand in the source.
///
/// libyaml ends a block scalar at the next token. The source is walked here beside the value it
/// gave, which tells the indentation, the true end and the origin of every byte.
struct BlockScalar {
  private(set) var segments: [PositionMap.Segment] = []
  /// The columns that were taken off each line.
  private(set) var indentation = 0
  /// The end of the last line that belongs to the value, without its line break.
  private(set) var end: Int

  private let source: [UInt8]
  private let text: ArraySlice<UInt8>
  /// Behind this place the text is line feeds alone.
  private let contentEnd: Int

  init(_ source: [UInt8], indicator: Int, text: ArraySlice<UInt8>) {
    self.source = source
    self.text = text
    self.contentEnd = text.lastIndex { $0 != 0x0A }.map { $0 + 1 } ?? text.startIndex
    self.end = indicator
    let lineEnd = self.lineEnd(from: indicator)
    self.end = headerEnd(indicator, lineEnd)
    walk(from: lineEnd)
  }

  /// The end of the indicators after `|` or `>`, before blanks and a comment.
  private func headerEnd(_ indicator: Int, _ lineEnd: Int) -> Int {
    var index = indicator
    while index < lineEnd, source[index] != 0x20, source[index] != 0x09 { index += 1 }
    return index
  }

  private func lineEnd(from start: Int) -> Int {
    var index = start
    while index < source.count {
      // Most bytes begin no line break: a single comparison passes over them.
      let byte = source[index]
      if byte <= 0x0D || byte >= 0xC2,
        lineBreakLength(source, at: index, end: source.count) > 0
      {
        break
      }
      index += 1
    }
    return index
  }

  private mutating func walk(from headerLineEnd: Int) {
    guard !text.isEmpty else { return }
    var position = headerLineEnd
    var offset = text.startIndex
    indentation = detectIndentation(after: headerLineEnd)
    // The header's own line break ends no line of the text.
    position += lineBreakLength(source, at: position, end: source.count)
    var breaks: [(place: Int, length: Int)] = []
    while offset < text.endIndex, position <= source.count {
      let contentStart = skipIndentation(from: position)
      let lineEnd = self.lineEnd(from: contentStart)
      let breakLength = lineBreakLength(source, at: lineEnd, end: source.count)
      if contentStart < lineEnd {
        offset = map(breaks, at: offset, isTail: false)
        breaks.removeAll(keepingCapacity: true)
        let count = min(lineEnd - contentStart, text.endIndex - offset)
        append(at: offset, textCount: count, source: contentStart, sourceCount: count)
        offset += count
        end = contentStart + count
      }
      guard breakLength > 0 else { break }
      breaks.append((lineEnd, breakLength))
      position = lineEnd + breakLength
      if offset >= contentEnd {
        // What is left of the value is line breaks alone: as many lines as it has.
        while breaks.count < text.endIndex - offset {
          let next = self.lineEnd(from: position)
          let length = lineBreakLength(source, at: next, end: source.count)
          guard length > 0 else { break }
          breaks.append((next, length))
          position = next + length
        }
        offset = map(breaks, at: offset, isTail: true)
        break
      }
    }
  }

  private func skipIndentation(from start: Int) -> Int {
    var index = start
    while index < source.count, index - start < indentation, source[index] == 0x20 { index += 1 }
    return index
  }

  /// The first line with content has the same characters in source and text, but for the margin.
  private func detectIndentation(after headerLineEnd: Int) -> Int {
    var index = headerLineEnd
    var lineStart = index
    while index < source.count {
      let length = lineBreakLength(source, at: index, end: source.count)
      if length > 0 {
        index += length
        lineStart = index
      } else if source[index] == 0x20 {
        index += 1
      } else {
        break
      }
    }
    let margin = index - lineStart
    guard let content = text.firstIndex(where: { $0 != 0x20 && $0 != 0x0A }) else { return margin }
    let textLine = text[..<content].lastIndex(of: 0x0A).map { $0 + 1 } ?? text.startIndex
    return max(0, margin - (content - textLine))
  }

  /// Gives the line breaks of the source to the fold or the line feeds that stand for them.
  private mutating func map(
    _ breaks: [(place: Int, length: Int)], at offset: Int, isTail: Bool
  ) -> Int {
    guard let first = breaks.first, offset < text.endIndex else { return offset }
    if breaks.count == 1 {
      let length = text[offset] == 0x20 ? 1 : textBreakLength(at: offset)
      guard length > 0 else { return offset }
      append(at: offset, textCount: length, source: first.place, sourceCount: first.length)
      return offset + length
    }
    var runs: [Int] = []
    var index = offset
    if text[index] == 0x20 {
      runs = [1]
      index += 1
    } else {
      while index < text.endIndex {
        let length = textBreakLength(at: index)
        guard length > 0, runs.count < breaks.count else { break }
        runs.append(length)
        index += length
      }
    }
    let used = isTail ? breaks.prefix(runs.count) : breaks.suffix(runs.count)
    var place = offset
    for (run, lineBreak) in zip(runs, used) {
      append(at: place, textCount: run, source: lineBreak.place, sourceCount: lineBreak.length)
      place += run
    }
    return index
  }

  private func textBreakLength(at index: Int) -> Int {
    if text[index] == 0x0A { return 1 }
    return index + 2 < text.endIndex && text[index] == 0xE2 && text[index + 1] == 0x80
      && (text[index + 2] == 0xA8 || text[index + 2] == 0xA9) ? 3 : 0
  }

  private mutating func append(at offset: Int, textCount: Int, source: Int, sourceCount: Int) {
    segments.appendRun(
      text: offset - text.startIndex, textCount: textCount, source: source,
      sourceCount: sourceCount)
  }
}
