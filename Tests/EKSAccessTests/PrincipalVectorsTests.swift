import EKSAccess
import Foundation
import TestSupport
import Testing

/// Compares principals with what aws-iam-authenticator answered.
@Suite(.enabled(if: TestData.external != nil))
struct PrincipalVectorsTests {
  private static func cases(_ operation: String) throws -> [[String: Any]] {
    try TestData.vectors { $0["op"] as? String == operation }
  }

  private static let kinds: [String: IAMPrincipal.Kind] = [
    "ROLE": .role, "USER": .user, "ROOT": .root, "FEDERATED_USER": .federatedUser,
    "ASSUMED_ROLE": .assumedRole,
  ]

  @Test func canonicalizeVectors() throws {
    let cases = try Self.cases("canonicalize")
    #expect(!cases.isEmpty)
    for vector in cases {
      let text = try #require(vector["arn"] as? String)
      let expected = try #require(vector["expect"] as? [String: Any])
      let principal = IAMPrincipal(text)
      let canonical = principal?.canonicalARN
      if expected["error"] as? Bool == true {
        #expect(canonical == nil, "\(text)")
      } else {
        #expect(canonical == expected["canonical"] as? String, "\(text)")
        #expect(principal?.kind == Self.kinds[expected["type"] as? String ?? ""], "\(text)")
      }
    }
  }

  @Test func stripPathVectors() throws {
    let cases = try Self.cases("strippath")
    #expect(!cases.isEmpty)
    for vector in cases {
      let text = try #require(vector["arn"] as? String)
      let expected = try #require(vector["expect"] as? [String: Any])
      let stripped = try? IAMPrincipal(parsing: text).strippingPath().description
      #expect(stripped == expected["arn"] as? String, "\(text)")
      #expect((stripped == nil) == (expected["error"] as? Bool == true), "\(text)")
    }
  }

  @Test func arnLikeVectors() throws {
    let cases = try Self.cases("arnlike")
    #expect(!cases.isEmpty)
    for vector in cases {
      let text = try #require(vector["arn"] as? String)
      let pattern = try #require(vector["pattern"] as? String)
      let expected = try #require(vector["expect"] as? [String: Any])
      let matched = try? ARNPattern(parsing: pattern).matches(parsing: text)
      #expect(matched == expected["match"] as? Bool, "\(pattern) \(text)")
      #expect((matched == nil) == (expected["error"] as? Bool == true), "\(pattern) \(text)")
    }
  }
}
