import EKSAccess
import YAMLSource

/// Writes a section that is not there yet, and the first row of one that has no text.
struct SectionWriter {
  private let editor: AWSAuthEditor
  private let file: FileLines
  private var object: YAMLNode { editor.manifest.object.node }

  init(_ editor: AWSAuthEditor) {
    self.editor = editor
    file = FileLines(editor.file.bytes)
  }

  /// The edits that add a section with one row.
  func adding(_ mapping: MappingEntry.Mapping) throws(AWSAuthEditError) -> [SourceEdit]? {
    let data = object.pairs.filter { $0.key.has("data") }.last
    if data == nil, object.value(of: "data") != nil { throw shared(object) }
    guard let data else {
      let last = Array(object.pairs).last
      if object.isFlow { return addingMember("data", "{\(member(mapping))}", to: object) }
      guard let last else { return nil }
      let column = file.column(last.key.fullRange.lowerBound)
      let child = Array(repeating: " ", count: childOffset).joined()
      let lines = ["data:"] + section(mapping).map { child + $0 }
      return [file.inserting(lines, behind: end(of: last), margin: column)]
    }
    guard !data.value.isAlias else { throw shared(data.value) }
    let column = file.column(data.key.fullRange.lowerBound) + childOffset
    if data.value.scalar == .null || (data.value.isMapping && data.value.pairs.first == nil) {
      if object.isFlow {
        return [
          SourceEdit(range: data.value.range, replacement: "{\(member(mapping))}")
        ]
      }
      let emptied = SourceEdit(
        range: blanks(before: data.value.range.lowerBound)..<data.value.range.upperBound,
        replacement: "")
      let lines = section(mapping)
      return [emptied, file.inserting(lines, behind: end(of: data), margin: column)]
    }
    guard data.value.isMapping else {
      throw AWSAuthEditError(
        .unreadable, "\"data\" is not a mapping; mend that first", at: data.value.range)
    }
    if data.value.isFlow {
      return addingMember(mapping.section.rawValue, text(mapping), to: data.value)
    }
    guard let last = Array(data.value.pairs).last else { return nil }
    return [
      file.inserting(
        section(mapping), behind: end(of: last),
        margin: file.column(data.value.range.lowerBound))
    ]
  }

  /// The edits that give a section without a value, or with an empty pair of quotes, its first row.
  func filling(
    _ section: AWSAuthSectionText, with mapping: MappingEntry.Mapping
  ) -> [SourceEdit]? {
    let value = section.value
    guard editor.manifest.data?.isFlow == false else {
      return [SourceEdit(range: value.range, replacement: text(mapping))]
    }
    // A quoted text has no line break at its end; `|-` tells it from a block that was empty.
    let header = value.style == .doubleQuoted ? "|-" : "|"
    let place = value.range.lowerBound
    let isTight = place > 0 && file.bytes[place - 1] == UInt8(ascii: ":")
    return [
      SourceEdit(range: value.range, replacement: (isTight ? " " : "") + header),
      file.inserting(
        rows(mapping), behind: max(place, section.key.range.upperBound),
        margin: margin(of: section, in: file)),
    ]
  }

  /// The columns before the rows of a section: those that are asked for by its header, otherwise
  /// as deep below the key as in other sections.
  func margin(of section: AWSAuthSectionText, in file: FileLines) -> Int {
    let column = file.column(section.key.fullRange.lowerBound)
    let header = file.bytes[section.value.range.lowerBound...].prefix(3)
    if section.value.style == .literal || section.value.style == .folded,
      let digit = header.dropFirst().first(where: { (0x31...0x39).contains($0) })
    {
      return column + Int(digit - 0x30)
    }
    return column + rowOffset
  }

  private func shared(_ node: YAMLNode) -> AWSAuthEditError {
    AWSAuthEditError(
      .shared, "\"data\" stands under an anchor elsewhere in the file; write it out here first",
      at: node.range)
  }

  // MARK: Texts

  private func rows(_ mapping: MappingEntry.Mapping) -> [String] {
    var style = editor.style(for: nil)
    style.dashColumn = 0
    return RowWriter(style: style).lines(mapping)
  }

  private func section(_ mapping: MappingEntry.Mapping) -> [String] {
    let space = String(repeating: " ", count: rowOffset)
    return ["\(mapping.section.rawValue): |"] + rows(mapping).map { space + $0 }
  }

  private func text(_ mapping: MappingEntry.Mapping) -> String {
    YAMLWriter.doubleQuoted(rows(mapping).map { $0 + "\n" }.joined())
  }

  private func member(_ mapping: MappingEntry.Mapping) -> String {
    key(mapping.section.rawValue, in: object) + colon(in: object) + text(mapping)
  }

  private func key(_ name: String, in mapping: YAMLNode) -> String {
    let isQuoted = mapping.pairs.first.map { $0.key.style == .doubleQuoted } ?? true
    return isQuoted ? "\"\(name)\"" : name
  }

  private func addingMember(_ name: String, _ text: String, to mapping: YAMLNode) -> [SourceEdit]? {
    let pairs = Array(mapping.pairs)
    guard let last = pairs.last else { return nil }
    let before = pairs.dropLast().last
    let start = before.map(end) ?? mapping.range.lowerBound + 1
    let gap = file.bytes[start..<last.key.fullRange.lowerBound]
    let colon = colon(in: mapping)
    var separator = colon == ":" ? "," : ", "
    if before != nil || !gap.isEmpty,
      gap.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D, 0x2C].contains($0) })
    {
      separator = (before == nil ? "," : "") + String(decoding: gap, as: UTF8.self)
    }
    let place = end(of: last)
    return [
      SourceEdit(
        range: place..<place, replacement: separator + key(name, in: mapping) + colon + text)
    ]
  }

  /// What stands between keys and values: JSON may do without a blank.
  private func colon(in mapping: YAMLNode) -> String {
    guard let pair = mapping.pairs.first,
      pair.key.range.upperBound + 1 == pair.value.fullRange.lowerBound
    else { return ": " }
    return ":"
  }

  // MARK: Places

  /// The end of a pair; of a block scalar that keeps its empty lines, the end of those.
  private func end(of pair: YAMLNode.Pair) -> Int {
    let end = pair.range.upperBound
    let value = pair.value
    guard value.style == .literal || value.style == .folded, !value.isAlias,
      file.bytes[value.range].prefix(3).contains(UInt8(ascii: "+"))
    else { return end }
    var line = file.lineEnd(end)
    while true {
      let next = file.lines(around: line..<line).upperBound
      let nextEnd = file.lineEnd(next)
      guard next > line, nextEnd < file.bytes.count,
        file.bytes[next..<nextEnd].allSatisfy({ $0 == 0x20 })
      else { return line }
      line = nextEnd
    }
  }

  private func blanks(before offset: Int) -> Int {
    var offset = offset
    while offset > 0, file.bytes[offset - 1] == 0x20 { offset -= 1 }
    return offset
  }

  /// The columns between a key of the object and the keys below it.
  private var childOffset: Int {
    guard let metadata = editor.manifest.object.metadata, !metadata.isFlow, !metadata.isAlias,
      let key = object.pairs.first(where: { $0.key.has("metadata") })?.key
    else { return 2 }
    let offset =
      file.column(metadata.range.lowerBound) - file.column(key.fullRange.lowerBound)
    return offset > 0 ? offset : 2
  }

  /// The columns between a section's key and its rows.
  private var rowOffset: Int {
    for section in editor.manifest.sections where !section.value.bytes.isEmpty {
      guard section.value.style == .literal || section.value.style == .folded,
        let margin = section.value.positionMap?.margin
      else { continue }
      let offset = margin - file.column(section.key.fullRange.lowerBound)
      if offset > 0 { return offset }
    }
    return 2
  }
}
