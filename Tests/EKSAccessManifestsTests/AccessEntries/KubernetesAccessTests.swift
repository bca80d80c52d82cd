import EKSAccess
import EKSAccessManifests
import Foundation
import TestSupport
import Testing

/// One cluster's entries in every language of Kubernetes objects: the files say the same.
@Suite struct KubernetesAccessTests {
  private static let account = "arn:aws:iam::444455556666"
  private static let policies = "arn:aws:eks::aws:cluster-access-policy"

  private static let entries = [
    AccessEntry(
      principalARN: "\(account):role/teams/developers", username: "dev:{{SessionName}}",
      groups: ["developers", "readers"],
      policies: [
        AccessPolicyAssociation(
          policyARN: "\(policies)/AmazonEKSEditPolicy", scope: .namespaces(["shop", "dev-*"])),
        AccessPolicyAssociation(policyARN: "\(policies)/AmazonEKSViewPolicy"),
      ]),
    AccessEntry(principalARN: "\(account):role/shop-nodes", kind: .ec2Linux),
  ]

  private func objects(_ name: String) throws -> AccessObjects {
    let url = TestData.root.appendingPathComponent("Fixtures/access-entries/\(name)")
    return accessObjects(try String(contentsOf: url, encoding: .utf8))
  }

  @Test(arguments: [
    ("eksctl.yaml", AccessDialect.eksctl), ("ack.yaml", .ack), ("capa.yaml", .capa),
    ("crossplane.yaml", .crossplane), ("crossplane-namespaced.yaml", .crossplane),
  ])
  func everyLanguageSaysTheSame(file: String, dialect: AccessDialect) throws {
    let objects = try objects(file)
    #expect(objects.entries.map(\.entry) == Self.entries)
    #expect(objects.entries.allSatisfy { $0.dialect == dialect && $0.unresolved.isEmpty })
    #expect(objects.entries.allSatisfy { $0.cluster == "shop" && !$0.isObserved })
    #expect(objects.clusters.contains { $0.cluster == "shop" && $0.mode == .apiAndConfigMap })
  }

  @Test func referencesAreNotKnownYet() throws {
    let objects = try objects("crossplane-references.yaml")
    let entry = try #require(objects.entries.first)
    // One of the associations selects its entry by labels.
    #expect(entry.unresolved == [.principalARN, .policies])
    #expect(entry.cluster == "labels: cluster=shop")
    #expect(entry.entry.policies.map(\.scope) == [.cluster])
    #expect(objects.associations.map(\.principalIsUnresolved) == [true, true])
  }

  @Test(
    arguments: [
      (
        "eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: x}",
        AuthenticationMode.apiAndConfigMap
      ),
      (
        "eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: {name: x}\noutpost: {controlPlaneOutpostARN: a}",
        nil
      ),
      ("eks.services.k8s.aws/v1alpha1\nkind: Cluster\nmetadata: {name: x}\nspec: {}", .configMap),
      (
        "controlplane.cluster.x-k8s.io/v1beta2\nkind: AWSManagedControlPlane\nmetadata: {name: x}\nspec: {}",
        .configMap
      ),
      (
        "controlplane.cluster.x-k8s.io/v1beta2\nkind: AWSManagedControlPlane\nmetadata: {name: x}\nspec: {accessConfig: {authenticationMode: api}}",
        .api
      ),
      (
        "controlplane.cluster.x-k8s.io/v1beta2\nkind: AWSManagedControlPlane\nmetadata: {name: x}\nspec: {accessConfig: {authenticationMode: Api}}",
        nil
      ),
    ] as [(String, AuthenticationMode?)])
  func everyToolHasItsDefaultMode(text: String, mode: AuthenticationMode?) {
    #expect(accessObjects("apiVersion: \(text)\n").clusters.first?.mode == mode)
  }

  @Test func whatAControllerFilledInIsObserved() {
    let text = """
      apiVersion: eks.aws.upbound.io/v1beta1
      kind: AccessEntry
      metadata: {name: nodes}
      spec: {forProvider: {principalArn: "\(Self.account):role/n", type: EC2_LINUX, userName: "system:node:{{EC2PrivateDNSName}}"}}
      status: {atProvider: {id: x}}
      """
    #expect(accessObjects(text).entries.map(\.isObserved) == [true])
  }
}
