import EKSAccess
import EKSAccessManifests
import Testing
import YAMLSource

@Suite struct TerraformConfigMapTests {
  @Test(arguments: ["plan-aws-auth.json", "state-aws-auth.json"])
  func rowsAreRead(file: String) throws {
    let text = try fixture("terraform/\(file)")
    let manifest = ManifestFile(Array(text.utf8))
    #expect(manifest.isTerraform)
    let configMap = try #require(manifest.manifests.first)
    #expect(manifest.manifests.count == 1)
    #expect(configMap.object.name?.string == "aws-auth")
    #expect(configMap.object.namespace?.string == "kube-system")
    #expect(!configMap.isFragment)
    let arns = configMap.map.roles.map(\.roleARN)
    #expect(
      arns == ["arn:aws:iam::444455556666:role/nodes", "arn:aws:iam::444455556666:role/team/dev"])
    // The YAML stands in a string of JSON.
    #expect(
      source(text, configMap.entries.last { $0.section == .mapRoles }?.arn?.range)
        == "\\\"\(arns[1])\\\"")
  }

  @Test(arguments: [
    "\"data\": true", "\"data\": {\"mapRoles\": true}", "\"metadata\": [{\"uid\": true}]",
  ])
  func unknownDataIsNoConfigMap(unknown: String) {
    let text = """
      {"format_version": "1.2", "planned_values": {}, "resource_changes": [
       {"address": "kubernetes_config_map.a", "mode": "managed", "type": "kubernetes_config_map",
        "change": {"actions": ["create"], "before": null, "after_unknown": {\(unknown)},
         "after": {"metadata": [{"name": "aws-auth", "namespace": "kube-system"}]}}}]}
      """
    #expect(ManifestFile(Array(text.utf8)).manifests.isEmpty)
  }

  @Test func nobodyEditsAPlan() throws {
    let file = ManifestFile(Array(try fixture("terraform/plan-aws-auth.json").utf8))
    let error = #expect(throws: AWSAuthEditError.self) { _ = try AWSAuthEditor(file) }
    #expect(error?.code == .noConfigMap)
  }
}
