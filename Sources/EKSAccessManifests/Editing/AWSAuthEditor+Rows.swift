import EKSAccess
import YAMLSource

extension AWSAuthEditor {
  /// The bytes to change for a new row; `nil` where the section's style does not hold it.
  func edits(adding mapping: MappingEntry.Mapping) throws(AWSAuthEditError) -> [SourceEdit]? {
    guard let section = manifest[mapping.section] else {
      return try SectionWriter(self).adding(mapping)
    }
    try check(section)
    guard section.value.isScalar, section.value.scalar != .null,
      !(section.value.bytes.isEmpty && section.value.style == .doubleQuoted && !isFlow)
    else {
      return SectionWriter(self).filling(section, with: mapping)
    }
    guard let root = section.documents.first?.root, root.isSequence else {
      return try edits(adding: mapping, toEmpty: section)
    }
    guard !root.isFlow else {
      let style = RowStyle(of: section) ?? .json
      let list = FlowList(file.bytes, section.value, root: root)
      return list.appending(RowWriter(style: style).braces(mapping), comma: style.comma)
        .map { [$0] }
    }
    guard let lines = lines(of: section), let last = rows(of: section, in: lines)?.last else {
      return nil
    }
    var style = style(for: section)
    style.dashColumn = lines.column(root.textRange.lowerBound)
    if section.value.style == .singleQuoted { style.hasBraces = true }
    let blank = style.standsApart ? [""] : []
    return lines.inserting(blank + RowWriter(style: style).lines(mapping), behind: last)
      .map { [$0] }
  }

  private func edits(
    adding mapping: MappingEntry.Mapping, toEmpty section: AWSAuthSectionText
  ) throws(AWSAuthEditError) -> [SourceEdit]? {
    guard let lines = lines(of: section) else { return nil }
    let isListOfNothing = lines.text.split(separator: 0x0A).allSatisfy { line in
      let content = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      return content.isEmpty || content.first == UInt8(ascii: "#")
        || content.starts(with: "---".utf8)
    }
    guard isListOfNothing else {
      throw AWSAuthEditError(
        .unreadable,
        "\(section.section.rawValue) holds a word in place of a list; take that out first",
        at: section.value.range)
    }
    var style = style(for: section)
    style.dashColumn = 0
    style.hasBraces = section.value.style == .singleQuoted
    let comments = lines.contentEnd.map { lines.lineStart($0)..<lines.nextLine($0) }
    return lines.inserting(RowWriter(style: style).lines(mapping), behind: comments).map { [$0] }
  }

  /// The bytes to change so that a section loses some rows.
  func edits(
    removing places: Set<Int>, from section: AWSAuthSectionText
  ) throws(AWSAuthEditError) -> [SourceEdit] {
    try check(section)
    let value = section.value
    let root = section.documents.first?.root
    if let root, root.isFlow {
      return FlowList(file.bytes, value, root: root).removing(places)
    }
    let lines = lines(of: section)
    let all = lines.flatMap { rows(of: section, in: $0) }
    let removed = all.map { all in all.indices.filter(places.contains).map { all[$0] } }
    guard let lines, let removed,
      var edits = lines.removing(removed.map(lines.withBlankLine))
    else {
      throw AWSAuthEditError(
        .notExact, "the row does not stand on lines of its own", at: value.range)
    }
    // An empty block without a last line break is what an empty pair of quotes becomes.
    let header = value.range.lowerBound..<min(value.range.lowerBound + 3, file.bytes.count)
    if removed.reduce(0, { $0 + $1.count }) == lines.text.count,
      [" ", "\r", "\n"].contains(where: { file.bytes[header].elementsEqual(("|-" + $0).utf8) })
    {
      edits.append(
        SourceEdit(range: header.lowerBound..<(header.lowerBound + 2), replacement: "\"\""))
    }
    return edits
  }

  /// Two ways to write a row anew: the values that differ, and the whole of it.
  func replacements(
    of row: MappingEntry, with mapping: MappingEntry.Mapping
  ) throws(AWSAuthEditError) -> [[SourceEdit]?] {
    guard let section = manifest[row.section] else { return [] }
    try check(section)
    guard let lines = lines(of: section) else { return [] }
    var style = RowStyle(of: section, at: row.index) ?? style(for: section)
    let writer = RowReplacement(row: row, mapping: mapping, lines: lines, style: style)
    guard section.documents.first?.root.isFlow == false else {
      let written = section.value.sourceText(for: RowWriter(style: style).braces(mapping))
      return [
        writer.edits, written.map { [SourceEdit(range: row.node.fullRange, replacement: $0)] },
      ]
    }
    let root = section.documents.first?.root
    style.dashColumn = root.map { lines.column($0.textRange.lowerBound) } ?? 0
    let whole = lines.lines(of: row.node, dashColumn: style.dashColumn).flatMap {
      lines.replacing(lines: $0, with: RowWriter(style: style).lines(mapping))
    }
    return [writer.edits, whole.map { [$0] }]
  }

  // MARK: Surroundings

  private var isFlow: Bool { manifest.data?.isFlow ?? manifest.object.node.isFlow }

  private func check(_ section: AWSAuthSectionText) throws(AWSAuthEditError) {
    guard section.failure == nil else { throw section.unreadable }
    let data = manifest.object.node.value(of: "data")
    guard !section.value.isAlias, data?.isAlias != true else {
      throw AWSAuthEditError(
        .shared,
        "\(section.section.rawValue) stands under an anchor elsewhere in the file; write it out here "
          + "first", at: section.value.range)
    }
  }

  private func lines(of section: AWSAuthSectionText) -> SectionLines? {
    let file = FileLines(file.bytes)
    return SectionLines(
      file, section.value, margin: SectionWriter(self).margin(of: section, in: file))
  }

  /// The lines of the rows with the comments that belong to them.
  private func rows(of section: AWSAuthSectionText, in lines: SectionLines) -> [Range<Int>]? {
    guard let root = section.documents.first?.root else { return nil }
    let column = lines.column(root.textRange.lowerBound)
    var rows: [Range<Int>] = []
    for element in root.elements {
      guard let row = lines.lines(of: element, dashColumn: column) else { return nil }
      rows.append(lines.withComments(row, dashColumn: column))
    }
    return rows
  }

  /// How a new row of a section is written: like its last one, or like those of the other section.
  func style(for section: AWSAuthSectionText?) -> RowStyle {
    let sections = [section].compactMap { $0 } + manifest.sections
    for candidate in sections {
      guard var style = RowStyle(of: candidate) else { continue }
      if candidate.section == section?.section {
        style.standsApart = standsApart(candidate)
      } else if style.hasBraces {
        break
      }
      return style
    }
    return RowStyle()
  }

  private func standsApart(_ section: AWSAuthSectionText) -> Bool {
    guard section.value.style != .folded, section.value.style != .singleQuoted,
      let lines = lines(of: section),
      let rows = rows(of: section, in: lines), rows.count > 1
    else { return false }
    return rows.dropFirst().allSatisfy { lines.withBlankLine($0) != $0 }
  }
}
