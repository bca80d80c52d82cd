import EKSAccessLint
import Foundation
import TestSupport
import Testing

@Suite struct TerraformLintTests {
  private func findings(_ name: String) throws -> [Finding] {
    Linter().lint(
      try TestData.bytes(
        TestData.fixtures.appendingPathComponent("access-entries/terraform/\(name).json")))
  }

  @Test(arguments: ["plan-aws-auth", "state-aws-auth"])
  func configMapsAreCheckedAndNotFixed(name: String) throws {
    let findings = try findings(name)
    #expect(findings.map(\.rule) == ["node-groups", "role-path"])
    #expect(findings.allSatisfy { $0.fix == nil })
  }

  @Test(arguments: [
    ("plan", ["authentication-mode", "entry-node-fields"]), ("state", []),
  ])
  func entriesAreChecked(name: String, rules: [String]) throws {
    #expect(try findings(name).map(\.rule) == rules)
  }
}
