/// A scalar's value as YAML 1.1 reads it, in the manner of the YAML reader behind `kubectl` and
/// aws-iam-authenticator (go-yaml v2): `yes` is a boolean, `010` is eight, `1e3` a number, a date
/// stays text.
public enum YAMLScalar: Sendable, Hashable {
  /// Nothing, `~` or `null`.
  case null
  /// `true`, `yes`, `on`, `y` and their opposites.
  case bool(Bool)
  /// A whole number that fits in 64 bits.
  case integer(Int)
  /// A number with a fraction or exponent, a larger whole number, an infinity or not a number.
  case float(Double)
  /// Text.
  case string(String)
  /// A tag that the text does not fit, such as `!!int x`.
  case mismatch(tag: String)

  /// Reads a scalar.
  ///
  /// - Parameters:
  ///   - text: The scalar's text.
  ///   - style: How it is written: only plain scalars have a type of their own.
  ///   - tag: The tag written before it, if any.
  public init(_ text: String, style: YAMLScalarStyle, tag: String?) {
    guard let tag else {
      self = style == .plain ? Self.resolve(text) : .string(text)
      return
    }
    switch tag {
    case Self.prefix + "binary":
      self = Base64.decode(text).map { .string($0) } ?? .mismatch(tag: "!!binary")
    case Self.prefix + "int":
      if case .integer = Self.resolve(text) {
        self = Self.resolve(text)
      } else {
        self = .mismatch(tag: "!!int")
      }
    case Self.prefix + "float":
      switch Self.resolve(text) {
      case .integer(let number): self = .float(Double(number))
      case .float(let number): self = .float(number)
      default: self = .mismatch(tag: "!!float")
      }
    case Self.prefix + "bool":
      if case .bool(let value) = Self.resolve(text) {
        self = .bool(value)
      } else {
        self = .mismatch(tag: "!!bool")
      }
    case Self.prefix + "null":
      self = Self.resolve(text) == .null ? .null : .mismatch(tag: "!!null")
    default:
      self = .string(text)
    }
  }

  private static let prefix = "tag:yaml.org,2002:"

  /// The value of a plain scalar without a tag.
  public static func resolve(_ text: String) -> YAMLScalar {
    guard let first = text.utf8.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      if let special = specialFloat(text) { return .float(special) }
      return number(text) ?? .string(text)
    case UInt8(ascii: "."):
      if let special = specialFloat(text) { return .float(special) }
      return isDecimal(text.utf8) ? finite(text).map { .float($0) } ?? .string(text) : .string(text)
    default:
      // The words have five letters at most; to compare with each of them takes long.
      return text.utf8.count <= 5 ? word(text) ?? .string(text) : .string(text)
    }
  }

  private static func number(_ text: String) -> YAMLScalar? {
    let digits = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
    if let integer = integer(digits) { return integer }
    guard isDecimal(digits.utf8) else { return nil }
    return finite(digits).map { .float($0) }
  }

  private static func finite(_ text: String) -> Double? {
    // A point needs digits on both sides here, and only there.
    var text = text
    if let point = text.firstIndex(of: ".") {
      let next = text.index(after: point)
      if next == text.endIndex || !text[next].isASCII || !text[next].isNumber {
        text.insert("0", at: next)
      }
    }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  private static func integer(_ text: String) -> YAMLScalar? {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest.removeFirst() }
    var radix = 10
    if rest.first == "0", rest.count > 1 {
      rest.removeFirst()
      switch rest.first {
      case "x", "X": radix = 16
      case "b", "B": radix = 2
      case "o", "O": radix = 8
      default: radix = 8
      }
      if rest.first?.isLetter == true { rest.removeFirst() }
    }
    guard let first = rest.first, first != "-", first != "+" else { return nil }
    if let value = Int((isNegative ? "-" : "") + rest, radix: radix) { return .integer(value) }
    // Go reads up to 64 bits without a sign; the exact value is of no use beyond being a number.
    return UInt64(rest, radix: radix).map { .float(isNegative ? -Double($0) : Double($0)) }
  }

  /// Whether the text has the form of a decimal number: `[-+]?(\.d+|d+(\.d*)?)([eE][-+]?d+)?`.
  private static func isDecimal(_ text: String.UTF8View) -> Bool {
    var rest = text[...]
    func skipDigits() -> Int {
      let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
      rest = rest.dropFirst(count)
      return count
    }
    func skip(_ options: String) -> Bool {
      guard let first = rest.first, options.utf8.contains(first) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = skip("+-")
    let whole = skipDigits()
    let hasPoint = skip(".")
    let fraction = hasPoint ? skipDigits() : 0
    guard whole > 0 || fraction > 0 else { return false }
    if skip("eE") {
      _ = skip("+-")
      guard skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Whether a plain scalar with this first byte, and so many, can be anything but text: a quick
  /// answer for the many that cannot.
  static func mayBeMoreThanText(first: UInt8, count: Int) -> Bool {
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "y"),
      UInt8(ascii: "Y"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "f"),
      UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
      count <= 5
    default: false
    }
  }

  private static func word(_ text: String) -> YAMLScalar? {
    switch text {
    case "~", "null", "Null", "NULL": .null
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
    default: nil
    }
  }

  private static func specialFloat(_ text: String) -> Double? {
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .infinity
    case "-.inf", "-.Inf", "-.INF": -.infinity
    case ".nan", ".NaN", ".NAN": .nan
    default: nil
    }
  }
}

enum Base64 {
  static func decode(_ text: String) -> String? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var bitCount = 0
    var digits = 0
    var padding = 0
    for byte in text.utf8 where byte != 0x0A && byte != 0x0D {
      digits += 1
      if byte == UInt8(ascii: "=") {
        padding += 1
        continue
      }
      guard padding == 0, let value = value(of: byte) else { return nil }
      bits = bits << 6 | UInt32(value)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
      }
    }
    guard digits.isMultiple(of: 4), padding <= 2 else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
