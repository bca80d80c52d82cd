extension RandomAccessCollection<UInt8> where Index == Int {
  /// Whether an ASCII text stands in these bytes at a place.
  func has(ascii text: StaticString, at start: Int) -> Bool {
    text.withUTF8Buffer { text in
      guard start >= startIndex, start + text.count <= endIndex else { return false }
      for offset in 0..<text.count where self[start + offset] != text[offset] { return false }
      return true
    }
  }

  /// Whether an ASCII text stands in these bytes.
  func contains(ascii needle: StaticString) -> Bool {
    needle.withUTF8Buffer { needle in
      guard let first = needle.first else { return true }
      var index = startIndex
      while index + needle.count <= endIndex {
        if self[index] == first, self[index..<(index + needle.count)].elementsEqual(needle) {
          return true
        }
        index += 1
      }
      return false
    }
  }

  /// Whether one of several ASCII texts stands in these bytes.
  func contains(anyOf needles: [StaticString]) -> Bool {
    needles.contains { contains(ascii: $0) }
  }
}

extension String {
  /// Whether two texts are the same bytes, as names of Kubernetes are compared. `==` looks for
  /// other spellings of the same characters first, and a check asks this of every group in a file.
  func hasBytes(of other: String) -> Bool {
    utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
  }
}

extension StringProtocol {
  /// Whether one of several ASCII texts stands in this one, compared byte by byte.
  func contains(anyOf needles: [StaticString]) -> Bool {
    Array(utf8).contains(anyOf: needles)
  }

  /// Whether an ASCII text stands in this one, compared byte by byte.
  func contains(ascii needle: StaticString) -> Bool {
    Array(utf8).contains(ascii: needle)
  }

  /// The bytes of the text in lower case.
  var lowercasedBytes: [UInt8] {
    var bytes = Array(utf8)
    for index in bytes.indices {
      guard bytes[index] < 0x80 else { return Array(lowercased().utf8) }
      if (0x41...0x5A).contains(bytes[index]) { bytes[index] |= 0x20 }
    }
    return bytes
  }
}

/// The ASCII characters that occur in some texts.
struct ASCIISet: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ text: [UInt8] = []) {
    insert(text)
  }

  mutating func insert(_ text: [UInt8]) {
    for byte in text where byte < 0x80 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
  }
}
