import EKSAccessLint

extension RulePage {
  /// The page for a terminal.
  var text: String {
    var text = "\(description.id): \(description.severity.rawValue), \(area.name.lowercased())\n\n"
    text += Self.wrapped(summary) + "\n"
    text += Self.wrapped(description.rationale)
    text += section("Example", failing)
    text += "\nWhat eks-access lint prints:\n\n" + Self.indented(output)
    text += section("After the fix", fixed)
    text += section("Without a finding", passing)
    text += "\nFix: \(Self.sentence(description.fix))\n"
    text += "Source: \(description.source)\n"
    return text
  }

  /// What can be said of fixes in a few words.
  static func sentence(_ fix: RuleDescription.FixAvailability) -> String {
    switch fix {
    case .none: "none, somebody has to decide"
    case .safe: "safe, may be made without looking"
    case .unsafe: "unsafe, somebody should look at what it does"
    }
  }

  private func section(_ title: String, _ excerpt: Excerpt?) -> String {
    guard let excerpt else { return "" }
    let shortened = excerpt.isShortened ? " (shortened)" : ""
    return "\n\(title)\(shortened):\n\n" + Self.indented(excerpt.text)
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      .map { ($0.isEmpty ? "" : "  " + Terminal.escaped($0)) + "\n" }.joined()
  }

  /// The words in lines of at most 80 columns.
  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= 80 {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

extension RuleArea {
  /// The rows of the area in the table of all rules.
  func table(idWidth: Int) -> String {
    let rows = rules.map { rule in
      let page = RulePage(rule, in: self)
      return "  " + Self.padded(page.description.id, idWidth) + "  "
        + Self.padded(page.description.severity.rawValue, 7) + "  "
        + Self.padded(page.fix, 6) + "  " + page.description.summary + "\n"
    }
    return name + "\n" + rows.joined()
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
