import EKSAccessLint

/// Names for findings that stay when lines are added or removed elsewhere in the file, so that
/// services recognise a finding they have seen before.
struct Fingerprints {
  /// The fingerprint of a rule's findings about a text, wherever it stands.
  static func fingerprint(rule: String, _ text: ArraySlice<UInt8>) -> String {
    var hash = FNV1a()
    hash.add(rule.utf8)
    hash.add(text)
    return hash.hexadecimal
  }

  private struct Key: Hashable {
    var rule: String
    var path: String
    var text: ArraySlice<UInt8>
  }

  private var occurrences: [Key: Int] = [:]

  /// The fingerprint of a finding; findings are to be handed over in their order.
  mutating func next(_ finding: Finding, in file: LintReport.File, _ path: ReportPath) -> String {
    let range = finding.range.clamped(to: 0..<file.bytes.count)
    let key = Key(rule: finding.rule, path: path.text, text: file.bytes[range])
    let occurrence = occurrences[key, default: 0]
    occurrences[key] = occurrence + 1
    var hash = FNV1a()
    hash.add(key.rule.utf8)
    hash.add(key.path.utf8)
    hash.add(key.text)
    hash.add(String(occurrence).utf8)
    return hash.hexadecimal
  }
}

/// The 64-bit FNV-1a hash, the same in every run unlike `Hasher`.
private struct FNV1a {
  private var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds bytes and their end.
  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte) }
    // No byte of UTF-8 text.
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  var hexadecimal: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
