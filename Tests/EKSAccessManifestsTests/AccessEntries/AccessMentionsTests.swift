import EKSAccessManifests
import Foundation
import TestSupport
import Testing

/// Files of folders are parsed only when a word in them speaks of access.
@Suite struct AccessMentionsTests {
  /// The least that is read in each language.
  private static let documents: [(AccessDialect, String)] = [
    (.awsCLI, #"{"clusterName": "a", "principalArn": "b"}"#),
    (.awsCLI, #"{"accessEntries": ["arn:aws:iam::444455556666:role/dev"]}"#),
    (.awsCLI, #"{"accessEntry": {"principalArn": "b"}}"#),
    (.awsCLI, #"{"clusterName": "a", "associatedAccessPolicies": [{"policyArn": "b"}]}"#),
    (.awsCLI, #"{"cluster": {"name": "a", "accessConfig": {"authenticationMode": "API"}}}"#),
    (.cloudFormation, "Resources: {A: {Type: AWS::EKS::Cluster}}"),
    (.cloudFormation, "Resources: {A: {Type: Custom::AWSCDK-EKS-Cluster}}"),
    (
      .cloudFormation,
      "Resources: {A: {Type: AWS::EKS::AccessEntry, Properties: {PrincipalArn: b}}}"
    ),
    (
      .eksctl,
      "{apiVersion: eksctl.io/v1alpha5, kind: ClusterConfig, accessConfig: {authenticationMode: API}}"
    ),
    (.ack, "{apiVersion: eks.services.k8s.aws/v1alpha1, kind: Cluster, spec: {name: a}}"),
    (
      .ack,
      "{apiVersion: eks.services.k8s.aws/v1alpha1, kind: AccessEntry, spec: {principalARN: b}}"
    ),
    (
      .crossplane,
      "{apiVersion: eks.aws.upbound.io/v1beta1, kind: Cluster, spec: {forProvider: {}}}"
    ),
    (
      .crossplane,
      "{apiVersion: eks.aws.m.upbound.io/v1beta1, kind: Cluster, spec: {forProvider: {}}}"
    ),
    (
      .crossplane,
      "{apiVersion: eks.aws.crossplane.io/v1beta1, kind: Cluster, spec: {forProvider: {}}}"
    ),
    (
      .capa,
      "{apiVersion: controlplane.cluster.x-k8s.io/v1beta2, kind: AWSManagedControlPlane, spec: {}}"
    ),
    (
      .terraform,
      #"{"format_version": "1.0", "values": {"root_module": {"resources": [{"address": "aws_eks_cluster.a", "#
        + #""mode": "managed", "type": "aws_eks_cluster", "name": "a", "values": {"name": "a"}}]}}}"#
    ),
  ]

  @Test(arguments: documents)
  func everyLanguageIsFoundByItsWords(dialect: AccessDialect, text: String) {
    let objects = accessObjects(text)
    let dialects =
      objects.entries.map(\.dialect) + objects.associations.map(\.dialect)
      + objects.clusters.map(\.dialect)
    #expect(Set(dialects) == [dialect], "\(text)")
    #expect(Mentions(in: Array(text.utf8)) == .accessEntries, "\(text)")
  }

  @Test func noLanguageIsLeftOut() {
    #expect(Set(Self.documents.map(\.0)) == Set(AccessDialect.allCases))
  }

  @Test func allFixturesAreFound() throws {
    let folder = TestData.fixtures.appendingPathComponent("access-entries")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.contains(".") }
    #expect(!paths.isEmpty)
    for path in paths {
      let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(path)))
      let mentions = Mentions(in: bytes)
      #expect(!mentions.isDisjoint(with: [.accessEntries, .awsAuth]), "\(path)")
      if !ManifestFile(bytes).accessObjects.isEmpty {
        #expect(mentions.contains(.accessEntries), "\(path)")
      }
    }
  }

  @Test(arguments: [
    "kind: Service\nmetadata: {name: eks}\n", "accessPolicy: {inbound: {}}\n",
    "metadata: {annotations: {eks.amazonaws.com/role-arn: a}}\n", "accessModes: [ReadWriteOnce]\n",
  ])
  func ordinaryManifestsArePassedOver(text: String) {
    #expect(Mentions(in: Array(text.utf8)).isEmpty)
  }
}
