import Foundation
import TestSupport
import Testing

@Suite struct DiffCommandTests {
  private static let before = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: aws-auth, namespace: kube-system}
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/dev
          username: dev:{{SessionName}}
          groups: [developers, viewers]
        - rolearn: arn:aws:iam::444455556666:role/ci
          username: ci
          groups: [deployers]

    """
  private static let entries = """
    apiVersion: eksctl.io/v1alpha5
    kind: ClusterConfig
    metadata: {name: shop, region: eu-central-1}
    accessConfig:
      authenticationMode: API
      accessEntries:
        - principalARN: arn:aws:iam::444455556666:role/teams/dev
          kubernetesUsername: dev:{{SessionName}}
          kubernetesGroups: [developers]
          accessPolicies:
            - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy
              accessScope: {type: cluster}
        - principalARN: arn:aws:iam::444455556666:role/ci
          kubernetesUsername: ci-bot
          kubernetesGroups: [deployers]
        - principalARN: arn:aws:iam::444455556666:role/new|*role*
          kubernetesGroups: [g]

    """

  private func diff(_ before: String, _ after: String, _ arguments: String...) throws -> ToolRun {
    let folder = try TemporaryFolder()
    let path = try folder.write("before.yaml", before)
    var run = ToolRun(["diff", path, "-"] + arguments, input: Array(after.utf8))
    run.output = run.output.replacing(folder.path + "/", with: "")
    return run
  }

  @Test(arguments: ["text", "json", "markdown"])
  func everyFormatNamesNodesFirst(format: String) throws {
    let run = try diff(Self.before, Self.entries, "--format", format)
    #expect(run.status == 1 && run.error.isEmpty)
    try expectSnapshot(run.output, "diff/entries.\(format)")
  }

  @Test func theSameIsTheSame() throws {
    let reordered = Self.before.replacing("[developers, viewers]", with: "[viewers, developers]")
    let run = try diff(Self.before, reordered)
    #expect(run.status == 0)
    #expect(run.output == "nobody loses access; 3 the same\n")
  }

  @Test func aSectionThatDoesNotParseLosesEverybody() throws {
    let broken = Self.before.replacing("      username: ci\n", with: "       username: ci\n")
    let run = try diff(Self.before, broken)
    #expect(run.status == 1)
    #expect(run.output.contains("lost     arn:aws:iam::444455556666:role/nodes (nodes)"))
    #expect(run.output.contains("<stdin>:5:3: EKS cannot read mapRoles, so all of it is lost"))
  }

  @Test func aPlanOfTerraformHasBothSides() throws {
    let plan = TestData.fixtures.appendingPathComponent("access-entries/terraform/plan.json").path
    let all = ToolRun(["diff", plan])
    #expect(
      all.status == 2 && all.error.contains("tell of two clusters: forge, shop;"), "\(all.error)")
    let run = ToolRun(["diff", plan, "--cluster", "shop"])
    #expect(run.status == 1)
    try expectSnapshot(
      run.output.replacing(TestData.root.path + "/", with: ""), "diff/terraform-plan.txt")
  }

  private static let masters = """
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/dev
          username: arn:aws:sts::444455556666:assumed-role/dev/{{SessionName}}
          groups: [system:masters]

    """
  private static let described = """
    {"accessEntry": {"clusterName": "shop", "type": "STANDARD", "kubernetesGroups": [],
      "principalArn": "arn:aws:iam::444455556666:role/dev"}}
    """
  private static let policies = [
    """
    {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/dev",
     "associatedAccessPolicies": [{"accessScope": {"type": "cluster", "namespaces": []},
       "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"}]}
    """,
    """
    apiVersion: eks.aws.upbound.io/v1beta1
    kind: AccessPolicyAssociation
    metadata: {name: dev}
    spec:
      forProvider:
        clusterName: shop
        principalArn: arn:aws:iam::444455556666:role/dev
        policyArn: arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy
        accessScope: [{type: cluster}]
    """,
  ]

  @Test(arguments: policies) func policiesMayStandInAnotherFile(policies: String) throws {
    let folder = try TemporaryFolder()
    let before = try folder.write("before.yaml", Self.masters)
    try folder.write("after/1-policies.yaml", policies)
    try folder.write("after/2-entry.yaml", Self.described)
    try folder.write("after/3-policies.yaml", policies)
    let run = ToolRun(["diff", before, folder.path + "/after"])
    #expect(run.status == 0, "\(run.output)")
    #expect(
      run.output.contains(
        "         policies  AmazonEKSClusterAdminPolicy (cluster) in place of system:masters\n"),
      "\(run.output)")
    #expect(!run.output.contains("gains "))
    try folder.write("after/1-policies.yaml", policies.replacing("shop", with: "pay"))
    try folder.write("after/3-policies.yaml", "")
    #expect(ToolRun(["diff", before, folder.path + "/after"]).status == 1)
  }

  @Test func oneInputThatIsNoPlanIsRefused() throws {
    let run = ToolRun(["diff", "-"], input: Array(Self.before.utf8))
    #expect(run.status == 2 && run.error.contains("one plan of Terraform"))
  }

  @Test func whatIsNoMappingIsRefused() throws {
    let run = try diff(Self.before, "kind: Pod\n")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.error.contains("no aws-auth ConfigMap, other mapping or access entry in -"))
    #expect(ToolRun(["diff", "-", "-"]).status == 2)
  }

  /// The same file with a mistake and without: who was locked out is told.
  @Test(.enabled(if: TestData.external != nil))
  func repairsBringPeopleBack() throws {
    func name(_ url: URL) -> String {
      String(url.lastPathComponent.prefix { $0 != "@" })
    }
    let fixed = TestData.externalFiles(below: "corpus/configmap-history-fixed")
    for after in fixed {
      let before = TestData.externalFiles(below: "corpus/configmap-history-broken")
        .filter { name($0) == name(after) }
      #expect(!before.isEmpty, "\(name(after))")
      for before in before {
        let run = ToolRun(["diff", before.path, after.path])
        #expect(run.status == 0 || run.status == 1, "\(run.error)")
        let words = ["gained", "lost", "reduced", "changed"]
        #expect(words.contains { run.output.contains($0 + " ") }, "\(run.output)")
      }
    }
  }
}
