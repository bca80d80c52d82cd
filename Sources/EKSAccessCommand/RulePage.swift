import EKSAccessLint
import YAMLSource

/// What there is to say of one rule, made from its description.
struct RulePage {
  let area: RuleArea
  let description: RuleDescription

  init(_ rule: any Rule.Type, in area: RuleArea) {
    self.area = area
    self.rule = rule
    description = rule.description
  }

  /// The page of an id.
  init?(_ id: String) {
    for area in RuleRegistry.areas {
      for rule in area.rules where rule.description.id == id {
        self.init(rule, in: area)
        return
      }
    }
    return nil
  }

  private let rule: any Rule.Type

  /// All pages in the order of the catalogue.
  static var all: [RulePage] {
    RuleRegistry.areas.flatMap { area in area.rules.map { RulePage($0, in: area) } }
  }

  /// The summary as a sentence.
  var summary: String {
    description.summary.prefix(1).uppercased() + description.summary.dropFirst() + "."
  }

  /// What the fix column of tables holds.
  var fix: String {
    description.fix == .none ? "–" : description.fix.rawValue
  }

  /// The first manifest with the mistake.
  var failing: Excerpt? { description.failing.first.map { Excerpt($0.text) } }

  /// The same manifest after the fix.
  var fixed: Excerpt? { description.failing.first?.fixed.map { Excerpt($0) } }

  /// The first manifest without the mistake.
  var passing: Excerpt? { description.passing.first.map { Excerpt($0.text) } }

  /// What the tool prints for the first manifest with the mistake, other rules left aside.
  var output: String {
    guard let example = description.failing.first else { return "" }
    // Some rules need to know one's own accounts; all examples share one.
    let linter = Linter(rules: [rule], options: LintOptions(ownAccounts: ["444455556666"]))
    let bytes = Array(example.text.utf8)
    var report = LintReport(failures: [])
    report.add(linter.lint(bytes), in: "aws-auth.yaml", bytes)
    return String(decoding: TextRenderer().render(report), as: UTF8.self)
  }

  /// An example, shortened when nobody would read all of it.
  struct Excerpt {
    let text: String
    let isShortened: Bool

    private static let longestLine = 200
    private static let mostLines = 40
    private static let head = 12
    private static let tail = 3

    init(_ example: String) {
      let whole = example.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      var lines = whole.map(Self.shortened)
      if lines.count > Self.mostLines {
        let omitted = lines.count - Self.head - Self.tail
        lines = lines.prefix(Self.head) + ["… \(omitted) lines …"] + lines.suffix(Self.tail)
      }
      text = lines.map { $0 + "\n" }.joined()
      isShortened = text != example
    }

    private static func shortened(_ line: Substring) -> String {
      let omitted = line.count - longestLine
      return omitted <= 0
        ? String(line)
        : "\(line.prefix(longestLine / 2))… \(line.count - longestLine / 2) characters …"
    }
  }
}
