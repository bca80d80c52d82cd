/// The difference of two texts in the form that `patch` and `git apply` read.
enum UnifiedDiff {
  private static let context = 3

  /// The difference; empty for equal texts.
  static func bytes(from old: [UInt8], to new: [UInt8], path: String) -> [UInt8] {
    guard old != new else { return [] }
    let oldLines = lines(old)
    let newLines = lines(new)
    let name = path.drop { $0 == "/" }
    var result = Array("--- a/\(name)\n+++ b/\(name)\n".utf8)
    for hunk in hunks(oldLines, newLines) { append(hunk, oldLines, newLines, to: &result) }
    return result
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  /// A run of lines of one text that take the place of a run of the other.
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  private static func hunks(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> [[Change]] {
    var hunks: [[Change]] = []
    for change in changes(old, new) {
      if let last = hunks.last?.last, change.old.lowerBound - last.old.upperBound <= 2 * context {
        hunks[hunks.count - 1].append(change)
      } else {
        hunks.append([change])
      }
    }
    return hunks
  }

  private static func changes(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> [Change] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var changes: [Change] = []
    var place = (old: 0, new: 0)
    while place.old < old.count || place.new < new.count {
      let start = place
      while removed.contains(place.old) { place.old += 1 }
      while inserted.contains(place.new) { place.new += 1 }
      if place != start {
        changes.append(Change(old: start.old..<place.old, new: start.new..<place.new))
      } else {
        place = (place.old + 1, place.new + 1)
      }
    }
    return changes
  }

  private static func append(
    _ hunk: [Change], _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>],
    to result: inout [UInt8]
  ) {
    guard let first = hunk.first, let last = hunk.last else { return }
    let before = min(context, first.old.lowerBound)
    let after = min(context, old.count - last.old.upperBound)
    let oldRange = (first.old.lowerBound - before)..<(last.old.upperBound + after)
    let newRange = (first.new.lowerBound - before)..<(last.new.upperBound + after)
    result += Array("@@ -\(place(oldRange)) +\(place(newRange)) @@\n".utf8)
    var position = oldRange.lowerBound
    for change in hunk {
      for line in old[position..<change.old.lowerBound] { append(" ", line, to: &result) }
      for line in old[change.old] { append("-", line, to: &result) }
      for line in new[change.new] { append("+", line, to: &result) }
      position = change.old.upperBound
    }
    for line in old[position..<oldRange.upperBound] { append(" ", line, to: &result) }
  }

  /// A hunk's first line and number of lines; an empty one is named by the line before it.
  private static func place(_ range: Range<Int>) -> String {
    range.isEmpty ? "\(range.lowerBound),0" : "\(range.lowerBound + 1),\(range.count)"
  }

  private static func append(_ sign: String, _ line: ArraySlice<UInt8>, to result: inout [UInt8]) {
    result += sign.utf8
    result += line
    if line.last != 0x0A { result += "\n\\ No newline at end of file\n".utf8 }
  }
}
