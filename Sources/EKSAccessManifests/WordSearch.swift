/// A search for several words in one pass over a text.
///
/// Every file of a run is searched, most of them in vain, so the common case is the fast one. After
/// Wu and Manber: a window as long as the shortest word is moved along the text. The pair of bytes
/// at its end says how far it can go; a pair that no word holds lets it go on by almost its length.
struct WordSearch: Sendable {
  /// A word and what it stands for.
  struct Word: Sendable {
    /// The bytes of the word; lower case where any case will do.
    let bytes: [UInt8]
    let isAnyCase: Bool
    let mentions: Mentions

    init(_ text: String, isAnyCase: Bool = false, _ mentions: Mentions) {
      bytes = Array(text.utf8)
      self.isAnyCase = isAnyCase
      self.mentions = mentions
    }

    func stands(at start: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
      guard start + bytes.count <= text.count else { return false }
      for (offset, byte) in bytes.enumerated() where text[start + offset] != byte {
        guard isAnyCase, Self.isLetter(byte), text[start + offset] | 0x20 == byte else {
          return false
        }
      }
      return true
    }

    /// The bytes that may stand in place of one.
    func spellings(_ index: Int) -> [UInt8] {
      let byte = bytes[index]
      return isAnyCase && Self.isLetter(byte) ? [byte, byte & ~0x20] : [byte]
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
      byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
  }

  private let words: [Word]
  private let all: Mentions
  private let window: Int
  /// By pair: 0 when no window holds it, else by how much the window may move, and one more.
  ///
  /// A pair that nothing holds must be told apart from the others: then the loop that skips them
  /// has a constant stride, and the processor does not wait for one look-up to begin the next.
  private let steps: [UInt8]

  /// Takes words of at least two bytes.
  init(_ words: [Word]) {
    let window = words.map(\.bytes.count).min() ?? 2
    var steps = [UInt8](repeating: 0, count: 1 << 14)
    for word in words {
      for end in 1..<window {
        let step = UInt8(window - end)
        for first in word.spellings(end - 1) {
          for second in word.spellings(end) {
            let pair = Self.index(UInt16(first) | UInt16(second) << 8)
            steps[pair] = steps[pair] == 0 ? step : min(step, steps[pair])
          }
        }
      }
    }
    self.words = words
    self.window = window
    self.steps = steps
    all = words.reduce(into: []) { $0.formUnion($1.mentions) }
  }

  /// A place in the table for two bytes, the first in the low half; those beyond ASCII share one
  /// with others.
  private static func index(_ pair: UInt16) -> Int {
    Int(pair & 0x7F | pair >> 1 & 0x3F80)
  }

  /// What the words in a text stand for.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - wanted: What is asked for; the search ends when all of it is found.
  /// - Returns: What was found, which may be more than was asked for.
  func mentions(
    in text: UnsafeBufferPointer<UInt8>, wanted: Mentions
  ) -> Mentions {
    let wanted = wanted.intersection(all)
    guard text.count >= window, let base = UnsafeRawPointer(text.baseAddress) else { return [] }
    return steps.withUnsafeBufferPointer { steps in
      var found: Mentions = []
      let stride = window - 1
      var end = window - 2
      let last = text.count - 2
      while end <= last {
        let pair = UInt16(littleEndian: base.loadUnaligned(fromByteOffset: end, as: UInt16.self))
        let step = steps[Self.index(pair)]
        guard step != 0 else {
          end += stride
          continue
        }
        if step == 1 {
          let start = end + 2 - window
          for word in words
          where !found.contains(word.mentions) && word.stands(at: start, in: text) {
            found.formUnion(word.mentions)
          }
          if found.isSuperset(of: wanted) { return found }
          end += 1
        } else {
          end += Int(step) - 1
        }
      }
      return found
    }
  }
}
