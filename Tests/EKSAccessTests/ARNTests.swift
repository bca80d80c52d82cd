import EKSAccess
import Foundation
import Testing

@Suite struct ARNTests {
  @Test func sectionsAreKeptAsWritten() throws {
    let arn = try ARN(parsing: "arn:aws:iam::111122223333:role/team/dev")
    #expect(arn.partition == "aws")
    #expect(arn.service == "iam")
    #expect(arn.region.isEmpty)
    #expect(arn.account == "111122223333")
    #expect(arn.resource == "role/team/dev")
  }

  @Test(arguments: [
    "arn:aws:iam::111122223333:role/dev", "arn:::::", "arn:aws:s3:eu-west-1:1:a:b::c",
    "arn:aws:iam::1:role/\u{dc}n\u{ef}", "arn:aws:iam::1:role/e\u{301}",
  ])
  func descriptionGivesTheTextBack(_ text: String) throws {
    let arn = try ARN(parsing: text)
    #expect(Array(arn.description.utf8) == Array(text.utf8))
    let coded = try JSONEncoder().encode([arn])
    #expect(try JSONDecoder().decode([ARN].self, from: coded) == [arn])
    #expect(try JSONDecoder().decode([String].self, from: coded) == [text])
  }

  @Test(arguments: [
    ("", ARNError.Part.prefix), ("ARN:aws:iam::1:root", .prefix), (" arn:aws:iam::1:root", .prefix),
    ("arn", .prefix), ("arn:", .sections), ("arn:aws:iam::1", .sections),
  ])
  func malformedTextNamesThePart(_ text: String, _ part: ARNError.Part) {
    #expect(ARN(text) == nil)
    #expect(throws: ARNError(part, found: text)) { try ARN(parsing: text) }
  }

  @Test func decodingRefusesWhatIsNoARN() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([ARN].self, from: Data(#"["role/dev"]"#.utf8))
    }
  }

  @Test func partitionsAreComparedExactly() {
    #expect(Partition.known.count == 8)
    #expect(Partition(rawValue: "aws-eusc").isKnown)
    #expect(!Partition(rawValue: "AWS").isKnown)
    #expect(!Partition(rawValue: "").isKnown)
  }

  @Test(arguments: ["12345678901", "1234567890123", "12345678901a", "", "１２３４５６７８９０１２"])
  func accountsAreTwelveASCIIDigits(_ text: String) {
    #expect(AccountID(text) == nil)
  }

  @Test func exampleAccountsAreKnown() throws {
    #expect(try #require(AccountID("111122223333")).isExample)
    #expect(try !#require(AccountID("012345678912")).isExample)
  }

  @Test(arguments: [
    ("arn:aws:iam::1:role/a?c", "arn:aws:iam::1:role/abc", true),
    ("arn:aws:iam::1:role/a?c", "arn:aws:iam::1:role/ac", true),
    ("arn:aws:iam::1:role/a?c", "arn:aws:iam::1:role/abbc", false),
    ("arn:aws:iam::1:role/a??", "arn:aws:iam::1:role/a", true),
    ("arn:aws:iam::1:role/*", "arn:aws:iam::1:role/", true),
    ("arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a/b:c", true),
    ("arn:aws:iam::1:role/*z", "arn:aws:iam::1:role/azbz", true),
    ("arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a\nb", false),
    ("arn:aws:iam::1:role/a.b", "arn:aws:iam::1:role/axb", false),
    ("arn:aws:iam::1:role/\u{fc}?", "arn:aws:iam::1:role/\u{fc}\u{df}", true),
    ("arn:*:*:*:*:*", "arn:aws:s3:::bucket", true),
    ("arn:aws:*:1:role/a:b", "arn:aws:iam::1:role/a:b", false),
    ("arn:aws:iam::1:role/A", "arn:aws:iam::1:role/a", false),
  ])
  func patternsMatchBySection(_ pattern: String, _ text: String, _ expected: Bool) throws {
    #expect(try ARNPattern(parsing: pattern).matches(parsing: text) == expected)
  }

  @Test func aPatternOfStarsIsNotSlow() throws {
    let pattern = try ARNPattern(
      parsing: "arn:aws:iam::1:role/" + String(repeating: "*a", count: 200))
    let text = "arn:aws:iam::1:role/" + String(repeating: "a", count: 2_000) + "b"
    #expect(try !pattern.matches(parsing: text))
  }
}
