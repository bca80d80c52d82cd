import EKSAccess
import EKSAccessMigration
import Foundation
import TestSupport
import Testing

/// `Documentation/eksctl-comparison.md` shows recorded answers of `eksctl utils
/// migrate-to-access-entry` beside plans for the same rows.
@Suite struct EksctlComparisonTests {
  private static let account = AccountID("111122223333")

  @Test(.enabled(if: TestData.external != nil))
  func theDocumentShowsWhatThePlannerSays() throws {
    var table = "| Case | eksctl | eks-access | Why |\n|---|---|---|---|\n"
    let cases = try TestData.vectors { $0["eksctl"] != nil && $0["rows"] != nil }
    try #require(cases.count >= 40)
    for vector in cases {
      let plan = Self.plan(vector)
      let validator = AccessEntryValidator(
        clusterAccount: Self.account, partition: plan.cluster.partition)
      for entry in plan.created + plan.updated {
        #expect(validator.violations(of: entry).isEmpty, "\(entry)")
      }
      let eksctl = Self.words(of: vector["eksctl"] as? [String: Any] ?? [:])
      let ours = plan.items.map { item in
        item.entries.isEmpty
          ? item.decision.rawValue
          : "\(item.decision.rawValue): " + item.entries.map(Self.words).joined(separator: "; ")
      }.joined(separator: "; ")
      let isSame =
        eksctl == plan.created.map(Self.words).joined(separator: "; ")
        && plan.allowsAPIMode
      let reasons = isSame ? [] : plan.items.flatMap { $0.reasons.map(\.description) }
      table +=
        "| \(vector["case"] ?? "") | \(eksctl) | \(isSame ? "the same" : ours) | "
        + reasons.joined(separator: "; ").replacing("<", with: "&lt;") + " |\n"
    }
    try expectDocument(table, marker: "table", in: "Documentation/eksctl-comparison.md")
  }

  private static func plan(_ vector: [String: Any]) -> MigrationPlan {
    var map = AWSAuthConfigMap()
    var partition = Partition.aws
    for row in vector["rows"] as? [[String: Any]] ?? [] {
      let arn = row["arn"] as? String ?? ""
      let name = row["username"] as? String ?? ""
      let groups = row["groups"] as? [String] ?? []
      if let principal = IAMPrincipal(arn) { partition = principal.partition }
      switch row["kind"] as? String {
      case "role":
        map.roles.append(RoleMapping(roleARN: arn, username: name, groups: groups))
      case "user":
        map.users.append(UserMapping(userARN: arn, username: name, groups: groups))
      default: map.accounts.append(arn)
      }
    }
    let existing = (vector["existingEntries"] as? [String] ?? []).map {
      AccessEntry(principalARN: $0)
    }
    return MigrationPlanner(
      MigrationInput(
        cluster: MigrationCluster(
          name: "shop", account: account, partition: partition, mode: .apiAndConfigMap),
        configMap: map, accessEntries: existing)
    ).plan
  }

  private static func words(of eksctl: [String: Any]) -> String {
    let entries = (eksctl["entries"] as? [[String: Any]] ?? []).map { entry in
      AccessEntry(
        principalARN: entry["principalARN"] as? String ?? "",
        kind: .init(rawValue: entry["type"] as? String ?? ""),
        username: entry["kubernetesUsername"] as? String,
        groups: entry["kubernetesGroups"] as? [String] ?? [],
        policies: (entry["accessPolicies"] as? [[String: Any]] ?? []).map {
          AccessPolicyAssociation(policyARN: $0["policyARN"] as? String ?? "")
        })
    }
    let words = entries.map(Self.words)
    if words.isEmpty { return eksctl["blocksAPIMode"] as? Bool == true ? "skipped" : "nothing" }
    return words.joined(separator: "; ")
  }

  /// An entry in a few words, as code.
  private static func words(_ entry: AccessEntry) -> String {
    var words = [entry.kind.rawValue]
    if let username = entry.username { words.append("as \(username)") }
    if !entry.groups.isEmpty { words.append("in " + entry.groups.joined(separator: ", ")) }
    for policy in entry.policies {
      let prefix = policy.policyARN.split(separator: ":").prefix(2).joined(separator: ":")
      words.append("with \(prefix):…/\(policy.policyARN.split(separator: "/").last ?? "")")
    }
    return "`" + words.joined(separator: " ") + "`"
  }
}

/// Compares a part of a document between two markers. With `RECORD_SNAPSHOTS=1` it is written anew
/// and the test fails.
private func expectDocument(_ text: String, marker: String, in path: String) throws {
  let file = TestData.root.appendingPathComponent(path)
  var document = try String(contentsOf: file, encoding: .utf8)
  let start = try #require(document.range(of: "<!-- \(marker) -->\n\n"))
  let end = try #require(document.range(of: "\n<!-- /\(marker) -->"))
  guard document[start.upperBound..<end.lowerBound] != text else { return }
  document.replaceSubrange(start.upperBound..<end.lowerBound, with: text)
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    try Data(document.utf8).write(to: file)
  }
  Issue.record("\(path) is out of date; run `make record`")
}
