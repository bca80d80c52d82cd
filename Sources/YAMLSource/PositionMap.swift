/// The way back from a text to the file that it was written in.
///
/// The text of `mapRoles` is a YAML scalar of an outer document: each of its bytes stands somewhere
/// in the file, but indentation, folding, quotes and escapes lie between. A map knows for each byte
/// of the text which bytes of the file produced it. Maps of texts within texts are layers of one
/// map, the innermost first.
public struct PositionMap: Sendable, Hashable {
  /// A run of text bytes and the run of source bytes that produced it.
  ///
  /// With equal counts the run was copied byte for byte, otherwise it is one indivisible escape.
  struct Segment: Sendable, Hashable {
    var text: Int
    var textCount: Int
    var source: Int
    var sourceCount: Int
  }

  /// One scalar's segments and what is needed to write into it.
  struct Layer: Sendable, Hashable {
    var segments: [Segment]
    var textCount: Int
    var sourceEnd: Int
    var style: YAMLScalarStyle
    /// The columns before each line of a block scalar.
    var indentation: Int

    func source(of range: Range<Int>) -> Range<Int> {
      let lower = start(of: range.lowerBound)
      guard !range.isEmpty else { return lower..<lower }
      return lower..<max(lower, end(of: range.upperBound - 1))
    }

    private func start(of offset: Int) -> Int {
      guard let segment = segment(at: offset) else { return segments.first?.source ?? sourceEnd }
      let distance = offset - segment.text
      if distance >= segment.textCount { return segment.source + segment.sourceCount }
      return segment.textCount == segment.sourceCount ? segment.source + distance : segment.source
    }

    private func end(of offset: Int) -> Int {
      guard let segment = segment(at: offset) else { return sourceEnd }
      let distance = offset - segment.text
      return segment.textCount == segment.sourceCount && distance < segment.textCount
        ? segment.source + distance + 1 : segment.source + segment.sourceCount
    }

    private func segment(at offset: Int) -> Segment? {
      var low = 0
      var high = segments.count
      while low < high {
        let middle = (low + high) / 2
        if segments[middle].text <= offset { low = middle + 1 } else { high = middle }
      }
      return low == 0 ? nil : segments[low - 1]
    }
  }

  var layers: [Layer]

  /// The bytes of the file that produced a range of the text.
  ///
  /// An empty range gives the empty range before the byte that follows it.
  public func sourceRange(of range: Range<Int>) -> Range<Int> {
    layers.reduce(range) { $1.source(of: $0) }
  }

  /// The bytes to write into the file so that `text` stands in the innermost text.
  ///
  /// - Returns: The bytes quoted and indented for every scalar around, or `nil` where one of them
  ///   cannot hold this text as it is written: a line break in a folded or plain scalar.
  public func sourceText(for text: String) -> String? {
    var text = text
    for layer in layers {
      guard let written = layer.style.escaped(text, indentation: layer.indentation) else {
        return nil
      }
      text = written
    }
    return text
  }
}

extension YAMLScalarStyle {
  fileprivate func escaped(_ text: String, indentation: Int) -> String? {
    let hasBreak = text.utf8.contains { $0 == 0x0A || $0 == 0x0D }
    switch self {
    case .plain, .folded:
      return hasBreak ? nil : text
    case .singleQuoted:
      guard !hasBreak else { return nil }
      return text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
    case .doubleQuoted:
      return YAMLWriter.doubleQuotedBody(text)
    case .literal:
      let margin = String(repeating: " ", count: indentation)
      return text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated().map { $0 == 0 || $1.isEmpty ? String($1) : margin + $1 }
        .joined(separator: "\n")
    }
  }
}
