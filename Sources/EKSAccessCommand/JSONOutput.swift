import FoundationEssentials

/// How the tool writes JSON: readable, with keys in a fixed order, and a line break at the end.
enum JSONOutput {
  static func encode(_ value: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return [] }
    return [UInt8](data) + [0x0A]
  }
}
