/// The first byte of a text that no YAML reader may accept.
public struct SourceDefect: Sendable, Hashable {
  /// What is wrong with the byte.
  public enum Kind: Sendable, Hashable {
    /// The bytes are not UTF-8 here.
    case invalidUTF8
    /// The bytes begin with the byte order mark of UTF-16 or UTF-32.
    case wideEncoding
    /// A NUL or another control character that YAML forbids.
    case controlCharacter(UInt32)
  }

  /// What is wrong.
  public let kind: Kind
  /// The bytes concerned, as offsets into the text.
  public let range: Range<Int>
}

/// What one pass over the bytes of a text tells before any parsing.
struct SourceCheck {
  let isASCII: Bool
  /// Whether there may be an escape; known for texts without a defect.
  private(set) var hasBackslash = false
  /// Whether there may be a comment; known for texts without a defect.
  private(set) var hasHash = false
  let defect: SourceDefect?

  /// Checks that the bytes are UTF-8 and hold only characters that YAML 1.1 calls printable.
  ///
  /// libyaml reports neither place nor byte for these, so they are found here first.
  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
    var ascii = true
    var index = start
    if start == 0, bytes.count >= 2,
      (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF)
    {
      self.isASCII = false
      self.defect = SourceDefect(kind: .wideEncoding, range: 0..<2)
      return
    }
    while index < bytes.count {
      if index + 8 <= bytes.count, let word = PlainWord(bytes, at: index) {
        hasBackslash = hasBackslash || word.has(UInt8(ascii: "\\"))
        hasHash = hasHash || word.has(UInt8(ascii: "#"))
        index += 8
        continue
      }
      let byte = bytes[index]
      if (byte >= 0x20 && byte < 0x7F) || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        hasBackslash = hasBackslash || byte == UInt8(ascii: "\\")
        hasHash = hasHash || byte == UInt8(ascii: "#")
        index += 1
        continue
      }
      if byte < 0x80 {
        self.isASCII = ascii
        self.defect = SourceDefect(
          kind: .controlCharacter(UInt32(byte)), range: index..<(index + 1))
        return
      }
      ascii = false
      guard let (scalar, length) = Self.decode(bytes, at: index) else {
        self.isASCII = false
        self.defect = SourceDefect(kind: .invalidUTF8, range: index..<(index + 1))
        return
      }
      guard Self.isPrintable(scalar) else {
        self.isASCII = false
        self.defect = SourceDefect(
          kind: .controlCharacter(scalar), range: index..<(index + length))
        return
      }
      index += length
    }
    self.isASCII = ascii
    self.defect = nil
  }

  private static func isPrintable(_ scalar: UInt32) -> Bool {
    scalar == 0x85 || (scalar >= 0xA0 && scalar <= 0xFFFD && scalar != 0xFEFF) || scalar >= 0x10000
  }

  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> (scalar: UInt32, length: Int)? {
    let first = bytes[index]
    let length: Int
    var scalar: UInt32
    switch first {
    case 0xC2...0xDF: (length, scalar) = (2, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, scalar) = (3, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, scalar) = (4, UInt32(first & 0x07))
    default: return nil
    }
    guard index + length <= bytes.count else { return nil }
    for offset in 1..<length {
      let byte = bytes[index + offset]
      guard byte & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | UInt32(byte & 0x3F)
    }
    switch length {
    case 3 where scalar < 0x800 || (0xD800...0xDFFF).contains(scalar): return nil
    case 4 where scalar < 0x10000 || scalar > 0x10FFFF: return nil
    default: return (scalar, length)
    }
  }
}

/// Eight bytes that are all printable ASCII, as most of a manifest is: looked at together, they take
/// no longer than a single one.
private struct PlainWord {
  private let word: UInt64

  /// Takes the bytes at a place that has eight; `nil` where one of them needs a look of its own.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) {
    word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    // Below 0x20 the subtraction borrows, 0x7F becomes 0x80, and what is not ASCII has the bit.
    let marks = (word &- Self.each(0x20)) | (word &+ Self.each(0x01)) | word
    guard marks & Self.each(0x80) == 0 else { return nil }
  }

  func has(_ byte: UInt8) -> Bool {
    let difference = word ^ Self.each(UInt64(byte))
    return (difference &- Self.each(0x01)) & ~difference & Self.each(0x80) != 0
  }

  private static func each(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }
}
