import Foundation
import TestSupport
import Testing

@Suite struct ResolveCommandTests {
  private static let manifest = """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: aws-auth
      namespace: kube-system
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/orders
          username: lost
        - rolearn: arn:aws:iam::444455556666:role/teams/orders
          username: never
        - rolearn: arn:aws:iam::444455556666:role/Orders
          username: "orders:{{SessionName}}"
          groups: [deployers, viewers]
        - username: dropped
      mapUsers: |
        - userarn: arn:aws:iam::444455556666:user/Ana
          username: ana
        - userarn: arn:aws:iam::444455556666:user/ana
          username: anna
          groups: [deployers]
        - userarn: arn:aws:iam::444455556666:user/node
          username: "system:node:<<EC2PrivateDNSName>>"

    """

  private func run(_ arguments: [String], input: String = manifest) -> ToolRun {
    ToolRun(["resolve"] + arguments + ["-"], input: Array(input.utf8))
  }

  struct Question: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var status: Int32 = 0
    var testDescription: String { name }
  }

  static let session = "arn:aws:sts::444455556666:assumed-role/"
  static let questions = [
    Question(name: "role", arguments: [session + "orders/ana@example.org"]),
    Question(name: "role-without-session", arguments: ["arn:aws:iam::444455556666:role/orders"]),
    Question(
      name: "node",
      arguments: [
        session + "blue-nodes/i-0123456789abcdef0", "--private-dns-name", "ip-10-0-0-1.internal",
      ]),
    Question(name: "not-an-instance", arguments: [session + "blue-nodes/ana"], status: 1),
    Question(name: "users-tied", arguments: ["arn:aws:iam::444455556666:user/ana"]),
    Question(name: "not-mapped", arguments: [session + "nobody/x"], status: 1),
    Question(name: "angle-brackets", arguments: ["arn:aws:iam::444455556666:user/node"], status: 1),
    Question(
      name: "angle-brackets-literal",
      arguments: ["--literal-angle-brackets", "arn:aws:iam::444455556666:user/node"]),
    Question(
      name: "mode-api", arguments: ["--authentication-mode", "API", session + "orders/x"], status: 1
    ),
    Question(name: "all", arguments: ["--all"]),
    Question(name: "group", arguments: ["--group", "deployers"]),
    Question(name: "username", arguments: ["--username", "orders:ana"]),
    Question(name: "username-nobody", arguments: ["--username", "root"], status: 1),
    Question(name: "json", arguments: ["--format", "json", session + "orders/x"]),
    Question(name: "all-json", arguments: ["--all", "--format", "json"]),
  ]

  @Test(arguments: questions) func answersAreAsRecorded(question: Question) throws {
    let run = run(question.arguments)
    #expect(run.status == question.status, "\(run.error)")
    #expect(run.error.isEmpty != (question.name == "username-nobody"), "\(run.error)")
    try expectSnapshot(run.output, "resolve/\(question.name).txt")
  }

  @Test func theCallerCanComeFromGetCallerIdentity() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("aws-auth.yaml", Self.manifest)
    let identity = """
      {"UserId": "AROAEXAMPLE:ana", "Account": "444455556666",
       "Arn": "arn:aws:sts::444455556666:assumed-role/orders/ana"}
      """
    let run = ToolRun(["resolve", "-", file], input: Array(identity.utf8))
    #expect(run.status == 0 && run.output.contains("username  orders:ana\n"), "\(run.output)")
    let wrong = ToolRun(["resolve", "-", file], input: Array("{}".utf8))
    #expect(wrong.status == 2 && wrong.error.contains("get-caller-identity"))
  }

  @Test func anAccessEntryAndTheModeTakePart() throws {
    let folder = try TemporaryFolder()
    try folder.write("aws-auth.yaml", Self.manifest)
    try folder.write(
      "entry.json",
      """
      {"accessEntry": {"principalArn": "arn:aws:iam::444455556666:role/teams/orders",
        "kubernetesGroups": ["entry-group"], "username": "entry:{{SessionName}}",
        "type": "STANDARD"}}
      ---
      {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/teams/orders",
        "associatedAccessPolicies": [{"accessScope": {"type": "namespace", "namespaces": ["web"]},
          "policyArn": "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"}]}
      """)
    let arn = Self.session + "orders/ana"
    let entry = ToolRun(["resolve", arn, folder.path])
    #expect(entry.status == 0 && entry.output.contains("username  entry:ana\n"), "\(entry.output)")
    #expect(entry.output.contains("policy    AmazonEKSViewPolicy (namespace web)\n"))
    let all = ToolRun(["resolve", "--all", folder.path])
    #expect(all.output.contains("  policy    AmazonEKSViewPolicy (namespace web)\n"))
    #expect(entry.output.contains("access entries are asked first"))
    try folder.write(
      "cluster.json", #"{"cluster": {"accessConfig": {"authenticationMode": "CONFIG_MAP"}}}"#)
    let configMap = ToolRun(["resolve", arn, folder.path])
    #expect(configMap.output.contains("username  orders:ana\n"), "\(configMap.output)")
  }

  @Test func identityMappingObjectsAreRead() throws {
    let object = """
      apiVersion: iamauthenticator.k8s.aws/v1alpha1
      kind: IAMIdentityMapping
      metadata: {name: ana}
      spec:
        arn: arn:aws:iam::444455556666:user/ana
        username: ana
        groups: [viewers]
      """
    let run = run(["arn:aws:iam::444455556666:user/ana"], input: object)
    #expect(run.status == 0 && run.output.contains("groups    viewers\n"), "\(run.output)")
  }

  @Test(arguments: [
    ["arn:aws:iam::444455556666:group/x"], ["arn:aws:iam::444455556666:instance-profile/x"],
    ["x"], ["--all", "--group", "x"], [],
  ])
  func whatCannotBeAskedSaysWhy(arguments: [String]) {
    let run = ToolRun(["resolve"] + arguments + (arguments.isEmpty ? [] : ["-"]))
    #expect(run.status == 2 && !run.error.isEmpty && run.output.isEmpty)
  }

  @Test func severalConfigMapsAreNoCluster() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", Self.manifest)
    try folder.write("b.yaml", Self.manifest)
    let run = ToolRun(["resolve", "--all", folder.path])
    #expect(run.status == 2 && run.error.contains("2 aws-auth ConfigMaps"))
    #expect(ToolRun(["resolve", "--all", folder.path + "/a.yaml"]).status == 0)
  }

  @Test func unreadableSectionsAreNamed() throws {
    let broken = Self.manifest.replacing("username: lost", with: "username: {{lost}}")
    let run = run([Self.session + "orders/x"], input: broken)
    #expect(run.status == 1 && run.output.contains("EKS cannot read mapRoles"))
  }
}
