import EKSAccess
import EKSAccessManifests
import Foundation
import TestSupport
import Testing

/// The recorded answers of aws-iam-authenticator to callers (operation `map`), and their comparison
/// with ``IdentityResolver``.
@Suite(.enabled(if: TestData.external != nil)) struct MapVectorsTests {
  @Test func callersAreMappedAsRecorded() throws {
    let cases = try TestData.vectors { $0["op"] as? String == "map" }
    #expect(!cases.isEmpty)
    for vector in cases {
      let id = try #require(vector["id"] as? String)
      let data = try #require(vector["data"] as? [String: String])
      try check(vector, id: id, configMap: AWSAuthConfigMap(reading: data))
    }
  }

  private func check(
    _ vector: [String: Any], id: String, configMap: AWSAuthConfigMap
  ) throws {
    let expected = try #require(vector["expect"] as? [String: Any])
    let recorded = try #require(expected["outcomes"] as? [[String: Any]])
    let arn = try #require(vector["arn"] as? String)
    let caller = try? Caller(
      callerIdentity: arn, accessKeyID: vector["accessKeyID"] as? String,
      privateDNSName: vector["privateDNSName"] as? String)
    #expect(caller?.canonicalARN == expected["canonicalARN"] as? String, "\(id)")
    #expect(caller?.sessionName == expected["sessionName"] as? String, "\(id)")
    #expect(caller?.accountID == expected["accountID"] as? String, "\(id)")

    let resolver = IdentityResolver(
      configMap,
      options: IdentityResolver.Options(
        ssoRoleMatch: vector["ssoMatch"] as? Bool ?? false, templateSyntax: .authenticator))
    let outcomes = caller.map { resolver.resolve($0).outcomes.map(text(of:)) } ?? ["no caller"]
    #expect(Set(outcomes) == Set(recorded.map(text(ofRecord:))), "\(id)")
  }

  private func text(of outcome: Resolution.Outcome) -> String {
    switch outcome {
    case .mapped(let identity, let row):
      return "\(row.source.rawValue) \(identity.username) \(identity.groups)"
    case .undetermined(_, _, let missing):
      return "undetermined \(missing)"
    case .failed(let error, _):
      return "template \(quoted(error.template)): SessionName did not contain an instance id"
    case .notMapped:
      return "identity is not mapped"
    }
  }

  private func text(ofRecord record: [String: Any]) -> String {
    guard let error = record["error"] as? String else {
      let groups = record["groups"] as? [String] ?? []
      return "\(record["via"] ?? "") \(record["username"] ?? "") \(groups)"
    }
    if error.hasPrefix("sts getCallerIdentity failed") { return "no caller" }
    guard let template = error.range(of: "template \"") else { return error }
    return String(error[template.lowerBound...])
  }

  private func quoted(_ text: String) -> String {
    let escaped = text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}
