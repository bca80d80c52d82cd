import EKSAccess
import EKSAccessManifests
import Testing

@Suite struct AWSCLIAccessTests {
  private static let view = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"
  private static let describe = """
    {
        "accessEntry": {
            "clusterName": "shop",
            "principalArn": "arn:aws:iam::444455556666:role/team/dev",
            "kubernetesGroups": ["devs"],
            "tags": {"team": "web"},
            "username": "dev:{{SessionName}}",
            "type": "STANDARD"
        }
    }
    """
  private static let associations = """
    {
        "associatedAccessPolicies": [
            {"policyArn": "\(view)", "accessScope": {"type": "namespace", "namespaces": ["web-*"]}}
        ],
        "clusterName": "shop",
        "principalArn": "arn:aws:iam::444455556666:role/team/dev"
    }
    """
  private static let entry = AccessEntry(
    principalARN: "arn:aws:iam::444455556666:role/team/dev", username: "dev:{{SessionName}}",
    groups: ["devs"],
    policies: [AccessPolicyAssociation(policyARN: view, scope: .namespaces(["web-*"]))],
    tags: ["team": "web"])

  @Test(arguments: [
    "\(describe)\n\(associations)", "\(associations)\n\(describe)",
    "[\(describe), \(associations)]",
    "\(describe)\n---\n\(associations)",
  ])
  func answersAreJoined(text: String) {
    let objects = accessObjects(text)
    #expect(objects.entries.map(\.entry) == [Self.entry])
    #expect(objects.entries.first?.cluster == "shop")
    #expect(objects.entries.first?.isObserved == true)
    #expect(objects.entries.first?.unresolved == [])
    #expect(
      source(text, objects.entries.first?.range(of: .namespaces(0))) == "[\"web-*\"]")
  }

  @Test func associationsOfOtherClustersAreNotJoined() {
    let other = Self.associations.replacing("\"shop\"", with: "\"forge\"")
    let objects = accessObjects("\(Self.describe)\n\(other)")
    #expect(objects.entries.map(\.entry.policies) == [[]])
    #expect(objects.associations.map(\.cluster) == ["forge"])
  }

  @Test func placesAreThoseOfTheFile() throws {
    let entry = try #require(accessObjects(Self.describe).entries.first)
    func text(_ field: AccessEntry.Field) -> String? {
      source(Self.describe, entry.range(of: field))
    }
    #expect(text(.principalARN) == "\"arn:aws:iam::444455556666:role/team/dev\"")
    #expect(text(.group(0)) == "\"devs\"")
    #expect(text(.username) == "\"dev:{{SessionName}}\"")
    #expect(text(.policies) == text(.principalARN))
  }

  @Test func aListOfPrincipalsTellsNothingElse() {
    let objects = accessObjects("{\"accessEntries\": [\"arn:aws:iam::444455556666:role/dev\"]}")
    #expect(objects.entries.map(\.entry.principalARN) == ["arn:aws:iam::444455556666:role/dev"])
    #expect(objects.entries.first?.unresolved.contains(.groups) == true)
  }

  @Test(
    arguments: [
      (#"{"cluster": {"name": "shop", "accessConfig": {"authenticationMode": "API"}}}"#, .api),
      (#"{"cluster": {"name": "shop", "accessConfig": {"authenticationMode": "NEW"}}}"#, nil),
      (#"{"cluster": {"name": "shop", "accessConfig": {}}}"#, nil),
    ] as [(String, AuthenticationMode?)])
  func clustersTellTheirMode(text: String, mode: AuthenticationMode?) {
    let clusters = accessObjects(text).clusters
    #expect(clusters.map(\.mode) == [mode])
    #expect(clusters.map(\.cluster) == ["shop"])
  }

  @Test func inputsAreNotObserved() {
    let text = """
      {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/n", "type": "EC2_LINUX"}
      {"clusterName": "shop", "principalArn": "arn:aws:iam::444455556666:role/n",
       "policyArn": "\(Self.view)", "accessScope": {"type": "cluster"}}
      """
    let entries = accessObjects(text).entries
    #expect(entries.map(\.isObserved) == [false])
    #expect(entries.map(\.entry.kind) == [.ec2Linux])
    #expect(entries.first?.entry.policies.map(\.scope) == [.cluster])
  }

  @Test(arguments: [
    "[]", "{}", "accessEntries: 3", "{\"accessEntry\": []}", "{\"cluster\": \"x\"}",
  ])
  func otherTextsHoldNothing(text: String) {
    #expect(accessObjects(text).isEmpty)
  }
}
