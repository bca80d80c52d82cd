import EKSAccess
import EKSAccessManifests
import YAMLSource

extension Row {
  /// The bytes of a part of the ARN; of the whole ARN where the part has no place of its own.
  func range(of part: Substring) -> Range<Int> {
    guard let written, written.blanks == nil else { return range }
    let utf8 = written.text.utf8
    let lower = utf8.distance(from: utf8.startIndex, to: part.startIndex)
    return range(ofText: lower..<(lower + part.utf8.count)) ?? range
  }

  /// The bytes of some bytes of the ARN's text; `nil` for an alias, whose text stands elsewhere.
  func range(ofText offsets: Range<Int>) -> Range<Int>? {
    guard let arnNode, !arnNode.isAlias, !entry.node.isAlias, !offsets.isEmpty else { return nil }
    return arnNode.positionMap?.sourceRange(of: offsets)
  }

  /// The edit that takes some bytes out of the ARN's text.
  func removing(_ offsets: Range<Int>) -> SourceEdit? {
    range(ofText: offsets).map { SourceEdit(range: $0, replacement: "") }
  }

  /// The place of the row in a finding that points at another row too: rows that share an anchor
  /// would otherwise have the same place.
  func range(besides other: Row) -> Range<Int> {
    guard range == other.range else { return range }
    return entry.node.isAlias ? entry.node.range : firstFieldRange
  }

  /// What the row's principal is called in messages.
  var principalNoun: String {
    switch written?.kind {
    case .role?, .session?: "role"
    case .user?: "user"
    default: "principal"
    }
  }
}

/// The rows of a ConfigMap by the ARN that they mean.
struct RowsByMeaning {
  private var rows: [String: [Row]] = [:]

  init(_ configMap: ConfigMapSubject) {
    for row in configMap.rows {
      guard let meant = row.written?.corrected else { continue }
      let key = meant.simpleFolded
      // The first row, and the first one that is spelt otherwise, answer for all.
      guard let first = rows[key]?.first else {
        rows[key] = [row]
        continue
      }
      if rows[key]?.count == 1, first.spelling != row.spelling { rows[key]?.append(row) }
    }
  }

  /// Another row that means the same principal and is spelt otherwise: to correct this row would
  /// make a duplicate of it.
  func rival(of row: Row) -> Row? {
    guard let meant = row.written?.corrected, let spelling = row.spelling else { return nil }
    return rows[meant.simpleFolded]?.first { $0.spelling != spelling }
  }
}

extension Row {
  fileprivate var spelling: String? { entry.arn?.value.simpleFolded }
}

extension Sequence<String> {
  /// The texts in quotes: `"a", "b"`.
  var quotedList: String { map { "\"\($0)\"" }.joined(separator: ", ") }
}
