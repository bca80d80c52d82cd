import EKSAccessManifests
import Testing

@testable import EKSAccessLint

/// A defect is reported once, by the rule that knows most about it.
@Suite struct OneFindingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var rows: String
    var ids: [String]

    var testDescription: String { ids.joined(separator: ", ") }
  }

  static let roles: [Case] = [
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstraper, sytem:nodes]
        """, ids: ["node-groups"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: system:node:{{ec2PrivateDNSName}}
          groups: [system:bootstrappers, system:node]
        """, ids: ["unknown-template", "node-groups"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, system:masters, system:master]
        """, ids: ["node-admin", "group-typo"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/fargate-pods
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes, system:nodeproxier]
        """, ids: ["group-typo"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/windows-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, eks:kubeproxy-windows]
        """, ids: ["group-typo"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: system:nodes
          groups: [system:bootstrappers, system:nodes]
        """, ids: ["node-username"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: "system:*"
          groups: ["<system:masters>", "system:view - system:edit", "{{ .Values.group }}"]
        """, ids: ["wildcard-name", "placeholder", "glued-groups"]),
    Case(
      rows: """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: <team>:<<SessionName>>
          groups: ["${TEAM}:*", "system:{{AccountID}}"]
        """, ids: ["placeholder"]),
  ]

  @Test(arguments: roles) func roleRowsAreReportedOnce(example: Case) {
    #expect(ids(.mapRoles(example.rows)) == example.ids.sorted())
  }

  static let users: [Case] = [
    Case(
      rows: """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """, ids: ["person-in-node-groups"]),
    Case(
      rows: """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: "{{SessionName}}"
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:user/bob
          username: "{{ SessionName }}"
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:user/carol
          username: <<SessionName>>
          groups: [developers]
        """, ids: ["template-for-user", "unknown-template", "angle-bracket-template"]),
  ]

  @Test(arguments: users) func userRowsAreReportedOnce(example: Case) {
    #expect(ids(.mapUsers(example.rows)) == example.ids.sorted())
  }

  /// Where the text of a name stands elsewhere, the alias is pointed at, and nothing is changed.
  @Test func aliasesAreNotFixed() throws {
    let rows = """
      - rolearn: arn:aws:iam::444455556666:role/a
        username: &name audit:{{AccountId}}
        groups: [auditors, &group system:monitorin]
      - rolearn: arn:aws:iam::444455556666:role/b
        username: *name
        groups: [*group]
      """
    let found = Linter(rules: [UnknownTemplate.self, GroupTypo.self])
      .lint(Array(Example.mapRoles(rows).text.utf8))
    try #require(found.count == 4)
    #expect(found.map { $0.fix == nil } == [false, false, true, true])
  }

  private func ids(_ example: Example) -> [String] {
    let options = LintOptions(ownAccounts: ["444455556666"], nodesUseAccessEntries: true)
    return Linter(options: options).lint(Array(example.text.utf8)).map(\.rule).sorted()
  }
}
