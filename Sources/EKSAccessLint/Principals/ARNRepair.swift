import EKSAccess

/// Finds the one ARN that a malformed one can have meant.
enum ARNRepair {
  /// The one role or user that a text can mean, as its ARN has to stand in aws-auth.
  static func candidate(for text: String, in section: AWSAuthSection) -> String? {
    let text = lastARN(in: text).map { String(text[$0...]) } ?? text
    if let whole = principal(text) { return whole }
    let pieces = pieces(of: text)
    let accounts = pieces.indices.filter { AccountID(String(pieces[$0])) != nil }
    guard accounts.count == 1, let account = accounts.first,
      let partition = partition(before: pieces[..<account]),
      let resource = resource(behind: pieces[(account + 1)...], section)
    else { return nil }
    return principal("arn:\(partition):iam::\(pieces[account]):\(resource)")
  }

  /// Where the last `arn:` begins, unless it is the beginning of the text.
  static func lastARN(in text: String) -> String.Index? {
    let word = Array("arn:".utf8)
    var index = text.utf8.endIndex
    var seen = word.count
    while index > text.utf8.startIndex {
      index = text.utf8.index(before: index)
      let byte = text.utf8[index]
      let lower = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
      if seen > 0, lower == word[seen - 1] {
        seen -= 1
      } else {
        seen = lower == word[word.count - 1] ? word.count - 1 : word.count
      }
      if seen == 0 { return index == text.utf8.startIndex ? nil : index }
    }
    return nil
  }

  /// The known partition that an unknown one was likely meant to be.
  static func partition(for unknown: String) -> Partition? {
    if unknown.contains("gov") { return .govCloud }
    if unknown.contains("china") || unknown.hasSuffix("cn") { return .china }
    let near = Partition.known.filter { isNear(unknown, $0.rawValue, within: 1) }
    return near.count == 1 ? near[0] : nil
  }

  private static func principal(_ text: String) -> String? {
    let written = WrittenPrincipal(text)
    guard written.kind == .role || written.kind == .user, written.account != nil,
      written.partition?.isKnown == true
    else { return nil }
    return written.corrected
  }

  /// The text cut at every colon, and behind an account that a slash ends.
  private static func pieces(of text: String) -> [Substring] {
    text.split(separator: ":", omittingEmptySubsequences: false).flatMap { piece in
      guard let slash = piece.firstIndex(of: "/"), AccountID(String(piece[..<slash])) != nil
      else { return [piece] }
      return [piece[..<slash], piece[piece.index(after: slash)...]]
    }
  }

  private static func partition(before pieces: ArraySlice<Substring>) -> Partition? {
    var found: Partition?
    for (index, piece) in pieces.enumerated() {
      let piece = piece.lowercased()
      let partition = Partition(rawValue: piece)
      if partition.isKnown {
        found = partition
      } else if !piece.isEmpty, index > 0, !isRegion(piece), piece != "sts",
        !isNear(piece, "iam", within: 1)
      {
        return nil
      }
    }
    return found ?? .aws
  }

  private static func resource(
    behind pieces: ArraySlice<Substring>, _ section: AWSAuthSection
  ) -> String? {
    let words = pieces.filter { !$0.isEmpty }.joined(separator: "/").split(separator: "/")
    guard let first = words.first?.lowercased() else { return nil }
    let types = ["role", "user"]
    if words.count == 1 {
      guard !types.contains(first) else { return nil }
      return "\(section == .mapUsers ? "user" : "role")/\(words[0])"
    }
    let near = types.filter { $0 == first || $0 + "s" == first }
    let nearest = near.isEmpty ? types.filter { isNear(first, $0, within: 2) } : near
    guard nearest.count == 1 else { return nil }
    return ([Substring(nearest[0])] + words.dropFirst()).joined(separator: "/")
  }

  /// Whether a text looks like the name of a region: `eu-west-1`, `us-gov-east-1`.
  static func isRegion(_ text: String) -> Bool {
    let words = text.split(separator: "-", omittingEmptySubsequences: false)
    guard 3...4 ~= words.count, words[0].count == 2, let last = words.last,
      last.count == 1, last.allSatisfy(\.isNumber)
    else { return false }
    return words.dropLast().allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isLetter) }
  }
}

/// Whether one text becomes the other by so many letters added, dropped, changed or swapped.
private func isNear(_ left: String, _ right: String, within limit: Int) -> Bool {
  let left = Array(left.utf8)
  let right = Array(right.utf8)
  guard abs(left.count - right.count) <= limit else { return false }
  var rows = [Array(0...right.count)]
  for (i, byte) in left.enumerated() {
    var row = [i + 1]
    for (j, other) in right.enumerated() {
      var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (byte == other ? 0 : 1))
      if i > 0, j > 0, byte == right[j - 1], left[i - 1] == other {
        cost = min(cost, rows[i - 1][j - 1] + 1)
      }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[left.count][right.count] <= limit
}
