/// The two ways in which the authenticator, a Go program, makes letter case not count.
extension String {
  /// The text as Go's `strings.ToLower` has it: one character for one character.
  package var simpleLowercased: String {
    mapScalars(\.simpleLowercased)
  }

  /// A text that is the same for two texts exactly when Go's `strings.EqualFold` equates them.
  package var simpleFolded: String {
    mapScalars(\.simpleFolded)
  }

  private func mapScalars(_ transform: (Unicode.Scalar) -> Unicode.Scalar) -> String {
    if utf8.allSatisfy(\.isLowerASCII) { return self }
    if utf8.allSatisfy({ $0 < 0x80 }) {
      return String(decoding: utf8.map(\.asciiLowercased), as: UTF8.self)
    }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars { result.append(transform(scalar)) }
    return String(result)
  }
}

extension UInt8 {
  fileprivate var isLowerASCII: Bool { self < 0x80 && self == asciiLowercased }

  fileprivate var asciiLowercased: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}

extension Unicode.Scalar {
  fileprivate var simpleLowercased: Unicode.Scalar {
    // U+0130 is the one letter whose simple mapping differs from a longer full one.
    self == "\u{130}" ? "i" : properties.lowercaseMapping.onlyScalar ?? self
  }

  /// The lower case of the upper case, which brings together every family of simple case folding,
  /// such as `k`, `K` and the Kelvin sign. The two Turkish letters belong to no family.
  fileprivate var simpleFolded: Unicode.Scalar {
    if self == "\u{130}" || self == "\u{131}" { return self }
    let upper = properties.uppercaseMapping.onlyScalar ?? self
    return upper.properties.lowercaseMapping.onlyScalar ?? upper
  }
}

extension String {
  fileprivate var onlyScalar: Unicode.Scalar? {
    unicodeScalars.count == 1 ? unicodeScalars.first : nil
  }
}
