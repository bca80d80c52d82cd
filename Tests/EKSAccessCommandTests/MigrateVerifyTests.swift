import TestSupport
import Testing

/// Whether it is said who has less, or would have by the mode API.
@Suite struct MigrateVerifyTests {
  @Test func verifyingComparesWhatBindingsGive() throws {
    let row = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-auth, namespace: kube-system}
      data:
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/a
            username: boss
            groups: [devs, old]

      """
    let entry = """
      {"accessEntry": {"clusterName": "shop", "type": "STANDARD", "username": "other",
        "principalArn": "arn:aws:iam::444455556666:role/a", "kubernetesGroups": ["devs"]}}
      ---
      {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/a",
        "associatedAccessPolicies": []}

      """
    let binding = """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: boss}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: boss}]

      """
    func verify(_ files: String...) throws -> ToolRun {
      try MigrateFiles.migrate(files, "--verify", "--mode", "CONFIG_MAP")
    }
    // A group that no known binding names may be bound all the same.
    let group = try verify(row, entry, binding)
    #expect(group.status == 1 && group.output.contains("loses     old\n"))
    let user = try verify(row.replacing(", old", with: ""), entry, binding)
    #expect(user.status == 1 && user.output.contains("loses     cluster: * *.*\n"))
    let unbound = binding.replacing("name: boss}]", with: "name: x}]")
    #expect(try verify(row.replacing(", old", with: ""), entry, unbound).status == 0)
  }

  /// An entry is asked in place of its row, so it can be said before the switch.
  @Test func entriesThatGiveLessThanTheirRowsAreSaid() throws {
    let entry = """
      {"accessEntry": {"clusterName": "shop", "type": "STANDARD", "username": "dev:{{SessionName}}",
        "principalArn": "arn:aws:iam::444455556666:role/dev", "kubernetesGroups": ["developers"]}}

      """
    let policies = """
      {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/dev",
        "associatedAccessPolicies": []}

      """
    let row = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-auth, namespace: kube-system}
      data:
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/dev
            username: dev:{{SessionName}}
            groups: [developers, system:masters]

      """
    let less = try MigrateFiles.migrate([row, entry, policies], "--verify")
    #expect(less.status == 1)
    #expect(
      less.output.hasPrefix(
        "0.yaml:6:16: arn:aws:iam::444455556666:role/dev has less than its row says already: the "
          + "entry that is there lacks AmazonEKSClusterAdminPolicy for the cluster"))
    let plan = try MigrateFiles.migrate([row, entry, policies])
    #expect(
      plan.status == 1 && plan.output.contains("\nNot ready: 1 row needs somebody; 1 has less"))
    // Without the answer about policies it cannot be told.
    let unknown = try MigrateFiles.migrate([row, entry], "--verify")
    #expect(unknown.status == 1 && unknown.output.contains("policies of arn:aws:iam::444455556666"))
    let given = policies.replacing(
      "[]",
      with: """
        [{"policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
          "accessScope": {"type": "cluster", "namespaces": []}}]
        """)
    let done = try MigrateFiles.migrate([row, entry, given], "--verify")
    #expect(done.status == 0 && done.output == "nobody loses access; 1 the same\n")
    #expect(
      try MigrateFiles.migrate([row, entry, given]).output.contains("\nReady: nobody loses access"))
  }

  @Test func verifyingTellsWhoWouldBeLockedOut() throws {
    let alone = try MigrateFiles.migrate(
      [MigrateFiles.configMap, MigrateFiles.cluster], "--verify")
    #expect(alone.status == 1)
    #expect(alone.output.hasPrefix("lost     arn:aws:iam::444455556666:role/edge (nodes)"))
    let entries = try MigrateFiles.migrate(
      [MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings],
      "--to", "eksctl")
    let done = try MigrateFiles.migrate(
      [MigrateFiles.configMap, MigrateFiles.cluster, entries.output], "--verify")
    #expect(done.status == 0)
    #expect(done.output == "nobody loses access; 4 the same\n")
  }

  @Test func anEntryThatIsNotKnownIsNotProvidedFor() throws {
    func files(_ name: String) -> [String] {
      [
        MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
        "{\"accessEntries\": [\"arn:aws:iam::444455556666:role/\(name)\"]}",
      ]
    }
    let run = try MigrateFiles.migrate(files("teams/dev"))
    #expect(run.status == 1 && run.error.contains("4.yaml:1:20: there is an access entry for"))
    let other = try MigrateFiles.migrate(files("somebody"))
    #expect(other.status == 0 && other.error.contains("4.yaml:1:20: there is an access entry for"))
    let template = """
      Resources:
        Ana:
          Type: AWS::EKS::AccessEntry
          Properties:
            PrincipalArn: arn:aws:iam::444455556666:role/ana
            KubernetesGroups: !Ref Groups
      """
    let known = [
      MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
    ]
    #expect(try MigrateFiles.migrate(known + [template]).status == 1)
    let entries = try MigrateFiles.migrate(known, "--to", "eksctl").output
    let bindings = try MigrateFiles.migrate(known, "--to", "rbac").output
    let unbound = try MigrateFiles.migrate(known + [entries], "--verify")
    #expect(unbound.status == 1)
    #expect(unbound.output.contains("nothing binds the new names as auditors binds the old ones"))
    #expect(try MigrateFiles.migrate(known + [entries, bindings], "--verify").status == 0)
    let unclear = try MigrateFiles.migrate(known + [entries, bindings, template], "--verify")
    #expect(unclear.status == 1 && unclear.output.contains("nobody loses access"))
    #expect(unclear.output.contains("role/ana gives is not fully known yet"))
  }
}
