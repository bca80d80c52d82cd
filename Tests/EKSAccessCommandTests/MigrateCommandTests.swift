import Foundation
import TestSupport
import Testing

@Suite struct MigrateCommandTests {
  private static let configMap = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: aws-auth, namespace: kube-system}
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/dev
          username: dev{{SessionName}}
          groups: [developers, system:masters]
        - rolearn: arn:aws:iam::444455556666:role/edge
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/auditors
          username: auditor
          groups: [system:auditors]

    """
  private static let cluster = """
    {"cluster": {"name": "shop", "arn": "arn:aws:eks:eu-central-1:444455556666:cluster/shop",
     "accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP"}}}

    """
  private static let roles = """
    {"Roles": [{"Arn": "arn:aws:iam::444455556666:role/nodes"},
      {"Arn": "arn:aws:iam::444455556666:role/teams/Dev"},
      {"Arn": "arn:aws:iam::444455556666:role/edge", "AssumeRolePolicyDocument": {"Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}}]}},
      {"Arn": "arn:aws:iam::444455556666:role/auditors"}]}

    """
  private static let bindings = """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: auditors}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:auditors"}

    """

  private func migrate(_ files: [String], _ arguments: String...) throws -> ToolRun {
    try migrate(files, arguments)
  }

  private func migrate(_ files: [String], _ arguments: [String]) throws -> ToolRun {
    let folder = try TemporaryFolder()
    for (index, text) in files.enumerated() { try folder.write("\(index).yaml", text) }
    var run = ToolRun(["migrate", folder.path] + arguments)
    run.output = run.output.replacing(folder.path + "/", with: "")
    run.error = run.error.replacing(folder.path + "/", with: "")
    return run
  }

  @Test func everythingThatIsKnownIsUsed() throws {
    let run = try migrate([Self.configMap, Self.cluster, Self.roles, Self.bindings])
    #expect(run.status == 0 && run.error.isEmpty)
    try expectSnapshot(run.output, "migrate/plan.txt")
  }

  @Test func aListThatIsNotCompleteProvesNoAbsence() throws {
    let gone = Self.roles.replacing("role/auditors", with: "role/others")
    let complete = try migrate([Self.configMap, Self.cluster, gone, Self.bindings])
    #expect(complete.output.contains("IAM has no such principal"), "\(complete.output)")
    let part = gone.replacing("{\"Roles\"", with: "{\"IsTruncated\": true, \"Roles\"")
    let run = try migrate([Self.configMap, Self.cluster, part, Self.bindings])
    #expect(!run.output.contains("IAM has no such principal"), "\(run.output)")
    #expect(run.output.contains("role/teams/Dev"))
    #expect(run.error.contains("2.yaml:1:32: the list is not complete"), "\(run.error)")
  }

  @Test func whatIsNotKnownIsAChoice() throws {
    let run = try migrate([Self.configMap, Self.cluster])
    #expect(run.status == 1)
    let chosen = try migrate(
      [Self.configMap], "--cluster", "shop", "--node-type", "edge=HYBRID_LINUX", "--rename-group",
      "system:auditors=auditors", "--username", "dev=dev:{{SessionName}}", "--mode",
      "API_AND_CONFIG_MAP", "--to", "json")
    #expect(chosen.status == 0, "\(chosen.output)")
    for text in ["HYBRID_LINUX", "\"auditors\"", "dev:{{SessionName}}"] {
      #expect(chosen.output.contains(text))
    }
  }

  @Test func aPolicyInPlaceOfAGroupIsJudged() throws {
    let files = [
      Self.configMap.replacing("system:auditors", with: "auditors"), Self.cluster, Self.roles,
      Self.bindings.replacing("system:auditors", with: "auditors"),
    ]
    func run(_ policy: String) throws -> ToolRun {
      try migrate(files, "--replace-group", "auditors=\(policy)", "--kubernetes-version", "1.30")
    }
    let view = try run("AmazonEKSViewPolicy")
    #expect(view.status == 0)
    #expect(view.output.contains("may do    what it may do now\n"))
    let secrets = try run("AmazonEKSSecretReaderPolicy")
    #expect(secrets.status == 1)
    let proof = try #require(secrets.output.range(of: "Proof: "))
    try expectSnapshot(String(secrets.output[proof.lowerBound...]), "migrate/proof.txt")
  }

  @Test func optionsThatMeanNothingAreRefused() throws {
    let stranger = try migrate(
      [Self.configMap, Self.cluster], "--rename-group", "auditors=a", "--node-type", "x=EC2")
    #expect(stranger.status == 2 && stranger.output.isEmpty)
    #expect(
      stranger.error == "eks-access: no row has \"x\", \"auditors\", which an option names\n")
    let policy = try migrate([Self.configMap], "--replace-group", "system:auditors=View")
    #expect(policy.status == 2 && policy.error.contains("There is no access policy \"View\""))
    let template = Self.configMap.replacing("system:auditors", with: "team:{{AccountID}}")
      .replacing("[team:{{AccountID}}]", with: "['team:{{AccountID}}']")
    func rename(_ group: String) throws -> ToolRun {
      try migrate([template, Self.cluster, Self.roles], "--rename-group", group + "=a")
    }
    #expect(try rename("team:444455556666").status == 0)
    let unfilled = try rename("team:{{AccountID}}")
    #expect(unfilled.status == 2 && unfilled.error.contains("write the account in place of"))
    let version = try migrate([Self.configMap], "--kubernetes-version", "newest")
    #expect(version.status == 2 && version.error.contains("A version is 1.33 or the like"))
  }

  @Test(arguments: [
    "plan", "json", "markdown", "aws-cli", "eksctl", "cloudformation", "ack", "crossplane",
    "terraform", "rbac", "aws-auth", "rollback",
  ])
  func everyFormatIsWritten(format: String) throws {
    let run = try migrate(
      [Self.configMap, Self.cluster, Self.roles, Self.bindings], "--to", format)
    #expect(run.status == 0 && !run.output.isEmpty)
  }

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
      try migrate(files, "--verify", "--mode", "CONFIG_MAP")
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
    let less = try migrate([row, entry, policies], "--verify")
    #expect(less.status == 1)
    #expect(
      less.output.hasPrefix(
        "0.yaml:6:16: arn:aws:iam::444455556666:role/dev has less than its row says already: the "
          + "entry that is there lacks AmazonEKSClusterAdminPolicy for the cluster"))
    let plan = try migrate([row, entry, policies])
    #expect(
      plan.status == 1 && plan.output.contains("\nNot ready: 1 row needs somebody; 1 has less"))
    // Without the answer about policies it cannot be told.
    let unknown = try migrate([row, entry], "--verify")
    #expect(unknown.status == 1 && unknown.output.contains("policies of arn:aws:iam::444455556666"))
    let given = policies.replacing(
      "[]",
      with: """
        [{"policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
          "accessScope": {"type": "cluster", "namespaces": []}}]
        """)
    let done = try migrate([row, entry, given], "--verify")
    #expect(done.status == 0 && done.output == "nobody loses access; 1 the same\n")
    #expect(try migrate([row, entry, given]).output.contains("\nReady: nobody loses access"))
  }

  @Test func aPatchIsNotTheWhole() throws {
    let patch = """
      kind: Kustomization
      apiVersion: kustomize.config.k8s.io/v1beta1
      patches:
        - target: {kind: ConfigMap, name: aws-auth}
          patch: |
            - op: replace
              path: /data/mapRoles
              value: |
                - rolearn: arn:aws:iam::444455556666:role/dev
                  username: dev

      """
    let run = try migrate([patch], "--cluster", "shop")
    #expect(run.status == 2 && run.error.contains("a patch of aws-auth is not the whole of it"))
    for named in ["patchesStrategicMerge: [./0.yaml]", "patches: [{path: 0.yaml}]"] {
      let file = try migrate(
        [Self.configMap, "kind: Kustomization\n\(named)\n"], "--cluster", "shop")
      #expect(file.status == 2 && file.error.contains("0.yaml:1:1: a patch of aws-auth is not"))
    }
    let resource = try migrate(
      [Self.configMap, Self.cluster, Self.roles, Self.bindings, "resources: [0.yaml]\n"])
    #expect(resource.status == 0)
  }

  @Test func verifyingTellsWhoWouldBeLockedOut() throws {
    let alone = try migrate([Self.configMap, Self.cluster], "--verify")
    #expect(alone.status == 1)
    #expect(alone.output.hasPrefix("lost     arn:aws:iam::444455556666:role/edge (nodes)"))
    let entries = try migrate(
      [Self.configMap, Self.cluster, Self.roles, Self.bindings], "--to", "eksctl")
    let done = try migrate([Self.configMap, Self.cluster, entries.output], "--verify")
    #expect(done.status == 0)
    #expect(done.output == "nobody loses access; 4 the same\n")
  }

  @Test func aPlaceholderIsNoPlan() throws {
    let text = Self.configMap.replacing("arn:aws:iam::444455556666:role/nodes", with: "<nodes>")
    let run = try migrate([text, Self.cluster, Self.roles, Self.bindings])
    #expect(run.status == 1)
    #expect(run.output.contains("still to be filled in"))
  }

  @Test func whatCannotBeReadIsNotPlannedWithout() throws {
    let broken = "{\"accessEntry\": {\"principalArn\": \"arn:aws:iam::444455556666:role/dev\"}\n"
    let run = try migrate([Self.configMap, Self.cluster, broken])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.error.contains("2.yaml:1:71: "), "\(run.error)")
  }

  @Test(arguments: [
    Self.bindings.replacing("\"system:auditors\"}", with: "[\"system:auditors\"}"),
    #"{"kind": "List", "items": [{"apiVersion": "rbac.authorization.k8s.io/v1", "kind":"#,
    "{\"cluster\":", "{\"Roles\": [{\"Arn\": \"arn:aws", "Users:\n- Arn: [\n", "{\"Users\"",
    "\u{FEFF}{\"cluster\":",
  ])
  func nothingThatCountsIsMissed(broken: String) throws {
    let run = try migrate([Self.configMap, Self.cluster, broken])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.error.hasPrefix("eks-access: 2.yaml:"), "\(run.error)")
  }

  @Test func anAnswerInUTF16IsNotMissed() throws {
    let folder = try TemporaryFolder()
    try folder.write("0.yaml", Self.configMap)
    try folder.write("1.json", [0xFF, 0xFE] + Self.cluster.utf8.flatMap { [$0, 0] })
    let run = ToolRun(["migrate", folder.path, "--cluster", "shop"])
    #expect(run.status == 2 && run.error.contains("1.json:1:1: "), "\(run.error)")
  }

  @Test(arguments: [
    "kind: Deployment\nname: {{ .Values.name }}\n  cluster: x\n", "a: [\n",
    "{\"name\": \"cluster\", ",
    "cluster:\n  name: {{ .Values.name }}\n", "x: Roles: \"Users\" x\n", "clusters: [\n",
  ])
  func otherFilesMayBeBroken(broken: String) throws {
    let run = try migrate([Self.configMap, Self.cluster, Self.roles, Self.bindings, broken])
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
  }

  @Test func clustersAreNotMixed() throws {
    let pay = Self.cluster.replacing("shop", with: "pay")
    let entry =
      #"{"accessEntry": {"clusterName": "pay", "type": "STANDARD", "kubernetesGroups": "#
      + #"["x"], "principalArn": "arn:aws:iam::444455556666:role/auditors"}}"#
    for files in [[Self.configMap, Self.cluster, entry], [Self.configMap, Self.cluster, pay]] {
      let run = try migrate(files)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(
        run.error == "eks-access: the files tell of two clusters: pay, shop; name one with "
          + "--cluster\n")
    }
    let files = [Self.configMap, Self.cluster, Self.roles, Self.bindings, entry]
    #expect(try migrate(files, "--cluster", "shop").status == 0)
    let other = try migrate(files, "--cluster", "pay")
    #expect(other.output.contains("the entry that is there lacks auditors"), "\(other.output)")
  }

  @Test(arguments: [[], ["--verify"]]) func whatEKSCannotReadIsNotPlanned(arguments: [String])
    throws
  {
    func error(_ files: [String]) throws -> String {
      let run = try migrate(files + [Self.cluster], arguments)
      #expect(run.status == 2 && run.output.isEmpty, "\(run.output)")
      return run.error
    }
    let broken = Self.configMap.replacing("username: auditor\n", with: "username: {{ .who }}\n")
    #expect(
      try error([broken])
        == "eks-access: 0.yaml:5:3: EKS cannot read mapRoles, so all of it is lost: repair it, or "
        + "render the template, before it is migrated\n")
    for (name, changed) in [
      ("kube-system/aws_auth", Self.configMap.replacing("aws-auth", with: "aws_auth")),
      ("tools/aws-auth", Self.configMap.replacing("kube-system", with: "tools")),
    ] {
      #expect(
        try error([changed]).contains("\"\(name)\" is not the ConfigMap kube-system/aws-auth"))
    }
    let mapping = """
      apiVersion: iamauthenticator.k8s.aws/v1alpha1
      kind: IAMIdentityMapping
      metadata: {name: ana}
      spec: {arn: "arn:aws:iam::444455556666:user/ana", username: ana}
      """
    let entry = #"{"accessEntry": {"principalArn": "arn:aws:iam::444455556666:role/dev"}}"#
    for file in [mapping, entry] {
      #expect(try error([file]) == "eks-access: no aws-auth ConfigMap among the files\n")
    }
  }

  @Test(arguments: [
    Self.configMap.replacing(", namespace: kube-system", with: ""),
    Self.configMap.replacing("aws-auth", with: "'${NAME}'"),
    Self.configMap.replacing("kube-system", with: "'{{ .Values.namespace }}'"),
    "data:\n  mapRoles" + Self.configMap.split(separator: "  mapRoles")[1],
  ])
  func aConfigMapOfNoOtherNameIsPlanned(configMap: String) throws {
    let run = try migrate([configMap, Self.cluster, Self.roles, Self.bindings])
    #expect(run.status == 0, "\(run.error)")
  }

  @Test func anEntryThatIsNotKnownIsNotProvidedFor() throws {
    func files(_ name: String) -> [String] {
      [
        Self.configMap, Self.cluster, Self.roles, Self.bindings,
        "{\"accessEntries\": [\"arn:aws:iam::444455556666:role/\(name)\"]}",
      ]
    }
    let run = try migrate(files("teams/dev"))
    #expect(run.status == 1 && run.error.contains("4.yaml:1:20: there is an access entry for"))
    let other = try migrate(files("somebody"))
    #expect(other.status == 0 && other.error.contains("4.yaml:1:20: there is an access entry for"))
    let template = """
      Resources:
        Ana:
          Type: AWS::EKS::AccessEntry
          Properties:
            PrincipalArn: arn:aws:iam::444455556666:role/ana
            KubernetesGroups: !Ref Groups
      """
    let known = [Self.configMap, Self.cluster, Self.roles, Self.bindings]
    #expect(try migrate(known + [template]).status == 1)
    let entries = try migrate(known, "--to", "eksctl").output
    let bindings = try migrate(known, "--to", "rbac").output
    let unbound = try migrate(known + [entries], "--verify")
    #expect(unbound.status == 1)
    #expect(unbound.output.contains("nothing binds the new names as auditors binds the old ones"))
    #expect(try migrate(known + [entries, bindings], "--verify").status == 0)
    let unclear = try migrate(known + [entries, bindings, template], "--verify")
    #expect(unclear.status == 1 && unclear.output.contains("nobody loses access"))
    #expect(unclear.output.contains("role/ana gives is not fully known yet"))
  }

  @Test func aNameOfSeveralPrincipalsIsAChoice() throws {
    let both = Self.configMap.replacing(
      "arn:aws:iam::444455556666:role/auditors", with: "arn:aws:iam::777788889999:role/dev")
    let run = try migrate([both, Self.cluster], "--username", "dev=dev:{{SessionName}}")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(
      run.error == "eks-access: rows of several principals have \"dev\", which an option names: "
        + "write the ARN in its place\n")
    let arn = try migrate(
      [both, Self.cluster], "--username", "arn:aws:iam::777788889999:role/dev=d:{{SessionName}}")
    #expect(arn.status == 1 && arn.output.contains("d:{{SessionName}}"))
  }

  @Test(arguments: [
    (["--node-type", "edge=NODE"], "There is no type \"NODE\""),
    (["--rename-group", "a=b", "--rename-group", "a=c"], "--rename-group names \"a\" twice"),
    (["--username", "a=b", "--username", "a=c"], "--username names \"a\" twice"),
    (
      ["--rename-group", "a=b", "--replace-group", "a=AmazonEKSViewPolicy"],
      "\"a\" stands in --rename-group and --replace-group"
    ),
    (
      ["--node-type", "edge=EC2", "--username", "arn:aws:iam::444455556666:role/edge=x"],
      "role/edge\" stands in --node-type and --username"
    ),
    (["--replace-group", "a=AmazonEKSAutoNodePolicy"], "is for nodes or services of AWS"),
    (["--cluster", "-shop"], "Missing value"), (["--cluster", "a b"], "is no name of a cluster"),
    (["--region", "eu central"], "A region is"), (["--sso-region", "US-EAST-1"], "A region is"),
    (["--account", "44"], "twelve digits"), (["--partition", "x"], "no partition \"x\""),
    (["--target-mode", "CONFIG_MAP"], "no way back"), (["--node-type", "edge"], "edge"),
    ([], "no file tells the name of the cluster"),
    (["--verify", "--to", "terraform"], "--verify is printed as"),
  ])
  func wrongOptionsAreRefused(arguments: [String], message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", Self.configMap)
    let run = ToolRun(["migrate", folder.path] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
  }
}
