/// Finds the word that somebody may have meant.
public enum Suggestion {
  /// The candidate that differs least from a word, case aside.
  ///
  /// - Parameters:
  ///   - word: The word as somebody wrote it.
  ///   - candidates: The words that would be right, the likelier ones first.
  /// - Returns: `nil` when no candidate is near: at most two changes, fewer for short words.
  public static func nearest(
    _ word: some StringProtocol, in candidates: some Sequence<String>
  ) -> String? {
    let word = word.lowercasedBytes
    let limit = word.count < 4 ? 0 : word.count < 6 ? 1 : 2
    guard word.count <= 64 else { return nil }
    let letters = letters(word)
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let other = candidate.lowercasedBytes
      guard abs(other.count - word.count) <= limit,
        isNear(letters, Self.letters(other), limit)
      else { continue }
      let distance = distance(word, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.candidate
  }

  /// A change brings in one letter and takes out another one at most, which tells most words apart
  /// at little cost.
  private static func isNear(_ left: UInt64, _ right: UInt64, _ limit: Int) -> Bool {
    (left & ~right).nonzeroBitCount <= limit && (right & ~left).nonzeroBitCount <= limit
  }

  private static func letters(_ word: [UInt8]) -> UInt64 {
    word.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// The least number of letters to insert, remove, replace or swap with their neighbour.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var former: [Int] = []
    var last = Array(0...right.count)
    for row in left.indices {
      var next = [row + 1]
      for column in right.indices {
        let isSame = left[row] == right[column]
        var cost = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, former[column - 1] + 1)
        }
        next.append(cost)
      }
      (former, last) = (last, next)
    }
    return last[right.count]
  }
}
