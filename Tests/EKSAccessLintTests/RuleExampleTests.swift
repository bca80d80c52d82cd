import EKSAccessManifests
import Foundation
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessLint

/// The examples of every rule are its tests.
@Suite struct RuleExampleTests {
  static let ids = RuleRegistry.all.map { $0.description.id }

  private func rule(_ id: String) throws -> any Rule.Type {
    guard let rule = RuleRegistry.rule(id) else { throw UnknownRule(id: id) }
    return rule
  }

  private func findings(_ text: String, _ rule: any Rule.Type) -> [Finding] {
    Linter(rules: [rule], options: .examples).lint(Array(text.utf8))
  }

  @Test(arguments: ids) func findsItsFailingExamples(id: String) throws {
    let rule = try rule(id)
    #expect(!rule.description.failing.isEmpty)
    for example in rule.description.failing {
      let found = findings(example.text, rule)
      #expect(!example.offsets.isEmpty, "no mark in \(example.marked)")
      #expect(
        found.map(\.range.lowerBound) == example.offsets,
        "\(found.map { "\($0.range) \($0.message)" }) in \(example.marked)")
      for finding in found {
        #expect(finding.range.upperBound <= example.text.utf8.count)
        #expect(finding.message.first?.isUppercase == false && !finding.message.hasSuffix("."))
        #expect(finding.help != nil, "\(finding.message)")
      }
    }
  }

  @Test(arguments: ids) func leavesItsPassingExamplesAlone(id: String) throws {
    let rule = try rule(id)
    #expect(!rule.description.passing.isEmpty)
    for example in rule.description.passing {
      let found = findings(example.text, rule)
      #expect(found.isEmpty, "\(found.map(\.message)) in \(example.text)")
    }
  }

  /// A fix removes its finding, brings no other one, and is the same when made twice.
  @Test(arguments: ids) func fixesWhatItFinds(id: String) throws {
    let rule = try rule(id)
    var fixes = 0
    for example in rule.description.failing {
      let bytes = Array(example.text.utf8)
      let found = findings(example.text, rule)
      for finding in found {
        guard let fix = finding.fix else { continue }
        fixes += 1
        #expect(fix.safety.rawValue == rule.description.fix.rawValue)
        let fixed = try #require(SourceEdit.apply(fix.edits, to: bytes))
        let text = String(decoding: fixed, as: UTF8.self)
        // A section that becomes readable may hold no node row; that is no doing of the fix.
        let all = Linter(
          options: .init(ownAccounts: ["444455556666"], nodesUseAccessEntries: true))
        #expect(findings(text, rule).count < found.count, "still found in\n\(text)")
        let before = Set(all.lint(bytes).map(\.rule))
        #expect(Set(all.lint(fixed).map(\.rule)).isSubset(of: before), "new in\n\(text)")
      }
      if let expected = example.fixed {
        let edits = found.compactMap(\.fix).flatMap(\.edits)
        let fixed = try #require(SourceEdit.apply(edits, to: bytes))
        #expect(String(decoding: fixed, as: UTF8.self) == expected)
      }
    }
    #expect((fixes > 0) == (rule.description.fix != .none), "fixes: \(fixes)")
  }

  @Test func everyRuleStandsInAFileOfItsOwnAndInTheRegistry() throws {
    let folder = TestData.root.appendingPathComponent("Sources/EKSAccessLint/Rules")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    )
    .compactMap { ($0 as? URL)?.deletingPathExtension().lastPathComponent }
    let names = RuleRegistry.all.map { String(describing: $0) }
    for name in names { #expect(files.contains(name), "no file for \(name)") }
    #expect(Set(Self.ids).count == Self.ids.count)
    for id in Self.ids {
      let typeName = id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        .joined()
      // A rule whose subject is a type of the model already has "Rule" behind its name.
      let expected = [typeName.lowercased(), typeName.lowercased() + "rule"]
      #expect(names.contains { expected.contains($0.lowercased()) }, "\(id)")
    }
  }

  @Test func everyRuleSaysWhyAndFromWhere() {
    for rule in RuleRegistry.all {
      #expect(rule.description.rationale.count > 60, "\(rule.description.id)")
      #expect(!rule.description.source.isEmpty && !rule.description.summary.hasSuffix("."))
    }
  }
}

private struct UnknownRule: Error {
  var id: String
}

extension LintOptions {
  /// What the examples of rules are checked with.
  static let examples = LintOptions(ownAccounts: ["444455556666"])
}
