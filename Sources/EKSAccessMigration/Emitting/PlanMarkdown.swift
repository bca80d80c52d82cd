import EKSAccess

extension MigrationPlan {
  /// The plan for a pull request: tables, with the reasons folded away.
  var markdown: String {
    var text = "## Migration to access entries\n\n\(summary.asMarkdown)\n"
    for (title, rows) in [
      ("Nodes", items.filter(\.isNode)),
      ("People, pipelines and workloads", items.filter { !$0.isNode }),
    ] where !rows.isEmpty {
      text += "\n### \(title)\n\n| Row | Principal | Decision | Entry |\n|---|---|---|---|\n"
      for item in rows {
        text +=
          "| \(item.row.title) | \(item.principal.asCode) | \(item.decision.rawValue) | "
          + item.entries.map(\.words.asCode).joined(separator: "<br>") + " |\n"
      }
      text += "\n<details><summary>Why</summary>\n\n"
      for item in rows {
        let reasons = item.reasons.map(\.description.asMarkdown).joined(separator: "; ")
        text += "- \(item.row.title): \(reasons.isEmpty ? item.decision.words : reasons)\n"
      }
      text += "\n</details>\n"
    }
    text += list("Bindings to add", bindings.map(\.words.asCode))
    text += list(
      "Assumptions",
      assumptionsInWords.map { assumption in
        assumption.statement.asMarkdown
          + (assumption.command.map { ": check with \($0.asCode)" } ?? "")
      })
    text += list(
      "What stands against the mode API",
      obstaclesToAPI.map { "\($0.subject.asCode): \($0.message)" })
    text += list(
      "Steps",
      steps.map { step in
        let note = step.kind.isIrreversible ? " **Irreversible.**" : ""
        return "[ ] \(step.kind.rawValue): \(step.purpose.asMarkdown).\(note)"
          + (step.check.map { " Check: \($0.asMarkdown)." } ?? "")
      })
    return text
  }

  private func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    return "\n### \(title)\n\n" + items.map { "- \($0)\n" }.joined()
  }
}

extension String {
  /// The text as code within a cell of a table; no character of Markdown or HTML counts in it.
  fileprivate var asCode: String { "<code>\(escaped)</code>" }

  /// The text as text: code in backticks stays code.
  fileprivate var asMarkdown: String {
    let parts = split(separator: "`", omittingEmptySubsequences: false)
    guard parts.count > 1, parts.count % 2 == 1 else { return escaped }
    return parts.enumerated().map { index, part in
      index % 2 == 0 ? String(part).escaped : String(part).asCode
    }.joined()
  }

  /// Everything but letters, digits and harmless punctuation as references of HTML.
  private var escaped: String {
    var text = ""
    for scalar in onOneLine.unicodeScalars {
      let isPlain =
        !scalar.isASCII || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || " .,;:/-()=+".unicodeScalars.contains(scalar)
      if isPlain {
        text.unicodeScalars.append(scalar)
      } else {
        text += "&#\(scalar.value);"
      }
    }
    return text
  }
}
