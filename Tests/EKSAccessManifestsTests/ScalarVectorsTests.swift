import Foundation
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessManifests

@Suite(.enabled(if: TestData.external != nil)) struct ScalarVectorsTests {
  @Test func valuesAreReadAsRecorded() throws {
    let cases = try TestData.vectors { $0["yaml"] is String }
    #expect(!cases.isEmpty)
    for vector in cases {
      let text = try #require(vector["yaml"] as? String)
      let stream = YAMLStream(Array(text.utf8))
      guard case .document(let document)? = stream.first, NotJSON.find(in: document.root) == nil
      else {
        #expect(vector["error"] != nil, "\(text.debugDescription)")
        continue
      }
      let value = json(document.root)
      #expect(vector["error"] == nil, "\(text.debugDescription)")
      let expected = try written(try #require(vector["json"]))
      #expect(try written(value) == expected, "\(text.debugDescription)")
    }
  }

  private func written(_ value: Any) throws -> String {
    String(
      decoding: try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys]),
      as: UTF8.self)
  }

  private func json(_ node: YAMLNode) -> Any {
    if node.isSequence { return node.elements.map(json) }
    if node.isMapping {
      let members = JSONObject(node).members
      return Dictionary(uniqueKeysWithValues: members.map { ($0.key.string, json($0.value)) })
    }
    switch node.scalar {
    case .bool(let value)?: return NSNumber(value: value)
    case .integer(let value)?: return NSNumber(value: value)
    case .float(let value)?: return NSNumber(value: value)
    case .string(let value)?: return NSString(string: value)
    default: return NSNull()
    }
  }
}
