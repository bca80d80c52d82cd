extension StringProtocol {
  /// Whether an ASCII text stands in this one, compared byte by byte.
  ///
  /// The standard library compares characters, which takes many times as long; a check asks this
  /// of every name in a file.
  func contains(ascii needle: StaticString) -> Bool {
    needle.withUTF8Buffer { needle in
      guard let first = needle.first else { return true }
      var rest = utf8[...]
      while rest.count >= needle.count, let index = rest.firstIndex(of: first) {
        rest = rest[index...]
        if rest.starts(with: needle) { return true }
        rest = rest.dropFirst()
      }
      return false
    }
  }

  /// Whether one of several ASCII texts stands in this one.
  func contains(anyOf needles: [StaticString]) -> Bool {
    needles.contains { contains(ascii: $0) }
  }
}
