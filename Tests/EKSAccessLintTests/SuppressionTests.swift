import EKSAccessManifests
import Testing

@testable import EKSAccessLint

@Suite struct SuppressionTests {
  /// A ConfigMap with one role path in a row whose comments are given.
  private func findings(
    top: String = "", above: String = "", line: String = "", inside: String = "",
    quote: Bool = false
  ) -> [String] {
    var rows = """
      - rolearn: arn:aws:iam::444455556666:role/nodes
        username: system:node:{{EC2PrivateDNSName}}
        groups: [system:bootstrappers, system:nodes]

      """
    rows += above
    rows += """
      - rolearn: arn:aws:iam::444455556666:role/team/ci\(line)
        username: ci
        \(inside)
        groups: [system:master]

      """
    let indented = rows.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "    " + $0 }.joined(separator: "\n")
    let text = """
      \(top)
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-auth, namespace: kube-system}
      data:
        mapRoles: |

      """ + indented + "\n"
    return Linter().lint(Array(text.utf8)).map(\.rule)
  }

  @Test func nothingIsIgnoredWithoutAComment() {
    #expect(findings() == ["role-path", "group-typo"])
  }

  @Test func aCommentAtTheEndOfALineIsForThatLine() {
    #expect(findings(line: " # eks-access: ignore[role-path] on purpose") == ["group-typo"])
    let both = findings(line: " # eks-access: ignore[role-path, group-typo]")
    #expect(both == ["group-typo"])
  }

  @Test func aCommentAboveARowIsForTheWholeRow() {
    #expect(findings(above: "# eks-access: ignore[group-typo,role-path] both\n").isEmpty)
    #expect(
      findings(above: "# eks-access: ignore[group-typo]\n# more\n\n") == ["role-path"])
  }

  @Test func aCommentWithinARowIsForTheLineBelow() {
    #expect(findings(inside: "# eks-access: ignore[group-typo]") == ["role-path"])
    #expect(
      findings(inside: "# eks-access: ignore[role-path]") == [
        "role-path", "unused-suppression", "group-typo",
      ])
  }

  @Test func aFileCanBeExempted() {
    #expect(findings(top: "# eks-access: ignore-file[role-path, group-typo] old").isEmpty)
  }

  @Test func whatIsNotNeededIsReported() {
    #expect(
      findings(above: "# eks-access: ignore[node-groups]\n")
        == ["unused-suppression", "role-path", "group-typo"])
  }

  @Test func whatIsUnknownOrUnreadableIsReported() {
    #expect(
      findings(above: "# eks-access: ignore[rolepath]\n")
        == ["unknown-suppression", "role-path", "group-typo"])
    for comment in ["ignore", "ignore[]", "ignore[a", "disable[role-path]", "ignore[role-path,]"] {
      let found = findings(above: "# eks-access: \(comment)\n")
      #expect(found.first == "unknown-suppression" || comment.hasSuffix(",]"), "\(comment)")
    }
  }

  @Test func otherCommentsAreNone() {
    #expect(
      findings(above: "# see eks-access: ignore[role-path]\n") == ["role-path", "group-typo"])
  }
}
