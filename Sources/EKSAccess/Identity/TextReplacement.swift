extension String {
  /// Whether the bytes of a text that is not empty occur in this one.
  func containsBytes(of text: String) -> Bool {
    let bytes = Array(utf8)
    return bytes.firstOccurrence(of: Array(text.utf8), from: 0) != nil
  }

  /// Replaces every occurrence of a text that is not empty, from the left and byte by byte. What
  /// was put in is not searched.
  func replacingBytes(of text: String, with replacement: String) -> String {
    let bytes = Array(utf8)
    let needle = Array(text.utf8)
    var result: [UInt8] = []
    var start = 0
    while let place = bytes.firstOccurrence(of: needle, from: start) {
      result += bytes[start..<place]
      result += replacement.utf8
      start = place + needle.count
    }
    guard start > 0 else { return self }
    result += bytes[start...]
    return String(decoding: result, as: UTF8.self)
  }
}

extension [UInt8] {
  func firstOccurrence(of needle: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first, count - start >= needle.count else { return nil }
    return (start...(count - needle.count)).first { place in
      self[place] == first && hasBytes(needle, at: place)
    }
  }

  func hasBytes(_ needle: [UInt8], at place: Int) -> Bool {
    place + needle.count <= count
      && self[place..<(place + needle.count)].elementsEqual(needle)
  }
}
