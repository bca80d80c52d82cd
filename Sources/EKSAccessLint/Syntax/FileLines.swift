/// Finds the lines around places of a file.
struct FileLines {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The start of the line of an offset.
  func start(of offset: Int) -> Int {
    bytes[..<offset].lastIndex { $0 == 0x0A }.map { $0 + 1 } ?? 0
  }

  /// The end of the line of an offset, before its line feed.
  func end(of offset: Int) -> Int {
    bytes[offset...].firstIndex { $0 == 0x0A } ?? bytes.count
  }

  /// The number of blanks before an offset when nothing else stands before it on its line.
  func margin(of offset: Int) -> Int? {
    let start = start(of: offset)
    return bytes[start..<offset].allSatisfy { $0 == 0x20 } ? offset - start : nil
  }
}
