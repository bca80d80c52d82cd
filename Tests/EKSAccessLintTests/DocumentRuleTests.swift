import EKSAccessManifests
import Testing
import YAMLSource

@testable import EKSAccessLint

@Suite struct DocumentRuleTests {
  private func findings(_ text: String) -> [Finding] {
    Linter(rules: RuleRegistry.documentRules).lint(Array(text.utf8))
  }

  private func section(_ rows: String) -> String {
    "kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapRoles: |\n"
      + rows
  }

  @Test(arguments: [
    (
      "    - rolearn: a\n       username: b\n",
      "\"username\" is at column 8, the first key of its row at column 7"
    ),
    ("    - rolearn: a\n      username:b\n      groups: []\n", "no blank follows the colon"),
    ("    - rolearn: a\n    -groups: [b]\n", "no blank follows the dash of \"-groups: [b]\""),
    ("    - groups\n      - b\n      rolearn: a\n", "no colon follows \"groups\""),
    ("    - rolearn: a\n      groups: [b\n", "a comma or \"]\" is missing"),
    ("    - rolearn: a\n      username: @b\n", "cannot begin with \"@\""),
    ("    - rolearn: a\n     - rolearn: b\n       username: c\n", "this row begins at column 6"),
    ("    - rolearn: *role\n", "no anchor \"role\""),
  ])
  func saysWhyASectionIsLost(rows: String, reason: String) throws {
    let found = findings(section(rows))
    try #require(found.count == 1, "\(found.map(\.message))")
    #expect(
      found[0].rule == "mapping-syntax" && found[0].message.contains(reason), "\(found[0].message)")
    #expect(found[0].message.hasSuffix("EKS cannot parse \"mapRoles\" and drops every row of it"))
  }

  @Test func columnsOfAQuotedTextAreThoseOfTheText() {
    let found = findings(
      #"{"metadata": {}, "data": {"mapRoles": "- rolearn: a\n   username: b\n"}}"#)
    #expect(found.map(\.message).joined().contains("at column 4 of the text"))
  }

  @Test func aFileInUTF16IsReportedOnce() {
    let text = Array(section("    - rolearn: a\n").utf8).flatMap { [$0, UInt8(0)] }
    let found = Linter(rules: RuleRegistry.documentRules).lint([0xFF, 0xFE] + text)
    #expect(found.map(\.rule) == ["yaml-syntax"])
  }

  @Test func lineEndsAreKept() throws {
    let text = "kind: ConfigMap\r\nmetadata:\r\n  name: aws-auth\r\ndata: {}\r\n"
    let fix = try #require(findings(text).first?.fix)
    let fixed = try #require(SourceEdit.apply(fix.edits, to: Array(text.utf8)))
    #expect(
      String(decoding: fixed, as: UTF8.self)
        == "kind: ConfigMap\r\nmetadata:\r\n  name: aws-auth\r\n  namespace: kube-system\r\n"
        + "data: {}\r\n")
  }

  @Test(
    arguments: [
      ("group", "groups"), ("usrename", "username"), ("rolarn", "rolearn"), ("GROUPS", "groups"),
      ("comment", nil), ("grp", nil),
    ] as [(String, String?)])
  func suggestsNearWords(word: String, suggestion: String?) {
    #expect(Suggestion.nearest(word, in: ["rolearn", "username", "groups"]) == suggestion)
  }

  @Test(arguments: [
    "todo_app", "insert-job", "${YOUR_ROLE}", "$ACCOUNT_ID", "{{ ACCOUNT_ID }}",
    "<<EC2PrivateDNSName>>", "yourcompany", "ADMIN_ROLE",
  ])
  func leavesNamesThatAreNoPlaceholders(text: String) {
    #expect(Placeholder.toFillIn(text) == nil)
  }

  @Test(arguments: [
    "ACCOUNT_ID", "<role>", "YOUR_ROLE", "your-role", "NODE_ROLE_ARN", "xxxxxxxxxxxx", "TODO",
  ])
  func knowsPlaceholders(text: String) {
    #expect(Placeholder.toFillIn("arn:aws:iam::\(text)") != nil)
  }
}
