public import YAMLSource

/// What the source of a template says by itself: its literal text, with unknown values in place of
/// the expressions that another program fills in.
///
/// An unknown value is a word of its own (`$__7__`), which rules take for what it is. Places in the
/// text are places in the file.
public struct TemplateText: Sendable {
  /// What the file is.
  public enum Kind: Sendable, Hashable {
    /// A template: Helm, Go, Jinja, ERB or Terraform's `templatefile`.
    case template
    /// A program that holds manifests in here-documents.
    case program
  }

  /// What the file is.
  public let kind: Kind
  /// Whether lines are repeated, left out or brought in from elsewhere, so that what is missing or
  /// stands there twice says nothing.
  public private(set) var isPartial = false
  /// Whether the file is no YAML, or its ConfigMap cannot be read, without this.
  public internal(set) var isNeeded = false
  /// The parts of the file that the text does not hold as they are, in order.
  public private(set) var replaced: [Range<Int>] = []
  /// Those that the text does not hold at all, in order.
  public private(set) var dropped: [Range<Int>] = []
  /// The text.
  public private(set) var text = DerivedText()

  private let source: [UInt8]
  private var originals: [String] = []
  private var numbers: [String: Int] = [:]

  init(_ kind: Kind, of source: [UInt8]) {
    self.kind = kind
    self.source = source
  }

  /// A message with the expressions in place of the words that stand for them.
  public func restoring(_ message: String) -> String {
    guard message.contains(Self.opening) else { return message }
    var parts = message.split(separator: Self.opening, omittingEmptySubsequences: false)[...]
    var result = String(parts.removeFirst())
    for part in parts {
      let digits = part.prefix { $0.isASCII && $0.isNumber }
      if let number = Int(digits), originals.indices.contains(number),
        part.dropFirst(digits.count).hasPrefix(Self.closing)
      {
        result += originals[number] + part.dropFirst(digits.count + Self.closing.count)
      } else {
        result += Self.opening + part
      }
    }
    return result
  }

  /// Whether an edit leaves the expressions alone and means in the file what it means in the text.
  public func allows(_ edit: SourceEdit) -> Bool {
    let range = edit.range
    let next = replaced.first(from: range.lowerBound)
    let isApart = next.map { $0.lowerBound > range.upperBound } ?? true
    return isApart && !edit.replacement.utf8.contains { "{}$%<>`\\".utf8.contains($0) }
  }

  /// Whether a range of the file goes on behind something that the text does not hold.
  public func hasGap(in range: Range<Int>) -> Bool {
    guard !range.isEmpty, let gap = dropped.first(from: range.lowerBound + 1) else { return false }
    return gap.upperBound < range.upperBound
  }

  private static let opening = "$__"
  private static let closing = "__"

  // MARK: Making it

  mutating func copy(_ range: Range<Int>) {
    text.copy(range, of: source)
  }

  mutating func drop(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    replaced.append(range)
    dropped.append(range)
  }

  mutating func write(_ literal: String, for range: Range<Int>) {
    replaced.append(range)
    text.write(literal, for: range)
  }

  /// Puts an unknown value in place of an expression; equal expressions are one value.
  mutating func writeUnknown(_ range: Range<Int>) {
    let original = String(decoding: source[range], as: UTF8.self)
    let number = numbers[original] ?? originals.count
    if number == originals.count {
      originals.append(original)
      numbers[original] = number
    }
    write("\(Self.opening)\(number)\(Self.closing)", for: range)
  }

  /// Begins another YAML document.
  mutating func separate(before place: Int) {
    if let last = text.bytes.last, last != 0x0A { text.write("\n", for: place..<place) }
    text.write("---\n", for: place..<place)
  }

  mutating func setPartial() {
    isPartial = true
  }
}

extension [Range<Int>] {
  /// Of ranges in order, the first that ends at a place or behind it.
  fileprivate func first(from place: Int) -> Range<Int>? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].upperBound < place { low = middle + 1 } else { high = middle }
    }
    return low < count ? self[low] : nil
  }
}
