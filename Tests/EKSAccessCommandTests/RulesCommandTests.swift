import EKSAccessLint
import Foundation
import TestSupport
import Testing

@Suite struct RulesCommandTests {
  static let ids = RuleRegistry.all.map { $0.description.id }
  private static let folder = TestData.root.appendingPathComponent("Documentation/rules")

  @Test func theTableIsAsRecorded() throws {
    let run = ToolRun(["rules"])
    #expect(run.status == 0 && run.error.isEmpty)
    try expectSnapshot(run.output, "rules/table.txt")
  }

  @Test(arguments: ["text", "json"]) func aPageIsAsRecorded(format: String) throws {
    let run = ToolRun(["rules", "role-path", "--format", format])
    #expect(run.status == 0 && run.error.isEmpty)
    try expectSnapshot(run.output, "rules/role-path.\(format)")
  }

  @Test func allRulesAreListedAsJSON() throws {
    let run = ToolRun(["rules", "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let rules = try #require((object as? [String: Any])?["rules"] as? [[String: Any]])
    #expect(rules.compactMap { $0["id"] as? String } == Self.ids)
  }

  @Test func unknownRulesAreNamed() {
    let near = ToolRun(["rules", "rolepath"])
    #expect(near.status == 2 && near.output.isEmpty)
    #expect(near.error == "eks-access: no rule \"rolepath\"; did you mean \"role-path\"?\n")
    let far = ToolRun(["rules", "\u{1B}x"])
    #expect(far.error == "eks-access: no rule \"\\u{1B}x\"; \"eks-access rules\" lists all\n")
  }

  @Test func eachRuleStandsInTheChangelog() throws {
    let changelog = try String(
      contentsOf: TestData.root.appendingPathComponent("CHANGELOG.md"), encoding: .utf8)
    for rule in RuleRegistry.all {
      let description = rule.description
      #expect(
        changelog.contains("\n- `\(description.id)` (\(description.severity.rawValue)): "),
        "no line for \(description.id)")
    }
  }

  // MARK: Documentation/rules

  @Test func pagesAreWhatTheToolPrints() throws {
    var pages = ["README.md": ToolRun(["rules", "--format", "markdown"]).output]
    for id in Self.ids {
      pages[id + ".md"] = ToolRun(["rules", id, "--format", "markdown"]).output
    }
    let files = FileManager.default
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
    var outdated: [String] = []
    for (name, page) in pages {
      let file = Self.folder.appendingPathComponent(name)
      guard (try? Data(contentsOf: file)) != Data(page.utf8) else { continue }
      outdated.append(name)
      guard isRecording else { continue }
      try files.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(page.utf8).write(to: file)
    }
    let present = (try? files.contentsOfDirectory(atPath: Self.folder.path)) ?? []
    for name in present where pages[name] == nil {
      outdated.append(name)
      if isRecording { try files.removeItem(at: Self.folder.appendingPathComponent(name)) }
    }
    #expect(
      outdated.isEmpty,
      "out of date in Documentation/rules: \(outdated.sorted()); run `make record`")
  }

  @Test(arguments: ids) func blocksOfCodeEndWhereTheyShould(id: String) throws {
    let page = ToolRun(["rules", id, "--format", "markdown"]).output
    var fence: Substring?
    var headings: [Substring] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      let backticks = line.prefix { $0 == "`" }
      if let open = fence {
        if backticks.count >= open.count { fence = nil }
        #expect(fence != nil || backticks == line, "\(line)")
      } else if backticks.count >= 3 {
        fence = backticks
      } else {
        if line.hasPrefix("#") { headings.append(line) }
        #expect(line.count { $0 == "`" }.isMultiple(of: 2), "\(line)")
      }
    }
    #expect(fence == nil)
    #expect(headings.first == "# \(id)"[...] && headings.last == "## Source")
    #expect(page.utf8.count < 10_000)
  }
}
