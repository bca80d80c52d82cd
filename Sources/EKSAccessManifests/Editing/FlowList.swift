import YAMLSource

/// A list in brackets within a section's text, and the bytes to change so that it gets or loses
/// items.
struct FlowList {
  private let file: [UInt8]
  private let value: YAMLNode
  private let root: YAMLNode
  private let text: [UInt8]
  private let items: [YAMLNode]

  init(_ file: [UInt8], _ value: YAMLNode, root: YAMLNode) {
    self.file = file
    self.value = value
    self.root = root
    text = Array(value.bytes)
    items = Array(root.elements)
  }

  /// The edit that writes an item behind the last one, apart from it like the others.
  func appending(_ item: String, comma: String) -> SourceEdit? {
    guard let written = value.sourceText(for: item) else { return nil }
    guard let last = items.last else {
      let place = root.range.lowerBound + 1
      return SourceEdit(range: place..<place, replacement: written)
    }
    let place = last.range.upperBound
    return SourceEdit(range: place..<place, replacement: (separator ?? comma) + written)
  }

  /// What stands between the last two items, or what would stand behind the only one.
  private var separator: String? {
    guard let last = items.last else { return nil }
    let before = items.dropLast().last
    let start = before?.textRange.upperBound ?? root.textRange.lowerBound + 1
    let gap = text[start..<max(start, last.fullTextRange.lowerBound)]
    guard !gap.isEmpty, gap.allSatisfy({ isBlank($0) || $0 == UInt8(ascii: ",") }) else {
      return nil
    }
    // The bytes of the file make the same gap again, in whatever scalar they stand.
    let place = before?.range.upperBound ?? root.range.lowerBound + 1
    let written = String(decoding: file[place..<last.fullRange.lowerBound], as: UTF8.self)
    return before == nil ? "," + written : written
  }

  /// The edits that take out items, given by their places.
  func removing(_ places: Set<Int>) -> [SourceEdit] {
    var edits: [SourceEdit] = []
    var first = 0
    while first < items.count {
      guard places.contains(first) else {
        first += 1
        continue
      }
      var last = first
      while places.contains(last + 1) { last += 1 }
      edits += removing(first...last)
      first = last + 1
    }
    return edits
  }

  private func removing(_ run: ClosedRange<Int>) -> [SourceEdit] {
    let first = items[run.lowerBound]
    let last = items[run.upperBound]
    if run.lowerBound > 0 {
      let before = items[run.lowerBound - 1]
      let gap = before.textRange.upperBound..<first.fullTextRange.lowerBound
      guard text[gap].contains(UInt8(ascii: "#")) else {
        return [deletion(before.range.upperBound, last.range.upperBound)]
      }
      // The comment behind the item before stays, its comma goes.
      let comma = text[gap].firstIndex(of: UInt8(ascii: ",")).flatMap { place($0) }
      return [comma, deletion(first.fullRange.lowerBound, last.range.upperBound)].compactMap { $0 }
    }
    if run.upperBound + 1 < items.count {
      let next = items[run.upperBound + 1]
      return [deletion(first.fullRange.lowerBound, next.fullRange.lowerBound)]
    }
    let gap = text[(root.textRange.lowerBound + 1)..<first.fullTextRange.lowerBound]
    let lower = gap.allSatisfy(isBlank) ? root.range.lowerBound + 1 : first.fullRange.lowerBound
    let behind = text[last.textRange.upperBound...].drop(while: isBlank)
    let comma = behind.first == UInt8(ascii: ",") ? place(behind.startIndex) : nil
    return [deletion(lower, comma?.range.upperBound ?? last.range.upperBound)]
  }

  private func place(_ offset: Int) -> SourceEdit? {
    value.positionMap.map {
      SourceEdit(range: $0.sourceRange(of: offset..<(offset + 1)), replacement: "")
    }
  }

  private func deletion(_ lower: Int, _ upper: Int) -> SourceEdit {
    SourceEdit(range: lower..<max(lower, upper), replacement: "")
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
