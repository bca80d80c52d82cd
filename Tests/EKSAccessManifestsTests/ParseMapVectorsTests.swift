import EKSAccess
import Foundation
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessManifests

@Suite(.enabled(if: TestData.external != nil)) struct ParseMapVectorsTests {
  @Test func sectionsAreReadAsRecorded() throws {
    let cases = try TestData.vectors { $0["op"] as? String == "parsemap" }
    #expect(!cases.isEmpty)
    for vector in cases {
      let id = vector["id"] as? String ?? ""
      let data = try #require(vector["data"] as? [String: String])
      let expected = try #require(vector["expect"] as? [String: Any])
      let read = AWSAuthData(reading: data)
      let map = read.map
      let shown = "\(id): \(data)"
      #expect(map.roles.map(canonical) == list(expected["roles"]), "\(shown)")
      #expect(map.users.map(canonical) == list(expected["users"]), "\(shown)")
      #expect(map.accounts == expected["accounts"] as? [String], "\(shown)")
      #expect(read.hasError == (expected["errorCount"] as? Int != 0), "\(shown)")
    }
  }

  @Test func whatIsKeptIsWrittenAndReadBack() throws {
    let cases = try TestData.vectors { $0["op"] as? String == "parsemap" }
    #expect(!cases.isEmpty)
    for vector in cases {
      let map = AWSAuthConfigMap(reading: try #require(vector["data"] as? [String: String]))
      let manifest = ManifestFile(Array(map.manifest.utf8))
      #expect(manifest.configMaps.first?.map == map, "\(map.manifest)")
      #expect(manifest.configMaps.first?.sections.contains(where: \.hasError) == false)
    }
  }

  private func list(_ rows: Any?) -> [[String: String]] {
    (rows as? [[String: Any]] ?? []).map { row in
      var flat: [String: String] = [:]
      for (key, value) in row {
        if let text = value as? String { flat[key] = text }
        if let groups = value as? [String] { flat[key] = groups.debugDescription }
        if let sso = value as? [String: Any] {
          for (key, value) in sso { flat["sso." + key.lowercased()] = value as? String }
        }
      }
      flat["groups"] = flat["groups"] ?? "[]"
      return flat.filter { !$0.value.isEmpty }
    }
  }

  private func canonical(_ role: RoleMapping) -> [String: String] {
    [
      "rolearn": role.roleARN, "username": role.username, "groups": role.groups.debugDescription,
      "sso.permissionsetname": role.sso?.permissionSetName ?? "",
      "sso.accountid": role.sso?.accountID ?? "", "sso.partition": role.sso?.partition ?? "",
    ].filter { !$0.value.isEmpty }
  }

  private func canonical(_ user: UserMapping) -> [String: String] {
    [
      "userarn": user.userARN, "username": user.username, "groups": user.groups.debugDescription,
    ].filter { !$0.value.isEmpty }
  }
}
