import EKSAccess
import Testing
import YAMLSource

@testable import EKSAccessManifests

@Suite struct ManifestFileTests {
  private static let data = "data: {mapRoles: '[{rolearn: r}]'}"

  private func file(_ text: String) -> ManifestFile { ManifestFile(Array(text.utf8)) }

  private func source(_ text: String, _ range: Range<Int>?) -> String? {
    range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
  }

  @Test(arguments: [
    ("kind: ConfigMap\nmetadata: {name: aws-auth}\n", 1),
    ("kind: ConfigMap\nmetadata: {name: other}\n\(data)\n", 1),
    ("kind: ConfigMap\nmetadata: {name: other}\ndata: {x: y}\n", 0),
    ("kind: ConfigMap\nmetadata: {name: x}\ndata: {MAPROLES: ''}\n", 1),
    ("kind: Secret\nmetadata: {name: aws-auth}\n\(data)\n", 0),
    ("\(data)\n", 1), ("mapRoles: x\n", 0), ("- \(data)\n", 0), ("aws-auth\n", 0),
    (
      "kind: List\nitems:\n- {kind: ConfigMap, \(data)}\n- {kind: Pod}\n- {kind: ConfigMap, \(data)}\n",
      2
    ),
    ("kind: ConfigMapList\nitems: [{kind: ConfigMap, \(data)}]\n", 1),
    ("kind: ConfigMap\n\(data)\n---\nkind: [\n---\nkind: ConfigMap\n\(data)\n", 2),
    (#"{"kind": "ConfigMap", "data": {"mapRoles": "- rolearn: r\n"}}"#, 1),
  ])
  func configMapsAreFoundByKindAndContent(text: String, count: Int) {
    #expect(file(text).configMaps.count == count)
  }

  @Test(arguments: [
    ("aws-auth", true), ("AWS_AUTH", true), ("mapROLES", true), ("xmapUser:", true),
    ("mapaccounts", true), ("map Roles", false), ("aws-aut", false), ("", false),
  ])
  func triggerWordsAreFoundInAnyCase(text: String, found: Bool) {
    #expect(ManifestFile.mentionsAWSAuth(Array("x: \(text)".utf8)) == found)
  }

  @Test func wordsAreFoundAtEveryPlaceAndInNoOther() {
    let words: [(String, Mentions)] = [
      ("aws-auth", .awsAuth), ("aws_auth", .awsAuth), ("maprole", .awsAuth),
      ("mapuser", .awsAuth), ("mapaccount", .awsAuth), ("RoleBinding", .rbac),
      ("rbac.authorization.k8s.io", .rbac), ("ServiceAccount", .serviceAccounts),
      ("identitymapping", .awsAuth), ("principalarn", .accessEntries),
      ("aws_eks_", .accessEntries), ("AWSManagedControlPlane", .accessEntries),
    ]
    for (word, mentions) in words {
      for before in 0..<30 {
        for after in [0, 1, 40] {
          // What stands around the word begins and ends like one.
          let head = String(String(repeating: "mapRmaprol", count: 3).suffix(before))
          let tail = String(repeating: "e", count: after)
          #expect(Mentions(in: Array((head + word + tail).utf8)) == mentions, "\(head)\(word)")
          #expect(Mentions(in: Array((head + word.dropLast() + "." + tail).utf8)).isEmpty)
        }
      }
    }
    let all = words.map(\.0).joined(separator: " ")
    #expect(Mentions(in: Array("\(all) configMapGenerator".utf8)) == .all)
    #expect(Mentions(in: Array("configMapGenerator RoleBinding".utf8)) == .rbac)
    #expect(Mentions(in: Array("# eks-access: x".utf8)).isEmpty)
    #expect(Mentions(in: Array("# eks-access: x".utf8), wanted: .suppressions) == .suppressions)
    #expect(Mentions(in: Array(all.utf8), wanted: .rbac) == .rbac)
  }

  @Test func theLastOfTwoSectionsCounts() {
    let text = """
      kind: ConfigMap
      data:
        mapRoles: '[{rolearn: a}]'
        mapUsers: '[{userarn: b}]'
        mapRoles: '[{rolearn: c}]'
      """
    let map = file(text).configMaps.first?.map
    #expect(map?.roles.map(\.roleARN) == ["c"] && map?.users.map(\.userARN) == ["b"])
  }

  @Test func fieldsOfARowHaveTheirPlaces() throws {
    let text = """
      kind: ConfigMap
      data:
        mapRoles: |
          - roleARN: "a"
            username: 7
            groups: [x, 8, z]
            group: z
      """
    let section = try #require(file(text).configMaps.first?[.mapRoles])
    let entry = try #require(section.entries.first)
    #expect(source(text, entry.arn?.range) == "\"a\"")
    #expect(entry.username == nil && entry.mapping.username.isEmpty)
    #expect(entry.groups.map(\.value) == ["x", "", "z"])
    #expect(entry.groups.map { source(text, $0.range) } == ["x", "8", "z"])
    #expect(entry.fields.map(\.name) == [.roleARN, .username, .groups, nil])
    #expect(entry.problems.map { source(text, $0.range) } == ["7", "8"])
    #expect(entry.isKept && section.hasError)
  }

  @Test func ofSeveralSpellingsTheGreaterOneCounts() throws {
    let text = "data: {mapRoles: '[{rolearn: low, ROLEARN: high, username: u, Username: ~}]'}"
    let entry = try #require(file(text).configMaps.first?.entries.first)
    #expect(entry.arn?.value == "low" && entry.mapping.username == "u")
    #expect(entry.fields.filter(\.isOverridden).map(\.key.string).contains("ROLEARN"))
  }

  struct Unreadable: Sendable {
    var value: String
    var failure: String
  }

  @Test(arguments: [
    Unreadable(value: "[a]", failure: "notText"), Unreadable(value: "7", failure: "notText"),
    Unreadable(value: "'a: ['", failure: "syntax"),
    Unreadable(value: "'- {{a}: b}'", failure: "notJSON"),
    Unreadable(value: "'- ~: b'", failure: "notJSON"),
    Unreadable(value: "'- .inf'", failure: "notJSON"),
    Unreadable(value: "'- !!int x'", failure: "notJSON"),
    Unreadable(value: "'- {<<: 1}'", failure: "notJSON"),
    Unreadable(value: "'- \"\\/\"'", failure: "notJSON"),
    Unreadable(value: "'a: b'", failure: "notList"), Unreadable(value: "'a'", failure: "notList"),
    Unreadable(value: "''", failure: "none"), Unreadable(value: "' ``'", failure: "none"),
    Unreadable(value: "~", failure: "none"), Unreadable(value: "'# x'", failure: "none"),
    Unreadable(value: "'- a'", failure: "none"),
  ])
  func whatKeepsASectionFromBeingReadIsTold(unreadable: Unreadable) throws {
    let text = "data: {mapRoles: \(unreadable.value)}"
    let section = try #require(file(text).configMaps.first?[.mapRoles], "\(text)")
    let failure =
      switch section.failure {
      case nil: "none"
      case .notText?: "notText"
      case .syntax?: "syntax"
      case .notJSON?: "notJSON"
      case .notList?: "notList"
      }
    #expect(failure == unreadable.failure, "\(text)")
  }

  @Test func objectsOfOtherSourcesAreRead() {
    let text = """
      kind: IAMIdentityMapping
      spec: {arn: a, username: u, groups: [g]}
      """
    let file = file(text)
    #expect(
      file.identityMappings.map(\.value) == [
        IAMIdentityMapping(arn: "a", username: "u", groups: ["g"])
      ])
  }
}
