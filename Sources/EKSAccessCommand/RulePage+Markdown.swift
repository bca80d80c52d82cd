import EKSAccessLint

extension RulePage {
  /// The page as Markdown.
  var markdown: String {
    var text = "# \(description.id)\n\n"
    text += Markdown.escaped(summary) + "\n\n"
    text += "| Severity | Area | Fix |\n|---|---|---|\n"
    text += "| \(description.severity.rawValue) | \(area.name) | "
    text += "\(Self.sentence(description.fix)) |\n\n"
    text += "## Why\n\n" + Markdown.escaped(description.rationale) + "\n"
    text += section("Example", failing)
    text += "\n`eks-access lint` prints:\n\n" + Markdown.block("text", output)
    text += section("After the fix", fixed)
    text += section("Without a finding", passing)
    text += "\n## Source\n\n" + Markdown.escaped(description.source) + "\n"
    return text
  }

  private func section(_ title: String, _ excerpt: Excerpt?) -> String {
    guard let excerpt else { return "" }
    return "\n## \(title)\n\n" + (excerpt.isShortened ? "Shortened here.\n\n" : "")
      + Markdown.block("yaml", excerpt.text)
  }
}

extension RuleArea {
  /// The area's part of the index of all pages.
  var markdown: String {
    let rows = rules.map { rule in
      let page = RulePage(rule, in: self)
      let id = page.description.id
      return "| [\(id)](\(id).md) | \(page.description.severity.rawValue) | \(page.fix) | "
        + Markdown.cell(page.description.summary) + " |\n"
    }
    return "## \(name)\n\n| Rule | Severity | Fix | What it finds |\n|---|---|---|---|\n"
      + rows.joined()
  }
}

/// Text as Markdown that means the same.
enum Markdown {
  /// Text with code spans; what would be markup outside of them becomes plain text.
  static func escaped(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { index, part in index.isMultiple(of: 2) ? plain(part) : String(part) }
      .joined(separator: "`")
  }

  private static func plain(_ text: Substring) -> String {
    text.reduce(into: "") { result, character in
      if "\\*_<>[]#".contains(character) { result += "\\" }
      result.append(character)
    }
  }

  /// Text with code spans in a cell of a table, where a bar ends even a code span.
  static func cell(_ text: String) -> String {
    escaped(text).replacing("|", with: "\\|")
  }

  /// A block of code whose fence is longer than any row of backticks in it.
  static func block(_ language: String, _ text: String) -> String {
    var longest = 2
    var run = 0
    for byte in text.utf8 {
      run = byte == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    return "\(fence)\(language)\n\(text)\(fence)\n"
  }
}
