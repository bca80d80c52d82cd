import ArgumentParser
import EKSAccessLint

struct RulesCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List the rules, or say what one of them is about.",
    discussion: """
      EXAMPLES:
        eks-access rules
        eks-access rules role-path
        eks-access rules --format json

      EXIT STATUS:
        0  printed
        2  there is no such rule
      """)

  @Argument(
    help: ArgumentHelp("The rule to explain; all are listed without one.", valueName: "id"),
    completion: .list(RuleRegistry.all.map { $0.description.id }))
  var id: String?

  @Option(help: "How to print: text, markdown or json.")
  var format: Format = .text

  /// The values of `--format`.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text
    case markdown
    case json
  }

  /// Prints the table or the page.
  ///
  /// - Returns: The exit status.
  func run(on console: Console) -> Int32 {
    guard let id else {
      console.writeOutput(list)
      return 0
    }
    guard let page = RulePage(id) else {
      let ids = RuleRegistry.all.map { $0.description.id }
      let advice =
        Suggestion.nearest(id, in: ids).map { "did you mean \"\($0)\"?" }
        ?? "\"eks-access rules\" lists all"
      console.print(error: "no rule \"\(Terminal.escaped(id))\"; \(advice)")
      return 2
    }
    switch format {
    case .text: console.writeOutput(Array(page.text.utf8))
    case .markdown: console.writeOutput(Array(page.markdown.utf8))
    case .json: console.writeOutput(RuleList.json([page], withExamples: true))
    }
    return 0
  }

  private var list: [UInt8] {
    switch format {
    case .text: Array(RuleList.text.utf8)
    case .markdown: Array(RuleList.markdown.utf8)
    case .json: RuleList.json(RulePage.all, withExamples: false)
    }
  }
}

/// All rules as a table.
enum RuleList {
  static var text: String {
    let width = RulePage.all.reduce(0) { max($0, $1.description.id.count) }
    return RuleRegistry.areas.map { $0.table(idWidth: width) }.joined(separator: "\n")
  }

  static var markdown: String {
    """
    # Rules

    An *error* means that access is lost or the API refuses the object; a *warning*, that it is
    probably not what was meant; a *note* is advice. A *safe* fix may be made without looking; an
    *unsafe* one should be looked at.

    Each page is what `eks-access rules <id> --format markdown` prints. The findings shown there are
    those of the rule alone.


    """ + RuleRegistry.areas.map(\.markdown).joined(separator: "\n")
  }

  static func json(_ pages: [RulePage], withExamples: Bool) -> [UInt8] {
    JSONOutput.encode(
      Document(rules: pages.map { Item($0, withExamples: withExamples) }))
  }

  private struct Document: Encodable {
    var version = 1
    var rules: [Item]
  }

  private struct Item: Encodable {
    var id: String
    var area: String
    var severity: Severity
    var fix: RuleDescription.FixAvailability
    var summary: String
    var rationale: String
    var source: String
    var failing: [String]?
    var passing: [String]?
    var output: String?

    init(_ page: RulePage, withExamples: Bool) {
      let description = page.description
      id = description.id
      area = page.area.name
      severity = description.severity
      fix = description.fix
      summary = description.summary
      rationale = description.rationale
      source = description.source
      guard withExamples else { return }
      failing = description.failing.map(\.text)
      passing = description.passing.map(\.text)
      output = page.output
    }
  }
}
