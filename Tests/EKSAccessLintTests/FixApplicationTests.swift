import EKSAccess
import EKSAccessManifests
import Foundation
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessLint

@Suite struct FixApplicationTests {
  static let fixtures = ["broken", "clean", "other"].flatMap { folder in
    let url = TestData.fixtures.appendingPathComponent(folder)
    return ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
      .map { "\(folder)/\($0)" }.sorted()
  }

  /// Fixing ends, does not undo itself, and never makes a file worse.
  private func check(_ bytes: [UInt8], _ name: String) {
    let linter = Linter(options: .init(nodesUseAccessEntries: true))
    let before = linter.lint(bytes)
    for unsafe in [false, true] {
      let result = linter.fixing(bytes, unsafe: unsafe)
      let again = linter.fixing(result.bytes, unsafe: unsafe)
      #expect(again.bytes == result.bytes && again.fixed.isEmpty, "\(name)")
      #expect(
        !result.remaining.contains { unsafe ? $0.fix != nil : $0.fix?.safety == .safe }, "\(name)")
      #expect(result.fixed.isEmpty == (result.bytes == bytes), "\(name)")
      guard !result.fixed.isEmpty else { continue }
      #expect(result.remaining != before, "\(name)")
      let problems = YAMLStream(result.bytes).problems.count
      #expect(problems <= YAMLStream(bytes).problems.count, "\(name)")
      let old = ManifestFile(bytes).configMaps.map { $0.map.roles.count + $0.map.users.count }
      let new = ManifestFile(result.bytes).configMaps.map {
        $0.map.roles.count + $0.map.users.count
      }
      if !unsafe, old.count == new.count {
        #expect(zip(old, new).allSatisfy { $0 <= $1 }, "\(name): a safe fix loses rows")
      }
    }
  }

  @Test(arguments: fixtures) func fixesOfFixturesEnd(name: String) throws {
    check(try TestData.bytes(TestData.fixtures.appendingPathComponent(name)), name)
  }

  @Test(.enabled(if: TestData.external != nil)) func fixesOfTheCorpusEnd() throws {
    let files = TestData.externalFiles(below: "corpus")
    #expect(!files.isEmpty)
    for file in files { check(try TestData.bytes(file), file.lastPathComponent) }
  }

  /// Fixes that do not say so leave what EKS reads as it is.
  @Test(.enabled(if: TestData.external != nil)) func fixesChangeWhatEKSReadsOnlyWhereTheySaySo()
    throws
  {
    let silent: Set<String> = [
      "field-case", "exported-metadata", "missing-namespace", "unquoted-account", "object-name",
    ]
    let linter = Linter(rules: RuleRegistry.all.filter { silent.contains($0.description.id) })
    for file in TestData.externalFiles(below: "corpus") {
      let bytes = try TestData.bytes(file)
      let result = linter.fixing(bytes, unsafe: true)
      let before = ManifestFile(bytes).configMaps.map(\.map)
      let after = ManifestFile(result.bytes).configMaps.map(\.map)
      #expect(before == after, "\(file.lastPathComponent): \(result.fixed.map(\.rule))")
    }
  }
}
