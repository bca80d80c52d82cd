/// Writes strings as YAML scalars that every YAML 1.1 and 1.2 reader takes for the same string.
public enum YAMLWriter {
  /// The string as a scalar on one line: plain where that is safe, otherwise in double quotes.
  public static func scalar(_ text: String) -> String {
    isPlainSafe(text) ? text : doubleQuoted(text)
  }

  /// The string in double quotes, with the escapes that YAML and JSON share.
  public static func doubleQuoted(_ text: String) -> String {
    "\"" + doubleQuotedBody(text) + "\""
  }

  /// What stands between the quotes of ``doubleQuoted(_:)``.
  static func doubleQuotedBody(_ text: String) -> String {
    text.replacingScalars { scalar in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\t": "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{200E}", "\u{200F}",
        "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
        escape(UInt16(scalar.value))
      default: nil
      }
    }
  }

  /// A code unit of UTF-16 as JSON and YAML escape it.
  static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func isPlainSafe(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last, last != UInt8(ascii: ":"),
      YAMLScalar.resolve(text) == .string(text), !text.utf8.starts(with: "0o".utf8),
      isLetter(first) || first == UInt8(ascii: "/") || first == UInt8(ascii: "_")
        || (first >= 0x30 && first <= 0x39)
    else { return false }
    var previous = first
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "#") where previous == 0x20: return false
      case 0x20 where previous == UInt8(ascii: ":"): return false
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"): return false
      case 0x21...0x7E, 0x20: break
      default: return false
      }
      previous = byte
    }
    return last != 0x20
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}

extension String {
  /// The text with other texts in place of some of its characters.
  ///
  /// - Parameter replacement: The text in place of a scalar; `nil` where it stays.
  /// - Returns: The text itself where all of them stay.
  package func replacingScalars(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var bytes: [UInt8] = []
    var isSame = true
    bytes.reserveCapacity(utf8.count + 16)
    for scalar in unicodeScalars {
      if let replacement = replacement(scalar) {
        bytes += replacement.utf8
        isSame = false
      } else if scalar.isASCII {
        bytes.append(UInt8(scalar.value))
      } else {
        bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    return isSame ? self : String(decoding: bytes, as: UTF8.self)
  }
}
