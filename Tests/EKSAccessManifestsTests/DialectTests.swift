import EKSAccess
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessManifests

/// Mappings that are kept elsewhere than in a ConfigMap.
@Suite struct DialectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    /// The rows as `section arn username groups`, then the accounts.
    var rows: [String]
    var dialect: MappingDialect?

    var testDescription: String { name }
  }

  private static func rows(_ manifests: [AWSAuthManifest]) -> [String] {
    manifests.flatMap(\.sections).flatMap { section in
      section.entries.map { entry in
        let groups = entry.groups.map(\.value).joined(separator: ",")
        let words = [section.section.rawValue, entry.arn?.value, entry.mapping.username, groups]
        return words.compactMap { $0 }.joined(separator: " ")
      } + section.accounts.map { "\(section.section.rawValue) \($0.value)" }
    }
  }

  static let cases = [
    Case(
      name: "eksctl",
      text: """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        iamIdentityMappings:
          - {arn: "arn:aws:iam::1:role/r", username: u, groups: [g]}
          - {arn: "arn:aws:iam::1:user/u", Username: u, groups: [g]}
          - {account: "444455556666"}
          - {serviceName: emr-containers, namespace: emr}
        """,
      rows: [
        "mapRoles arn:aws:iam::1:role/r u g", "mapUsers arn:aws:iam::1:user/u  g",
        "mapAccounts 444455556666",
      ], dialect: .eksctl),
    Case(
      name: "eksctl fragment", text: "iamIdentityMappings: [{arn: r, username: u}]",
      rows: ["mapRoles r u "], dialect: .eksctl),
    Case(
      name: "EKS Anywhere, keys in any case",
      text: """
        apiVersion: anywhere.eks.amazonaws.com/v1alpha1
        kind: AWSIamConfig
        spec:
          mapRoles: [{roleARN: r, username: u, groups: [g, h]}, {rolearn: s, sso: {}}]
          mapUsers: [{userARN: v}]
        """,
      rows: ["mapRoles r u g,h", "mapRoles s  ", "mapUsers v  "], dialect: .anywhere),
    Case(
      name: "control plane, exact keys",
      text: """
        apiVersion: controlplane.cluster.x-k8s.io/v1beta2
        kind: AWSManagedControlPlane
        spec:
          iamAuthenticatorConfig:
            mapRoles: [{rolearn: r, Groups: [g]}, {roleARN: s, groups: [g]}]
        """,
      rows: ["mapRoles r  ", "mapRoles  g"], dialect: .controlPlane),
    Case(
      name: "identity mapping",
      text: """
        apiVersion: iamauthenticator.k8s.aws/v1alpha1
        kind: IAMIdentityMapping
        spec: {arn: "arn:aws:iam::1:user/u", username: u, groups: [g]}
        """, rows: ["mapUsers arn:aws:iam::1:user/u u g"], dialect: .identityMapping),
    Case(
      name: "operator",
      text: """
        apiVersion: crd.awsauth.io/v1beta1
        kind: AwsAuthMapSnippet
        spec: {mapUsers: [{userarn: u, groups: [g]}]}
        """, rows: ["mapUsers u  g"], dialect: .operatorItem),
    Case(
      name: "server configuration, weakly typed",
      text: """
        server:
          MAPROLES: [{RoleARN: r, username: 12, groups: "g,h"}]
          mapAccounts: ["444455556666"]
        """, rows: ["mapRoles r 12 g,h", "mapAccounts 444455556666"], dialect: .serverConfig),
    Case(
      name: "server configuration in a ConfigMap",
      text: """
        kind: ConfigMap
        metadata: {name: aws-iam-authenticator}
        data:
          config.yaml: |
            server:
              mapUsers: [{userARN: u, groups: [1]}]
        """, rows: ["mapUsers u  1"], dialect: .serverConfig),
    Case(
      name: "strategic patch",
      text: """
        kind: Kustomization
        patches:
          - patch: |-
              kind: ConfigMap
              metadata: {name: aws-auth}
              data: {mapRoles: "[{roleARN: r}]"}
        """, rows: ["mapRoles r  "], dialect: .patch),
    Case(
      name: "patch of an older kustomization",
      text: """
        patchesStrategicMerge:
          - other.yaml
          - "data: {mapUsers: '[{userarn: u}]'}"
        """, rows: ["mapUsers u  "], dialect: .patch),
    Case(
      name: "JSON patch in a file of its own",
      text: """
        - {op: test, path: /data/mapRoles, value: "[{rolearn: no}]"}
        - {op: replace, path: /data/mapRoles, value: "[{rolearn: r}]"}
        - {op: add, path: /metadata/labels, value: "[{rolearn: no}]"}
        """, rows: ["mapRoles r  "], dialect: .patch),
    Case(
      name: "generator",
      text: #"""
        configMapGenerator:
          - name: other
            literals: ["mapRoles=[{rolearn: no}]"]
          - name: aws-auth
            literals: ["mapRoles=[{rolearn: \"r\", username: a=b}]", noEquals]
        """#, rows: ["mapRoles r a=b "], dialect: .generator),
    Case(
      name: "objects of other kinds",
      text: """
        apiVersion: example.org/v1
        kind: ClusterConfig
        iamIdentityMappings: [{arn: no}]
        ---
        apiVersion: example.org/v1
        kind: AWSIamConfig
        spec: {mapRoles: [{roleARN: no}]}
        ---
        apiVersion: example.org/v1
        kind: Settings
        server: {mapRoles: [{rolearn: no}]}
        ---
        server: {port: 80}
        ---
        [kind, ClusterConfig]
        """, rows: [], dialect: nil),
  ]

  @Test(arguments: cases) func rowsAreReadAsTheirReaderReadsThem(example: Case) {
    let file = ManifestFile(Array(example.text.utf8))
    #expect(file.configMaps.isEmpty)
    #expect(Self.rows(file.otherManifests) == example.rows)
    #expect(file.otherManifests.first?.dialect == example.dialect)
    #expect(
      file.otherManifests.flatMap(\.entries).allSatisfy { example.text.contains("no") || $0.isKept }
        || example.dialect?.readsKeysInAnyCase == false)
  }

  @Test(arguments: AWSAuthSection.allCases) func aFileCanBeTheTextOfASection(
    section: AWSAuthSection
  ) throws {
    let text = section == .mapAccounts ? "- 444455556666\n" : "# people\n- username: jane\n"
    let file = ManifestFile(Array(text.utf8), as: section)
    let manifest = try #require(file.otherManifests.first)
    #expect(manifest.dialect == .sectionList && manifest.sections.map(\.section) == [section])
    #expect(
      manifest.entries.map(\.mapping.username) == (section == .mapAccounts ? [] : ["jane"]))
    #expect(ManifestFile(Array(text.utf8)).manifests.isEmpty)
    #expect(ManifestFile([], as: section).manifests.flatMap(\.entries).isEmpty)
    #expect(ManifestFile(Array("a: [".utf8), as: section).manifests.isEmpty)
  }

  /// The places of ARNs in texts within texts are those of the file.
  @Test(arguments: [
    "patches:\n- patch: |-\n    data:\n      mapRoles: |\n        - rolearn: HERE\n",
    "patches:\n- patch: \"data: {mapRoles: '- {rolearn: HERE}'}\"\n",
    "configMapGenerator:\n- name: aws-auth\n  literals:\n  - 'mapRoles=- rolearn: HERE'\n",
    "configMapGenerator:\n- name: aws-auth\n  literals:\n  - |\n    mapRoles=- username: é\n      rolearn: HERE\n",
    "configMapGenerator:\n- name: aws-auth\n  literals: [\"mapRoles=- username: \\u00e9\\n  rolearn: HERE\"]\n",
    "kind: ConfigMap\ndata:\n  config.yaml: >\n    {server: {mapRoles:\n    [{rolearn: HERE}]}}\n",
  ])
  func placesAreThoseOfTheFile(text: String) throws {
    let bytes = Array(text.utf8)
    let entry = try #require(ManifestFile(bytes).manifests.first?.entries.first)
    let range = try #require(entry.arn?.range)
    #expect(String(decoding: bytes[range], as: UTF8.self) == "HERE")
  }

  @Test func aGeneratorKnowsItsFilesAndItsName() throws {
    let text = """
      generatorOptions: {disableNameSuffixHash: false}
      configMapGenerator:
        - name: aws-auth
          behavior: merge
          files: [mapRoles=a/roles.yaml, b/mapUsers.yaml, "other=c"]
      """
    let file = ManifestFile(Array(text.utf8))
    let generator = try #require(file.otherManifests.first?.generator)
    #expect(!generator.keepsName && !generator.createsConfigMap)
    #expect(generator.files.map(\.key.string) == ["mapRoles", "mapUsers.yaml", "other"])
    #expect(generator.sectionFiles.map(\.path) == ["a/roles.yaml"])
  }

  @Test(arguments: [
    "arn: 'arn:aws:iam::1:role/r', username: u", "account: '444455556666'",
    "serviceName: emr-containers, namespace: emr", "arn: '${arn}', groups: [g]",
  ])
  func eksctlTakesWhatItKnows(item: String) throws {
    #expect(try Self.refusals(item).isEmpty)
  }

  @Test(arguments: [
    ("account: 444455556666", EksctlClusterConfig.Refusal.accountNotText),
    ("account: '444455556666', namespace: emr", .accountWithOthers),
    ("serviceName: emr-containers", .serviceWithoutNamespace),
    ("namespace: emr", .namespaceWithoutService),
    ("serviceName: e, namespace: e, arn: a, username: u, groups: [g]", .serviceWithARN),
    ("arn: 'arn:aws:iam::1:role/r', groups: []", .noIdentity),
    ("arn: 'arn:aws:sts::1:assumed-role/r/s', groups: [g]", .neitherRoleNorUser),
  ])
  func eksctlRefuses(item: String, refusal: EksctlClusterConfig.Refusal) throws {
    #expect(try Self.refusals(item) == [refusal])
  }

  private static func refusals(_ item: String) throws -> [EksctlClusterConfig.Refusal] {
    let file = ManifestFile(Array("iamIdentityMappings: [{\(item)}]".utf8))
    return try #require(file.eksctlConfigs.first).refusals.map(\.value)
  }

  /// Whatever is cut off or in the way, reading goes on.
  @Test(arguments: cases.map(\.text)) func anyPrefixIsRead(text: String) {
    let bytes = Array(text.utf8)
    for end in bytes.indices {
      let file = ManifestFile(Array(bytes[..<end]))
      for entry in file.manifests.flatMap(\.entries) {
        #expect(entry.node.range.upperBound <= end)
      }
    }
  }
}
