import EKSAccess
import EKSAccessManifests
import Foundation
import TestSupport
import YAMLSource

/// What a text says about access entries.
func accessObjects(_ text: String) -> AccessObjects {
  ManifestFile(Array(text.utf8)).accessObjects
}

/// The part of a text that a range covers.
func source(_ text: String, _ range: Range<Int>?) -> String? {
  range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
}

/// What the fixture of a name says about access entries.
func accessObjects(fixture name: String) throws -> AccessObjects {
  accessObjects(try fixture(name))
}

/// The text of a fixture.
func fixture(_ name: String) throws -> String {
  let url = TestData.fixtures.appendingPathComponent("access-entries/\(name)")
  return String(decoding: try TestData.bytes(url), as: UTF8.self)
}

extension AccessEntryManifest {
  /// The entry in a line: what is known, and after `?` what is not.
  var summary: String {
    var words = [label, "@\(cluster ?? "-")", entry.principalARN, entry.kind.rawValue]
    if let username = entry.username { words.append("user \(username)") }
    if !entry.groups.isEmpty { words.append("groups \(entry.groups.joined(separator: ","))") }
    for policy in entry.policies {
      let name = policy.policyARN.split(separator: "/").last ?? "-"
      words.append("\(name) \(policy.scope.kind.rawValue)")
      if !policy.scope.namespaces.isEmpty {
        words.append(policy.scope.namespaces.joined(separator: ","))
      }
    }
    if !unresolved.isEmpty {
      words.append("? \(unresolved.map { "\($0)" }.sorted().joined(separator: " "))")
    }
    return words.joined(separator: " ")
  }
}
