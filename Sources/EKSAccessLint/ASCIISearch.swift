extension RandomAccessCollection<UInt8> where Index == Int {
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
  /// Whether an ASCII text stands in this one, compared byte by byte.
  ///
  /// The standard library compares characters, which takes many times as long; a check asks this
  /// of every name in a file.
  func contains(ascii needle: StaticString) -> Bool {
    Array(utf8).contains(ascii: needle)
  }

  /// Whether one of several ASCII texts stands in this one.
  func contains(anyOf needles: [StaticString]) -> Bool {
    Array(utf8).contains(anyOf: needles)
  }
}
