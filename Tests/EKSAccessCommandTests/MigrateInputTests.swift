import TestSupport
import Testing

/// What a plan is made from, and what is refused.
@Suite struct MigrateInputTests {
  @Test func aListThatIsNotCompleteProvesNoAbsence() throws {
    let gone = MigrateFiles.roles.replacing("role/auditors", with: "role/others")
    let complete = try MigrateFiles.migrate([
      MigrateFiles.configMap, MigrateFiles.cluster, gone, MigrateFiles.bindings,
    ])
    #expect(complete.output.contains("IAM has no such principal"), "\(complete.output)")
    let part = gone.replacing("{\"Roles\"", with: "{\"IsTruncated\": true, \"Roles\"")
    let run = try MigrateFiles.migrate([
      MigrateFiles.configMap, MigrateFiles.cluster, part, MigrateFiles.bindings,
    ])
    #expect(!run.output.contains("IAM has no such principal"), "\(run.output)")
    #expect(run.output.contains("role/teams/Dev"))
    #expect(run.error.contains("2.yaml:1:32: the list is not complete"), "\(run.error)")
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
    let run = try MigrateFiles.migrate([patch], "--cluster", "shop")
    #expect(run.status == 2 && run.error.contains("a patch of aws-auth is not the whole of it"))
    for named in ["patchesStrategicMerge: [./0.yaml]", "patches: [{path: 0.yaml}]"] {
      let file = try MigrateFiles.migrate(
        [MigrateFiles.configMap, "kind: Kustomization\n\(named)\n"], "--cluster", "shop")
      #expect(file.status == 2 && file.error.contains("0.yaml:1:1: a patch of aws-auth is not"))
    }
    let resource = try MigrateFiles.migrate(
      [
        MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
        "resources: [0.yaml]\n",
      ])
    #expect(resource.status == 0)
  }

  @Test func aPlaceholderIsNoPlan() throws {
    let text = MigrateFiles.configMap.replacing(
      "arn:aws:iam::444455556666:role/nodes", with: "<nodes>")
    let run = try MigrateFiles.migrate([
      text, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
    ])
    #expect(run.status == 1)
    #expect(run.output.contains("still to be filled in"))
  }

  @Test func whatCannotBeReadIsNotPlannedWithout() throws {
    let broken = "{\"accessEntry\": {\"principalArn\": \"arn:aws:iam::444455556666:role/dev\"}\n"
    let run = try MigrateFiles.migrate([MigrateFiles.configMap, MigrateFiles.cluster, broken])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.error.contains("2.yaml:1:71: "), "\(run.error)")
  }

  @Test(arguments: [
    MigrateFiles.bindings.replacing("\"system:auditors\"}", with: "[\"system:auditors\"}"),
    #"{"kind": "List", "items": [{"apiVersion": "rbac.authorization.k8s.io/v1", "kind":"#,
    "{\"cluster\":", "{\"Roles\": [{\"Arn\": \"arn:aws", "Users:\n- Arn: [\n", "{\"Users\"",
    "\u{FEFF}{\"cluster\":",
  ])
  func nothingThatCountsIsMissed(broken: String) throws {
    let run = try MigrateFiles.migrate([MigrateFiles.configMap, MigrateFiles.cluster, broken])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.error.hasPrefix("eks-access: 2.yaml:"), "\(run.error)")
  }

  @Test func anAnswerInUTF16IsNotMissed() throws {
    let folder = try TemporaryFolder()
    try folder.write("0.yaml", MigrateFiles.configMap)
    try folder.write("1.json", [0xFF, 0xFE] + MigrateFiles.cluster.utf8.flatMap { [$0, 0] })
    let run = ToolRun(["migrate", folder.path, "--cluster", "shop"])
    #expect(run.status == 2 && run.error.contains("1.json:1:1: "), "\(run.error)")
  }

  @Test(arguments: [
    "kind: Deployment\nname: {{ .Values.name }}\n  cluster: x\n", "a: [\n",
    "{\"name\": \"cluster\", ",
    "cluster:\n  name: {{ .Values.name }}\n", "x: Roles: \"Users\" x\n", "clusters: [\n",
  ])
  func otherFilesMayBeBroken(broken: String) throws {
    let run = try MigrateFiles.migrate([
      MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
      broken,
    ])
    #expect(run.status == 0 && run.error.isEmpty, "\(run.error)")
  }

  @Test func clustersAreNotMixed() throws {
    let pay = MigrateFiles.cluster.replacing("shop", with: "pay")
    let entry =
      #"{"accessEntry": {"clusterName": "pay", "type": "STANDARD", "kubernetesGroups": "#
      + #"["x"], "principalArn": "arn:aws:iam::444455556666:role/auditors"}}"#
    for files in [
      [MigrateFiles.configMap, MigrateFiles.cluster, entry],
      [MigrateFiles.configMap, MigrateFiles.cluster, pay],
    ] {
      let run = try MigrateFiles.migrate(files)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(
        run.error == "eks-access: the files tell of two clusters: pay, shop; name one with "
          + "--cluster\n")
    }
    let files = [
      MigrateFiles.configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
      entry,
    ]
    #expect(try MigrateFiles.migrate(files, "--cluster", "shop").status == 0)
    let other = try MigrateFiles.migrate(files, "--cluster", "pay")
    #expect(other.output.contains("the entry that is there lacks auditors"), "\(other.output)")
  }

  @Test(arguments: [[], ["--verify"]]) func whatEKSCannotReadIsNotPlanned(arguments: [String])
    throws
  {
    func error(_ files: [String]) throws -> String {
      let run = try MigrateFiles.migrate(files + [MigrateFiles.cluster], arguments)
      #expect(run.status == 2 && run.output.isEmpty, "\(run.output)")
      return run.error
    }
    let broken = MigrateFiles.configMap.replacing(
      "username: auditor\n", with: "username: {{ .who }}\n")
    #expect(
      try error([broken])
        == "eks-access: 0.yaml:5:3: EKS cannot read mapRoles, so all of it is lost: repair it, or "
        + "render the template, before it is migrated\n")
    for (name, changed) in [
      ("kube-system/aws_auth", MigrateFiles.configMap.replacing("aws-auth", with: "aws_auth")),
      ("tools/aws-auth", MigrateFiles.configMap.replacing("kube-system", with: "tools")),
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
    MigrateFiles.configMap.replacing(", namespace: kube-system", with: ""),
    MigrateFiles.configMap.replacing("aws-auth", with: "'${NAME}'"),
    MigrateFiles.configMap.replacing("kube-system", with: "'{{ .Values.namespace }}'"),
    "data:\n  mapRoles" + MigrateFiles.configMap.split(separator: "  mapRoles")[1],
  ])
  func aConfigMapOfNoOtherNameIsPlanned(configMap: String) throws {
    let run = try MigrateFiles.migrate([
      configMap, MigrateFiles.cluster, MigrateFiles.roles, MigrateFiles.bindings,
    ])
    #expect(run.status == 0, "\(run.error)")
  }
}
