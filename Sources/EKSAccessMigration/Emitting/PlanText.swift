import EKSAccess

extension MigrationPlan {
  /// The plan for people, in about 96 columns.
  func planText(_ proof: AccessComparison?) -> String {
    var text = PlanText()
    text.paragraph(summary)
    if let proof { text.paragraph(verdict(proof)) }
    text.section("Nodes", items.filter(\.isNode)) { $0.item($1) }
    text.section("People, pipelines and workloads", items.filter { !$0.isNode }) { $0.item($1) }
    text.section("Other entries, which stay", otherEntries) { $0.bullet($1.words) }
    text.section("Bindings to add", bindings) { $0.bullet($1.words) }
    text.section("Assumptions", assumptionsInWords) { text, assumption in
      text.bullet(assumption.statement)
      if let command = assumption.command { text.command(command) }
    }
    text.section("Obstacles", items.filter(\.isObstacle)) { text, item in
      let reasons = item.reasons.map(\.description).joined(separator: "; ")
      text.bullet("\(item.row.title) \(item.principal): \(reasons)")
    }
    text.section("What stands against the mode API", obstaclesToAPI) { text, obstacle in
      text.bullet("\(obstacle.subject): \(obstacle.message)")
    }
    text.section("Steps", Array(steps.enumerated())) { $0.step($1.element, number: $1.offset + 1) }
    return text.text
  }

  /// Whether the plan can be carried out as it is: what somebody wants to know first.
  func verdict(_ proof: AccessComparison) -> String {
    let losses = proof.losses.count
    let nobody =
      losses == 0
      ? "nobody loses access"
      : "\(losses) \(losses == 1 ? "principal loses" : "principals lose") access"
    guard !allowsAPIMode || losses > 0 else {
      return "Ready: \(nobody)"
        + (assumptions.isEmpty ? "." : ", if the assumptions hold (\(assumptions.count)).")
    }
    let rows = blocking.count
    let less = items.count { !$0.deficits.isEmpty }
    return "Not ready: "
      + (rows > 0 ? "\(rows) \(rows == 1 ? "row needs" : "rows need") somebody; " : "")
      + (less > 0 ? "\(less) \(less == 1 ? "has" : "have") less than the row says already; " : "")
      + (matchesNobody ? "no row matches anybody; " : "") + nobody
      + (less > 0 && losses == 0 ? " besides." : ".")
  }

  /// What the plan comes to.
  var summary: String {
    let place = [cluster.region, cluster.account.map { "account \($0.rawValue)" }]
      .compactMap { $0 }.joined(separator: ", ")
    let counts = Decision.allCases.compactMap { decision in
      let count = items.count { $0.decision == decision }
      return count == 0 ? nil : "\(decision.rawValue) \(count)"
    }
    return "Migration of the EKS cluster \(cluster.name)" + (place.isEmpty ? "" : " (\(place))")
      + " from \(cluster.mode?.rawValue ?? "an unknown mode") to \(cluster.targetMode.rawValue). "
      + "Rows: \(items.count)"
      + (counts.isEmpty ? "." : " (" + counts.joined(separator: ", ") + ").")
  }
}

/// Text with sections, lists and commands.
private struct PlanText {
  private(set) var text = ""

  mutating func paragraph(_ words: String, indentation: String = "", first: String? = nil) {
    let lines = words.onOneLine.wrapped(at: 96 - indentation.count)
    for (index, line) in lines.enumerated() {
      text += (index == 0 ? first ?? indentation : indentation) + line + "\n"
    }
  }

  mutating func bullet(_ words: String) { paragraph(words, indentation: "    ", first: "  - ") }

  /// A command stands on one line, to be copied.
  mutating func command(_ command: String) { text += "      \(command.onOneLine)\n" }

  /// A section, if there is something in it.
  mutating func section<Element>(
    _ title: String, _ elements: [Element], _ body: (inout PlanText, Element) -> Void
  ) {
    guard !elements.isEmpty else { return }
    text += "\n\(title)\n\n"
    for element in elements { body(&self, element) }
  }

  mutating func item(_ item: MigrationPlan.Item) {
    paragraph("\(item.row.title): \(item.principal)", indentation: "      ", first: "  ")
    paragraph(item.decision.words, indentation: "      ", first: "    ")
    for entry in item.entries { paragraph(entry.words, indentation: "      ", first: "    ") }
    // That the entry gives the same has just been said.
    for reason in item.reasons where reason != .sameAsEntry {
      paragraph(reason.description, indentation: "      ", first: "    - ")
    }
  }

  mutating func step(_ step: MigrationStep, number: Int) {
    let note = step.kind.isIrreversible ? " IRREVERSIBLE." : ""
    let advice = step.kind.isAdvice ? " Only by hand, once everything else has proved itself." : ""
    paragraph(
      "\(step.purpose).\(note)\(advice)", indentation: "     ",
      first: (number < 10 ? " " : "") + " \(number). ")
    let shown = 3
    for line in step.commands.prefix(shown) {
      command((step.kind.isAdvice ? "# " : "") + line)
    }
    if step.commands.count > shown {
      command("# and \(step.commands.count - shown) more, which the scripts and the JSON have")
    }
    if let check = step.check { paragraph("check: \(check)", indentation: "     ") }
    if step.kind.isIrreversible {
      paragraph("way back: none", indentation: "     ")
    } else if let way = step.wayBack {
      paragraph("way back: \(way)", indentation: "     ")
    }
  }
}
