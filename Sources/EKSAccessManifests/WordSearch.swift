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

    /// Two bytes of the word, the first in the low half, and the bits that they may lack.
    func pair(endingAt end: Int) -> (bytes: UInt16, cases: UInt16) {
      func caseBit(_ byte: UInt8) -> UInt8 { isAnyCase && Self.isLetter(byte) ? 0x20 : 0 }
      let (first, second) = (bytes[end - 1], bytes[end])
      return (
        UInt16(first) | UInt16(second) << 8,
        UInt16(caseBit(first)) | UInt16(caseBit(second)) << 8
      )
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
      byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
    }
  }

  private let words: [Word]
  private let all: Mentions
  private let window: Int
  /// By pair: 0 when no window holds it, else by how much the window may move, and one more; of a
  /// pair at the end of words, the index of their set behind those numbers.
  ///
  /// A pair that nothing holds must be told apart from the others: then the loop that skips them
  /// has a constant stride, and the processor does not wait for one look-up to begin the next.
  private let steps: [UInt8]
  /// The words whose windows end with one pair, each as the bit of its index.
  private let sets: [UInt32]

  /// Takes up to 32 words of at least two bytes.
  init(_ words: [Word]) {
    let window = words.map { $0.bytes.count }.min() ?? 2
    var steps = [UInt8](repeating: 0, count: 1 << 14)
    var sets: [UInt32] = []
    for (index, word) in words.enumerated() {
      for end in 1..<window {
        let pair = word.pair(endingAt: end)
        for cases in [0, 0x20, 0x2000, 0x2020] as [UInt16] where cases & ~pair.cases == 0 {
          let place = Self.index(pair.bytes ^ cases)
          let step = Int(steps[place])
          if end < window - 1 {
            // The smallest, unless words end here.
            if step == 0 || window - end < step && step < window {
              steps[place] = UInt8(window - end)
            }
          } else if step < window {
            steps[place] = UInt8(window + sets.count)
            sets.append(1 << UInt32(index))
          } else {
            sets[step - window] |= 1 << UInt32(index)
          }
        }
      }
    }
    self.words = words
    self.window = window
    self.steps = steps
    self.sets = sets
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
        guard step >= window else {
          end += Int(step) - 1
          continue
        }
        var rest = sets[Int(step) - window]
        while rest != 0 {
          let word = words[rest.trailingZeroBitCount]
          rest &= rest - 1
          if word.stands(at: end + 2 - window, in: text) { found.formUnion(word.mentions) }
        }
        if found.isSuperset(of: wanted) { return found }
        end += 1
      }
      return found
    }
  }
}
