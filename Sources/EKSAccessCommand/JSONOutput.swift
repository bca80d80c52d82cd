import FoundationEssentials

/// How the tool writes JSON: readable, with keys in a fixed order, and a line break at the end.
enum JSONOutput {
  /// The characters beyond ASCII that could change a terminal or reorder a line, as JSON escapes:
  /// they stand within strings alone.
  private static func escaping(_ json: [UInt8]) -> [UInt8] {
    // C1 controls begin with C2, the others with E2 or EF.
    guard json.contains(where: { $0 == 0xC2 || $0 == 0xE2 || $0 == 0xEF || $0 == 0x7F }) else {
      return json
    }
    var result: [UInt8] = []
    result.reserveCapacity(json.count)
    for scalar in String(decoding: json, as: UTF8.self).unicodeScalars {
      if scalar.value >= 0x7F, Terminal.isUnsafe(scalar) {
        let digits = String(scalar.value, radix: 16)
        result += Array("\\u".utf8) + Array(String(repeating: "0", count: 4 - digits.count).utf8)
        result += Array(digits.utf8)
      } else {
        result += Array(String(scalar).utf8)
      }
    }
    return result
  }

  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return [] }
    return escaping([UInt8](data)) + [0x0A]
  }
}
