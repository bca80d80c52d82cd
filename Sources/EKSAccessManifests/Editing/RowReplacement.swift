import EKSAccess
import YAMLSource

/// Writes the values of a row that change, each where it stands.
struct RowReplacement {
  let row: MappingEntry
  let mapping: MappingEntry.Mapping
  let lines: SectionLines
  let style: RowStyle

  /// The edits; `nil` where a value is missing, shared, or written in another way than one by one.
  var edits: [SourceEdit]? {
    var edits: [SourceEdit] = []
    switch (row.mapping, mapping) {
    case (.role(let old), .role(let new)) where old.sso == new.sso && old.sso == nil:
      guard write(.roleARN, old.roleARN, new.roleARN, &edits),
        write(.username, old.username, new.username, &edits),
        write(old.groups, new.groups, &edits)
      else { return nil }
    case (.user(let old), .user(let new)):
      guard write(.userARN, old.userARN, new.userARN, &edits),
        write(.username, old.username, new.username, &edits),
        write(old.groups, new.groups, &edits)
      else { return nil }
    default: return nil
    }
    return edits
  }

  private func write(
    _ name: MappingEntry.Name, _ old: String, _ new: String, _ edits: inout [SourceEdit]
  ) -> Bool {
    guard old != new else { return true }
    guard let node = row.field(name)?.value, node.isScalar, !node.isAlias, node.tag == nil,
      node.style != .literal, node.style != .folded, !node.textRange.isEmpty
    else { return false }
    let text = RowWriter(style: style)
      .scalar(new, RowStyle.Quotes(node), inBraces: row.node.isFlow)
    guard let edit = lines.replacing(node.textRange, with: text) else { return false }
    edits.append(edit)
    return true
  }

  private func write(_ old: [String], _ new: [String], _ edits: inout [SourceEdit]) -> Bool {
    guard old != new else { return true }
    guard let node = row.field(.groups)?.value, node.isSequence, !node.isAlias, node.tag == nil
    else { return false }
    let writer = RowWriter(style: style)
    if node.isFlow {
      guard let edit = lines.replacing(node.textRange, with: writer.brackets(new)) else {
        return false
      }
      edits.append(edit)
      return true
    }
    guard !new.isEmpty else { return false }
    let isLonger = new.starts(with: old)
    let margin = "\n" + String(repeating: " ", count: lines.column(node.textRange.lowerBound))
    let items = new.dropFirst(isLonger ? old.count : 0).map {
      "- " + writer.scalar($0, style.groupQuotes, inBraces: false)
    }
    let end = lines.lineEnd(node.textRange.upperBound)
    let text = items.joined(separator: margin)
    let edit =
      isLonger
      ? lines.replacing(end..<end, with: margin + text)
      : lines.replacing(node.textRange, with: text)
    guard let edit else { return false }
    edits.append(edit)
    return true
  }
}
