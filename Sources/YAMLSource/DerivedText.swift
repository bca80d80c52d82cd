/// A text that was made from a file piece by piece, such as the here-document of a script, with the
/// way back to the file.
public struct DerivedText: Sendable {
  /// The text.
  public private(set) var bytes: [UInt8] = []
  private var segments: [PositionMap.Segment] = []

  /// Makes an empty text.
  public init() {}

  /// Adds a part of the file as it is.
  ///
  /// - Parameters:
  ///   - range: The bytes of the file.
  ///   - source: The file.
  public mutating func copy(_ range: Range<Int>, of source: [UInt8]) {
    append(source[range], for: range)
  }

  /// Adds a text that stands for a part of the file.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - range: The bytes of the file that it stands for; empty for a text that was put in between.
  public mutating func write(_ text: String, for range: Range<Int>) {
    append(Array(text.utf8)[...], for: range)
  }

  private mutating func append(_ text: ArraySlice<UInt8>, for range: Range<Int>) {
    guard !text.isEmpty else { return }
    segments.appendRun(
      text: bytes.count, textCount: text.count, source: range.lowerBound, sourceCount: range.count)
    bytes += text
  }

  /// What is written into the text is written into the file as it is.
  fileprivate var map: PositionMap {
    let end = segments.last.map { $0.source + $0.sourceCount } ?? 0
    return PositionMap(layers: [
      .init(
        segments: segments, textCount: bytes.count, sourceEnd: end, style: .literal, indentation: 0)
    ])
  }
}

extension YAMLStream {
  /// Reads all documents of a text that was made from a file; all places are those of the file.
  public init(_ text: DerivedText) {
    self.init(text.bytes, map: text.map)
  }
}
