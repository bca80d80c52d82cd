/// The lines of a file: turns byte offsets into the lines and columns that editors show.
public struct LineTable: Sendable {
  /// A place in a text as people count.
  public struct Position: Sendable, Hashable {
    /// The line, from 1. Lines end with LF, CR or CRLF.
    public var line: Int
    /// The column in Unicode scalars, from 1; a tab is one column.
    public var column: Int
  }

  private let bytes: [UInt8]
  private let starts: [Int]
  /// The scalars before each block of bytes, where a line is so long that counting them again and
  /// again would take long: JSON is often one line. Empty for other texts.
  private let scalars: [Int]
  private static let block = 4096

  /// Finds the lines of a text.
  public init(_ bytes: [UInt8]) {
    var starts = [0]
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while index < buffer.count {
        let byte = buffer[index]
        index += 1
        if byte == 0x0A || (byte == 0x0D && (index == buffer.count || buffer[index] != 0x0A)) {
          starts.append(index)
        }
      }
    }
    self.bytes = bytes
    self.starts = starts
    let isLong = zip(starts, Array(starts.dropFirst()) + [bytes.count]).contains {
      $1 - $0 > Self.block
    }
    scalars = isLong ? Self.sums(of: bytes) : []
  }

  private static func sums(of bytes: [UInt8]) -> [Int] {
    var sums = [0]
    bytes.withUnsafeBufferPointer { buffer in
      for start in stride(from: 0, to: buffer.count - block, by: block) {
        sums.append((sums.last ?? 0) + count(buffer[start..<(start + block)]))
      }
    }
    return sums
  }

  private static func count(_ bytes: some Collection<UInt8>) -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }

  private func scalars(in range: Range<Int>) -> Int {
    guard range.count > Self.block, !scalars.isEmpty else { return Self.count(bytes[range]) }
    func before(_ offset: Int) -> Int {
      let block = min(offset / Self.block, scalars.count - 1)
      return scalars[block] + Self.count(bytes[(block * Self.block)..<offset])
    }
    return before(range.upperBound) - before(range.lowerBound)
  }

  /// The number of lines; a text that ends with a line break has an empty last line.
  public var count: Int { starts.count }

  /// The line and column of a byte offset; offsets beyond the text give its end.
  public func position(of offset: Int) -> Position {
    let offset = min(max(offset, 0), bytes.count)
    let line = line(of: offset)
    var start = starts[line]
    if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
    return Position(line: line + 1, column: scalars(in: start..<max(start, offset)) + 1)
  }

  /// The bytes of a line, counted from 1, without its line break.
  public func bytes(ofLine line: Int) -> ArraySlice<UInt8> {
    let range = range(ofLine: line)
    return bytes[range]
  }

  /// The range of a line, counted from 1, without its line break and byte order mark.
  public func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
    var start = starts[line - 1]
    if line == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    var end = line < starts.count ? starts[line] : bytes.count
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  private func line(of offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return low - 1
  }
}
