extension UInt8 {
  var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  var isASCIIWord: Bool {
    isASCIIDigit || self == UInt8(ascii: "_")
      || UInt8(ascii: "a")...UInt8(ascii: "z") ~= self
      || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self
  }

  var isLowerHex: Bool { isASCIIDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self }
}

extension String {
  /// Whether two texts are the same bytes. `==` on strings also equates canonically equivalent
  /// spellings, which AWS and the authenticator keep apart.
  func isIdentical(to other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// The text cut at every `/`, empty pieces included.
  var slashSeparated: [String] {
    utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
  }
}
