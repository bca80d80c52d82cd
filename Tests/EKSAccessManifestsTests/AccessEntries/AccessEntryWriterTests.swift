import EKSAccess
import EKSAccessManifests
import Testing

@Suite struct AccessEntryWriterTests {
  private static let hostile = [
    "a'b", "a\"b", "$(id)", "`id`", "a\nb", "${x}", "%{if}", "- a", "a: b", "#", "{{SessionName}}",
    "\\", "\u{1}", "é", "yes", "017", "",
  ]
  private static let entries: [AccessEntry] =
    hostile.enumerated().map { index, text in
      AccessEntry(
        principalARN: "arn:aws:iam::444455556666:role/dev\(index)", username: "u:" + text,
        groups: ["g" + text, text],
        policies: [
          AccessPolicyAssociation(
            policyARN: AccessPolicy.clusterAdmin.arn(in: .aws), scope: .namespaces(["n" + text])),
          AccessPolicyAssociation(policyARN: "arn:aws:eks::aws:cluster-access-policy/Other"),
        ])
    } + [
      AccessEntry(principalARN: "arn:aws:iam::444455556666:role/a/nodes", kind: .ec2Linux),
      AccessEntry(principalARN: "arn:aws:iam::444455556666:role/b/nodes", kind: .ec2Windows),
      AccessEntry(principalARN: "arn:aws:iam::444455556666:user/nodes"),
    ]

  private let writer = AccessEntryWriter(
    clusterName: "shop", region: "eu-central-1", authenticationMode: .apiAndConfigMap)

  @Test(arguments: [
    AccessEntryWriter.Format.awsCLI, .eksctl, .ack, .crossplane, .crossplaneNamespaced, .capa,
  ])
  func everyTextIsReadBack(format: AccessEntryWriter.Format) {
    let output = writer.write(Self.entries, as: format)
    let objects = accessObjects(output.text)
    #expect(objects.entries.map(\.entry) == Self.entries)
    #expect(objects.entries.allSatisfy { $0.cluster == "shop" && $0.unresolved.isEmpty })
    #expect(output.omissions.isEmpty)
  }

  @Test func whatALanguageCannotSayIsTold() {
    let entry = AccessEntry(
      principalARN: "arn:aws:iam::444455556666:role/n", kind: .hyperPodLinux, tags: ["a": "b"])
    #expect(writer.write([entry], as: .eksctl).omissions.count == 2)
    #expect(writer.write([entry], as: .capa).omissions.count == 1)
    for format in [AccessEntryWriter.Format.awsCLI, .ack, .crossplane] {
      let output = writer.write([entry], as: format)
      #expect(output.omissions.isEmpty)
      #expect(accessObjects(output.text).entries.map(\.entry) == [entry])
    }
  }

  @Test func namesAreUsedOnce() {
    var names = ObjectNames()
    let ids = Self.entries.suffix(3).map { names.logicalID(of: $0) }
    #expect(ids == ["NodesAccessEntry", "NodesAccessEntry2", "NodesAccessEntry3"])
    let odd = AccessEntry(principalARN: "arn:aws:iam::444455556666:role/Äß_9.x@y")
    #expect(names.name(of: odd) == "9-x-y")
    #expect(names.identifier(of: odd) == "_9_x_y")
    #expect(names.name(of: AccessEntry(principalARN: "")) == "entry")
  }

  @Test(arguments: AccessEntryWriter.Format.allCases)
  func noEntriesAreATextToo(format: AccessEntryWriter.Format) {
    #expect(accessObjects(writer.write([], as: format).text).entries.isEmpty)
  }
}
