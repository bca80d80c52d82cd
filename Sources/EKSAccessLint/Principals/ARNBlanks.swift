/// The blanks in an ARN: spaces, tabs, line breaks and characters that nobody sees.
struct ARNBlanks: Sendable {
  /// Where they stand.
  enum Place: Sendable {
    case start, end, inside
  }

  /// The runs of blanks, as offsets into the UTF-8 of the text.
  let runs: [Range<Int>]
  /// The first of them.
  let first: Unicode.Scalar
  /// Where the first one stands.
  let place: Place
  /// Whether none of them parts two letters, so that leaving them out is all that can be meant.
  let areRemovable: Bool
  /// The text without any of them.
  let removed: String
  /// The text without those at its ends.
  let trimmed: String

  /// Looks for blanks; `nil` where there are none.
  init?(in text: String) {
    guard !text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
    var runs: [Range<Int>] = []
    var removed = String.UnicodeScalarView()
    var first: Unicode.Scalar?
    var offset = 0
    for scalar in text.unicodeScalars {
      let end = offset + UTF8.width(scalar)
      if scalar.isBlank {
        first = first ?? scalar
        if let last = runs.last, last.upperBound == offset {
          runs[runs.count - 1] = last.lowerBound..<end
        } else {
          runs.append(offset..<end)
        }
      } else {
        removed.append(scalar)
      }
      offset = end
    }
    guard let first, let run = runs.first else { return nil }
    self.runs = runs
    self.first = first
    self.removed = String(removed)
    let bytes = Array(text.utf8)
    place = run.lowerBound == 0 ? .start : run.upperBound == bytes.count ? .end : .inside
    areRemovable = runs.allSatisfy { run in
      run.lowerBound == 0 || run.upperBound == bytes.count
        || ":/".utf8.contains(bytes[run.lowerBound - 1])
        || ":/".utf8.contains(bytes[run.upperBound])
    }
    let lower = run.lowerBound == 0 ? run.upperBound : 0
    let upper = runs.last.map { $0.upperBound == bytes.count ? $0.lowerBound : bytes.count } ?? 0
    trimmed = String(decoding: bytes[min(lower, upper)..<upper], as: UTF8.self)
  }
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool {
    switch self {
    case "\u{AD}", "\u{200B}"..."\u{200F}", "\u{2060}", "\u{FEFF}": true
    default: properties.isWhitespace
    }
  }
}
