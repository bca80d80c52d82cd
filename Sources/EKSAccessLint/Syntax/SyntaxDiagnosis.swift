import EKSAccessManifests
import YAMLSource

/// Looks for the reason of a syntax error around the place where libyaml noticed it, which is often
/// behind the mistake.
struct SyntaxDiagnosis {
  let lines: TextLines
  let problem: YAMLProblem
  /// Where the error was noticed, in the text.
  private let place: Int
  /// The line of the error, with content.
  let index: Int
  /// Where the construct began that broke, in the text.
  private let context: Int?

  init(_ problem: YAMLProblem, in lines: TextLines) {
    self.lines = lines
    self.problem = problem
    place = lines.offset(ofFile: problem.range.lowerBound)
    context = problem.context.map { lines.offset(ofFile: $0.range.lowerBound) }
    var index = lines.index(of: place)
    while index > 0, !lines.lines[index].hasContent { index -= 1 }
    self.index = index
  }

  private var line: TextLines.Line { lines.lines[index] }

  /// The likeliest reason.
  func reason() -> SyntaxReason {
    guard problem.kind == .syntax, !lines.lines.isEmpty else { return limit() }
    return tab() ?? secondDocument() ?? transcript() ?? gluedDash() ?? quotes() ?? missingColon()
      ?? nestedColon() ?? flow() ?? item() ?? key()
      ?? character() ?? fallback()
  }

  // MARK: Reasons in the order in which they are tried

  /// What YAML itself allows and this reader, like the one of EKS, does not.
  private func limit() -> SyntaxReason {
    let help =
      switch problem.kind {
      case .characters(.wideEncoding), .characters(.invalidUTF8): "save the file as UTF-8"
      case .characters(.controlCharacter): "remove the character"
      case .unknownAnchor: "write the value out, or define the anchor above in the same document"
      case .depth: "nest less deeply; neither aws-auth nor RBAC needs more than ten levels"
      case .size: "split the file"
      case .aliasBudget, .recursiveAnchor, .syntax:
        "write the values out instead of using anchors and aliases"
      }
    let isOwnLimit = problem.kind == .depth || problem.kind == .size
    return SyntaxReason(
      message: problem.message, range: problem.range, help: help,
      consequence: isOwnLimit ? "so the text was not examined" : nil)
  }

  private func tab() -> SyntaxReason? {
    for candidate in [index, contentIndex(before: index)].compactMap({ $0 }) {
      let line = lines.lines[candidate]
      guard line.hasTab,
        let tab = lines.bytes[line.range.lowerBound..<line.content].firstIndex(of: 0x09)
      else { continue }
      return SyntaxReason(
        message: "a tab indents this line, where YAML allows blanks alone",
        range: lines.fileRange(tab..<line.content), help: "replace tabs by blanks")
    }
    return nil
  }

  private func secondDocument() -> SyntaxReason? {
    guard problem.message.contains("<document start>") else { return nil }
    return SyntaxReason(
      message: "\(lines.quoted(line.body..<line.range.upperBound)) follows a document that has "
        + "already ended",
      range: contentRange(line),
      help: "remove what stands above it, or write --- between the two documents")
  }

  /// What `kubectl describe` prints underlines `Data`.
  private func transcript() -> SyntaxReason? {
    guard let rule = lines.lines[...index].lastIndex(where: { lines.string($0.range) == "====" }),
      rule > 0
    else { return nil }
    return SyntaxReason(
      message: "this is the output of kubectl describe, not a manifest",
      range: contentRange(lines.lines[rule - 1]), help: "use kubectl get -o yaml instead")
  }

  private func gluedDash() -> SyntaxReason? {
    for candidate in [index, contentIndex(before: index)].compactMap({ $0 }) {
      let line = lines.lines[candidate]
      guard line.hasGluedDash else { continue }
      return SyntaxReason(
        message: "no blank follows the dash of \(lines.quoted(line.body..<line.range.upperBound))",
        range: lines.fileRange(line.body..<line.range.upperBound),
        help: "write a blank between the dash and what follows")
    }
    return nil
  }

  private func quotes() -> SyntaxReason? {
    if let context, problem.context?.message.contains("quoted scalar") == true,
      problem.message.contains("end of stream") || problem.message.contains("document indicator")
    {
      return SyntaxReason(
        message: "the quote that opens here is never closed",
        range: lines.fileRange(context..<min(context + 1, lines.bytes.count)),
        help: "close the quote at the end of the value")
    }
    // Something follows the closing quote of a value.
    let start = line.value?.lowerBound ?? line.body
    guard start < line.range.upperBound, lines.bytes[start] == 0x22 || lines.bytes[start] == 0x27,
      let close = lines.bytes[(start + 1)..<line.range.upperBound].firstIndex(
        of: lines.bytes[start]),
      place > close, place < line.range.upperBound
    else { return nil }
    return SyntaxReason(
      message: "\(lines.quoted(place..<line.range.upperBound)) follows a closed quote",
      range: lines.fileRange(place..<line.range.upperBound),
      help: "put the quotes around the whole value")
  }

  /// `groups` or `username:admin` where a key with its colon and a blank is needed.
  private func missingColon() -> SyntaxReason? {
    let isSimpleKey = problem.message.contains("could not find expected ':'")
    var candidates: [Int] = []
    if isSimpleKey, let context { candidates.append(lines.index(of: context)) }
    var above = contentIndex(before: index)
    while let candidate = above, candidates.count < 64 {
      candidates.append(candidate)
      above =
        lines.lines[candidate].isItem && lines.lines[candidate].key != nil
        ? nil : contentIndex(before: candidate)
    }
    for candidate in candidates {
      let line = lines.lines[candidate]
      guard line.key == nil, line.body < line.range.upperBound else { continue }
      let text = lines.string(line.body..<line.range.upperBound)
      let word = text.prefix { $0 != ":" && $0 != " " }
      guard Self.words.contains(word.lowercased()) else { continue }
      let range = lines.fileRange(line.body..<line.range.upperBound)
      let rest = text.dropFirst(word.count)
      if rest.isEmpty || rest.first == " " {
        return SyntaxReason(
          message: "no colon follows \"\(word)\"", range: range, help: "write \(word):\(rest)")
      }
      guard rest.first == ":" else { continue }
      return SyntaxReason(
        message: "no blank follows the colon of \"\(word)\"", range: range,
        help: "write \(word): \(rest.dropFirst())")
    }
    guard isSimpleKey, let first = candidates.first else { return nil }
    return neitherKeyNorItem(first)
  }

  /// `: ` inside of a plain value.
  private func nestedColon() -> SyntaxReason? {
    guard problem.message.contains("mapping values are not allowed"),
      let key = line.key, let value = line.value, place > value.lowerBound
    else { return nil }
    return SyntaxReason(
      message: "the value of \(lines.quoted(key)) contains a colon and a blank",
      range: lines.fileRange(value), help: "put the value in quotes")
  }

  /// Brackets, escapes and blocks that libyaml names well enough.
  private func flow() -> SyntaxReason? {
    if problem.message.contains("block sequence entries") {
      return SyntaxReason(
        message: "a list item stands behind other text", range: problem.range,
        help: "begin the list on a line of its own")
    }
    if problem.message.contains("unknown escape") {
      return SyntaxReason(
        message: "a backslash in double quotes begins an escape that YAML does not know",
        range: problem.range, help: "write two backslashes, or put the value in single quotes")
    }
    if problem.message.contains("comment or line break") {
      return SyntaxReason(
        message: "text follows the sign that begins a block", range: problem.range,
        help: "begin the text on the next line")
    }
    guard let context = problem.context, context.message.contains("flow"),
      let start = self.context, start < lines.bytes.count,
      lines.bytes[start] == UInt8(ascii: "[") || lines.bytes[start] == UInt8(ascii: "{")
    else { return nil }
    let close = lines.bytes[start] == UInt8(ascii: "[") ? "]" : "}"
    return SyntaxReason(
      message: "a comma or \"\(close)\" is missing before this place", range: problem.range,
      notes: [.init("the bracket opens here", at: context.range)],
      help: "part the items by commas and close the bracket")
  }

  /// A dash at a place where no list goes on.
  private func item() -> SyntaxReason? {
    guard line.isItem else { return nil }
    let above = contentIndex(before: index)
    if line.key != nil, let row = firstRow(), row < index {
      let first = lines.lines[row]
      guard first.indent != line.indent else { return nil }
      return SyntaxReason(
        message: "this row begins at \(lines.column(line.indent)), the first row at "
          + "\(lines.column(first.indent))",
        range: contentRange(line),
        notes: [.init("the first row", at: contentRange(first))],
        help: "indent the row as the first one")
    }
    guard let above else { return nil }
    let former = lines.lines[above]
    if former.isItem, former.key == nil {
      return SyntaxReason(
        message: "this item begins at \(lines.column(line.indent)), the one above at "
          + "\(lines.column(former.indent))",
        range: contentRange(line), notes: [.init("the item above", at: contentRange(former))],
        help: "indent both alike")
    }
    return SyntaxReason(
      message: "\(lines.quoted(line.content..<line.range.upperBound)) stands below "
        + "\(lines.quoted(former.body..<former.range.upperBound)), which takes no list",
      range: contentRange(line),
      notes: former.key.map { [.init("the line above", at: lines.fileRange($0))] } ?? [],
      help: "write the key of the list above it, such as groups:, "
        + "or move it to the list that it belongs to")
  }

  /// A key that is indented differently from its siblings.
  private func key() -> SyntaxReason? {
    guard let key = line.key, let above = contentIndex(before: index) else {
      return nil
    }
    let name = lines.quoted(key)
    let former = lines.lines[above]
    if former.key == nil, !former.isItem { return neitherKeyNorItem(above) }
    if let row = rowStart(before: index), !line.isItem {
      let start = lines.lines[row]
      guard let first = start.key else { return nil }
      if line.indent == start.indent {
        return SyntaxReason(
          message: "\(name) is at \(lines.column(line.indent)), right below the dash of its "
            + "row instead of below \(lines.quoted(first))",
          range: lines.fileRange(key),
          notes: [rowNote(start)], help: columnHelp(start))
      }
      if line.indent != start.bodyIndent {
        return SyntaxReason(
          message: "\(name) is at \(lines.column(line.indent)), the first key of its row at "
            + "\(lines.column(start.bodyIndent))",
          range: lines.fileRange(key), notes: [rowNote(start)], help: columnHelp(start))
      }
      return nil
    }
    if line.indent > former.bodyIndent {
      return SyntaxReason(
        message: "\(name) is indented deeper than "
          + "\(lines.quoted(former.body..<former.range.upperBound)), which already has a value",
        range: lines.fileRange(key),
        help: ["name", "namespace"].contains(lines.string(key)) && former.value != nil
          ? "write the line metadata: above it" : "indent the line as the one above")
    }
    return SyntaxReason(
      message: "\(name) is at \(lines.column(line.indent)), where no key above it begins",
      range: lines.fileRange(key), help: "indent it as the other keys of its mapping")
  }

  private func character() -> SyntaxReason? {
    guard place < lines.bytes.count else { return nil }
    let isAlias = problem.message.contains("alphabetic or numeric")
    guard isAlias || problem.message.contains("cannot start any token") else { return nil }
    let start = isAlias ? context ?? place : place
    guard let scalar = String(decoding: lines.bytes[start...].prefix(4), as: UTF8.self).first
    else { return nil }
    return SyntaxReason(
      message: "a value without quotes cannot begin with \"\(scalar)\"",
      range: lines.fileRange(start..<(start + scalar.utf8.count)), help: "put the value in quotes")
  }

  private func fallback() -> SyntaxReason {
    if line.key == nil, !line.isItem, problem.message.contains("expected"), line.hasContent,
      problem.context?.message.contains("flow") != true
    {
      return neitherKeyNorItem(index)
    }
    let notes =
      problem.context.map { [Finding.Note("noticed \($0.message) that begins here", at: $0.range)] }
    return SyntaxReason(
      message: "the YAML breaks here (\(problem.message))", range: problem.range,
      notes: notes ?? [],
      help: "compare the indentation, quotes and brackets with the lines above")
  }

  private static let words: Set<String> = [
    "rolearn", "userarn", "username", "groups", "maproles", "mapusers", "mapaccounts", "data",
    "metadata", "name", "namespace", "kind", "apiversion",
  ]
}
