extension [UInt8] {
  /// Whether there is anything a variable could be spelled with.
  var mayHoldVariables: Bool {
    contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "<") }
  }

  /// Whether a run of bytes that is not empty occurs in these.
  func contains(_ needle: [UInt8]) -> Bool {
    firstOccurrence(of: needle, from: 0) != nil
  }

  /// Whether a run of bytes stands at a place.
  func hasBytes(_ needle: [UInt8], at place: Int) -> Bool {
    place + needle.count <= count
      && self[place..<(place + needle.count)].elementsEqual(needle)
  }

  /// Replaces every occurrence of a run of bytes that is not empty, from the left. What was put in
  /// is not searched.
  mutating func replace(_ needle: [UInt8], with replacement: [UInt8]) {
    var result: [UInt8] = []
    var start = 0
    while let place = firstOccurrence(of: needle, from: start) {
      result += self[start..<place]
      result += replacement
      start = place + needle.count
    }
    result += self[start...]
    self = result
  }

  private func firstOccurrence(of needle: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first, count - start >= needle.count else { return nil }
    return (start...(count - needle.count)).first { place in
      self[place] == first && hasBytes(needle, at: place)
    }
  }
}
