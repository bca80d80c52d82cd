import Foundation
import Testing

/// What is found only because the files of a run are checked together.
@Suite struct LintInputTests {
  private static func map(_ group: String, username: String = "dev:{{SessionName}}") -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: aws-auth, namespace: kube-system}
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/developers
          username: \(username)
          groups: [\(group)]

    """
  }

  private static func binding(
    _ kind: String, _ name: String, role: String = "view", cluster: Bool = true
  ) -> String {
    """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: \(cluster ? "ClusterRoleBinding" : "RoleBinding")
    metadata: {name: developers\(cluster ? "" : ", namespace: shop")}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \(role)}
    subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: \(kind), name: "\(name)"}

    """
  }

  /// The lines of findings, and of notes about other files, with paths below the folder.
  private func lint(_ files: [String: String], _ options: String...) throws -> [String] {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let run = ToolRun(["lint", folder.path] + options)
    #expect(run.status < 2, "\(run.error)")
    return run.output.replacing(folder.path + "/", with: "").split(separator: "\n")
      .filter { $0.contains(" warning: ") || $0.contains(" error: ") || $0.contains("yaml:") }
      .map(String.init)
  }

  @Test func aGroupIsLookedForInTheOtherFiles() throws {
    let files = ["a/aws-auth.yaml": Self.map("developers")]
    #expect(try lint(files).isEmpty)
    let bound = ["b/rbac.yaml": Self.binding("Group", "developers")]
    #expect(try lint(files.merging(bound) { $1 }).isEmpty)
    let other = ["b/rbac.yaml": Self.binding("Group", "develpers")]
    let found = try lint(files.merging(other) { $1 })
    #expect(
      found == [
        "a/aws-auth.yaml:11:16: warning: no binding in these files names the group \"developers\""
          + " [unbound-group]"
      ])
  }

  @Test func aSubjectIsComparedWithTheOtherFiles() throws {
    let files = [
      "a/aws-auth.yaml": Self.map("developers"),
      "b/rbac.yaml": Self.binding("User", "developers"),
    ]
    let found = try lint(files)
    #expect(found.count == 2)
    #expect(found.first?.hasPrefix("b/rbac.yaml:6:") == true)
    #expect(found.first?.contains("as a group, and this binding is for a user") == true)
    #expect(found.last == "  note: the row gives the group (a/aws-auth.yaml:11:16)")
  }

  @Test func aSignIsComparedWithTheOtherFiles() throws {
    let rbac = Self.binding("User", "dev:alice@example.org")
    let found = try lint(["a.yaml": Self.map("developers"), "b.yaml": rbac])
    #expect(found.first?.hasSuffix("[unbound-group]") == true)
    #expect(found.contains { $0.hasPrefix("b.yaml:6") && $0.hasSuffix("[subject-template]") })
    let raw = Self.map("developers", username: "dev:{{SessionNameRaw}}")
    let none = try lint(["a.yaml": raw, "b.yaml": rbac])
    #expect(none.allSatisfy { !$0.contains("subject-template") })
  }

  @Test func aRoleIsLookedForInTheOtherFiles() throws {
    let role = """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: config, labels: {team: a}}
      rules:
        - {apiGroups: [""], resources: [configmaps], verbs: [patch]}

      """
    let direct = try lint(["a.yaml": role, "b.yaml": Self.binding("Group", "x", role: "config")])
    #expect(direct.count == 2 && direct[0].hasPrefix("b.yaml:4:"))
    #expect(direct[1].hasSuffix("with this rule (a.yaml:5:5)"))
    let sum = """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: sum}
      aggregationRule: {clusterRoleSelectors: [{matchLabels: {team: a}}]}

      """
    let files = [
      "a.yaml": role, "b.yaml": Self.binding("Group", "x", role: "sum"), "c.yaml": sum,
    ]
    #expect(try lint(files).count == 2)
    // Which of several roles is meant is not known, unless all of them give it.
    let harmless = role.replacing("patch", with: "get")
    var several = ["a.yaml": role, "b.yaml": Self.binding("Group", "x", role: "config")]
    several["c.yaml"] = harmless
    #expect(try lint(several).isEmpty)
  }

  @Test func severalClustersAreNotMixedUp() throws {
    // The bindings may all be those of the first cluster.
    var files = [
      "one/aws-auth.yaml": Self.map("developers"),
      "two/aws-auth.yaml": Self.map("operators"),
      "one/rbac.yaml": Self.binding("Group", "developers"),
    ]
    #expect(try lint(files).isEmpty)
    files["one/aws-auth.yaml"] = Self.map("developers, auditors")
    #expect(try lint(files).map { $0.prefix(17) } == ["one/aws-auth.yaml"])
    files["one/aws-auth.yaml"] = Self.map("developers")
    files["one/rbac.yaml"]? += "---\n" + Self.binding("User", "operators")
    #expect(try lint(files).isEmpty)
  }

  @Test func bindingsThatCannotBeReadMayNameTheGroup() throws {
    var files = [
      "a.yaml": Self.map("developers"), "b.yaml": Self.binding("Group", "operators"),
    ]
    #expect(try lint(files).count == 1)
    files["c.yaml"] = Self.binding("Group", "{{ .Values.group }}")
    #expect(try lint(files).isEmpty)
    files["c.yaml"] = "kind: RoleBinding\nsubjects:\n  {{- range .Values.groups }}\n  - x: [\n"
    #expect(try lint(files).isEmpty)
  }

  @Test func anAccountOfTheNameIsNoMistake() throws {
    let account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ci, namespace: ci}\n"
    var files = ["a.yaml": Self.map("ci"), "b.yaml": Self.binding("ServiceAccount", "ci")]
    #expect(try lint(files).contains { $0.hasSuffix("[subject-kind]") })
    files["c.yaml"] = account
    #expect(try lint(files).isEmpty)
  }

  @Test func filesOfRBACAloneAreCheckedForThatOnly() throws {
    let role = """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: a}
      rules: [{apiGroups: [apps/v1], resources: [deployments], verbs: [get]}]

      """
    #expect(try lint(["a.yaml": role]).count == 1)
    #expect(try lint(["a.yaml": "# eks-access: ignore-file[dead-rbac-rule] old\n" + role]).isEmpty)
    let configuration = "rules: {dead-rbac-rule: off}\n"
    #expect(try lint(["a.yaml": role, ".eks-access.yaml": configuration]).isEmpty)
    #expect(try lint(["a.yaml": "kind: RoleBinding\nx: [\n"]).isEmpty)
  }

  @Test func groupsOfTheConfigurationAreBound() throws {
    let files = [
      "a.yaml": Self.map("developers"), "b.yaml": Self.binding("Group", "operators"),
      ".eks-access.yaml": "groups: [developers]\n",
    ]
    #expect(try lint(files).isEmpty)
  }

  @Test func fixesAreMadeWithTheOtherFilesInMind() throws {
    let folder = try TemporaryFolder()
    let map = try folder.write("a.yaml", Self.map("system:master"))
    try folder.write("b.yaml", Self.binding("Group", "developers"))
    let run = ToolRun(["lint", folder.path, "--fix", "--fail-on", "error"])
    #expect(run.status == 0, "\(run.output)")
    let text = try String(contentsOf: URL(fileURLWithPath: map), encoding: .utf8)
    #expect(text == Self.map("system:masters"))
  }
}
