import EKSAccess
import KubernetesRBAC
import Testing

@Suite struct AccessPolicyTests {
  @Test func namesAreThereOnce() {
    let names = AccessPolicy.catalogue.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("AmazonEKSAutoNodePolicy"))
  }

  @Test(arguments: [
    ("AmazonEKSClusterAdminPolicy", 2), ("AmazonEKSAdminPolicy", 22), ("AmazonEKSEditPolicy", 20),
    ("AmazonEKSViewPolicy", 10), ("AmazonEKSAdminViewPolicy", 1), ("AmazonEKSHybridPolicy", 1),
    ("AmazonEKSSecretReaderPolicy", 1),
  ])
  func rulesAreThoseOfTheUserGuide(name: String, count: Int) throws {
    let rules = try #require(AccessPolicy.named(name)?.rules)
    #expect(rules.count == count)
    #expect(rules.allSatisfy { !$0.verbs.isEmpty && !$0.apiGroups.contains("core") })
  }

  @Test func rulesAllowWhatTheGuideSays() throws {
    let view = try #require(AccessPolicy.named("AmazonEKSViewPolicy")?.rules)
    func allows(_ verb: String, _ group: String, _ resource: String) -> Bool {
      view.contains { $0.allows(verb, group: group, resource: resource, name: "") }
    }
    #expect(allows("list", "", "pods"))
    #expect(allows("get", "apps", "deployments"))
    #expect(!allows("list", "", "secrets"))
    #expect(!allows("create", "", "pods"))
    #expect(
      AccessPolicy.clusterAdmin.rules?.contains { $0.allows("get", path: "/metrics") } == true)
    #expect(AccessPolicy.autoNode.rules == nil)
  }

  @Test(arguments: [Partition.aws, .china, .govCloud])
  func arnsAreReadAndWritten(partition: Partition) {
    let text = AccessPolicy.clusterAdmin.arn(in: partition)
    #expect(text == "arn:\(partition):eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")
    #expect(AccessPolicyARN(text)?.policy == .clusterAdmin)
  }

  @Test(arguments: [
    "arn:aws:iam::aws:policy/AmazonEKSClusterAdminPolicy",
    "arn:aws:eks:us-east-1:aws:cluster-access-policy/AmazonEKSViewPolicy",
    "arn:aws:eks::444455556666:cluster-access-policy/AmazonEKSViewPolicy",
    "arn:aws:eks::aws:cluster-access-policy/", "AmazonEKSViewPolicy", "",
    "arn:aws:eks::aws:cluster-access-policy/x/y",
  ])
  func otherTextsAreNoPolicies(text: String) {
    #expect(AccessPolicyARN(text) == nil)
  }

  @Test(arguments: [
    (["dev-*"], "dev-web", true), (["dev-*"], "dev", false), (["dev-*"], "xdev-a", false),
    (["web"], "web", true), (["web"], "webs", false), (["*"], "anything", true), ([], "web", false),
    (["a*b*c"], "a-b-b-c", true), (["a*b*c"], "a-c-b", false), (["*-*-*-x"], "1-2-3-x", true),
  ])
  func scopesCoverNamespaces(patterns: [String], name: String, covers: Bool) {
    #expect(AccessScope.namespaces(patterns).covers(namespace: name) == covers)
    #expect(AccessScope.cluster.covers(namespace: name))
  }

  @Test func aScopeCoversWhatIsNarrower() {
    #expect(AccessScope.cluster.covers(.namespaces(["a"])))
    #expect(!AccessScope.namespaces(["*"]).covers(.cluster))
    #expect(AccessScope.namespaces(["dev-*"]).covers(.namespaces(["dev-a", "dev-a*"])))
    #expect(!AccessScope.namespaces(["dev-*"]).covers(.namespaces(["*"])))
  }

  @Test(
    arguments: [
      (AuthenticationMode.configMap, AuthenticationMode.api, [.apiAndConfigMap, .api]),
      (.configMap, .apiAndConfigMap, [.apiAndConfigMap]), (.api, .api, []),
      (.api, .configMap, nil), (.apiAndConfigMap, .configMap, nil),
    ] as [(AuthenticationMode, AuthenticationMode, [AuthenticationMode]?)])
  func modesHaveOneWay(
    from: AuthenticationMode, to: AuthenticationMode, steps: [AuthenticationMode]?
  ) {
    #expect(from.steps(to: to) == steps)
    #expect((from.refusal(ofUpdateTo: to) == nil) == ((steps?.count ?? 2) < 2))
  }
}
