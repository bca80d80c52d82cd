import Foundation
import TestSupport
import Testing

@testable import YAMLSource

@Suite struct ScalarTests {
  @Test(arguments: [
    ("yes", YAMLScalar.bool(true)), ("N", .bool(false)), ("yEs", .string("yEs")), ("~", .null),
    ("010", .integer(8)), ("08", .float(8)), ("0o17", .integer(15)), ("1_000", .integer(1000)),
    ("1e3", .float(1000)), (".5", .float(0.5)), ("5.", .float(5)), ("1e400", .string("1e400")),
    ("2024-01-01", .string("2024-01-01")), ("0x", .string("0x")), ("+", .string("+")),
    ("-0b101", .integer(-5)), ("9223372036854775808", .float(9_223_372_036_854_775_808)),
  ])
  func plainScalarsHaveTheTypesOfYAML11(text: String, value: YAMLScalar) {
    #expect(YAMLScalar.resolve(text) == value)
  }

  @Test(arguments: [
    "system:node:{{EC2PrivateDNSName}}", "yes", "010", "", "a: b", "a #b", "x\ny", "{{x}}", "~",
    "- a", "arn:aws:iam::444455556666:role/x", "ü", "\u{7}", "\u{FFFE}", "a:", " a", "a ", "[x]",
    "it's",
    "\"q\"",
    "a\\b", "=", "<<", "1e3", "2024-01-01", "*x", "&x", "!x", "%x", "@x", "`x`", "null", "a,b",
  ])
  func writtenScalarsAreReadBack(text: String) throws {
    for written in [YAMLWriter.scalar(text), YAMLWriter.doubleQuoted(text)] {
      let stream = YAMLStream(Array("- \(written)\n".utf8))
      let item = try #require(stream.documents.first?.root.elements.first)
      #expect(item.scalar == .string(text), "\(written)")
    }
  }
}
