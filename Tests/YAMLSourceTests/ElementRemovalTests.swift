import Testing
import YAMLSource

@Suite struct ElementRemovalTests {
  /// The text without the first element of the list at its root or in its only value.
  private func withoutFirst(_ text: String) throws -> String? {
    let bytes = Array(text.utf8)
    var root = try #require(YAMLStream(bytes).documents.first).root
    if let pair = root.pairs.first {
      root = try #require(YAMLStream(textOf: pair.value).documents.first).root
    }
    let elements = Array(root.elements)
    return try root.removing(elements[0], before: elements[1]).map {
      String(decoding: try #require(SourceEdit.apply([$0], to: bytes)), as: UTF8.self)
    }
  }

  @Test func takesTheLinesOfAnItem() throws {
    #expect(try withoutFirst("- a: 1\n  b: [2,\n   3] # x\n- c\n") == "- c\n")
    #expect(try withoutFirst("# w\n-  a: |\n     x\n\n\n# y\n- c\n") == "# w\n# y\n- c\n")
    #expect(try withoutFirst("- a: 1\r\n\r\n- c\r\n") == "- c\r\n")
  }

  @Test func takesTheTextOfAFlowElement() throws {
    #expect(try withoutFirst("[{a: 1}, b]") == "[b]")
    #expect(try withoutFirst("[\n  \"a\",\n  b\n]") == "[\n  b\n]")
  }

  @Test func keepsTheMarginOfTheScalarAround() throws {
    #expect(try withoutFirst("x: |\n    - a: 1\n      b: 2\n\n    - c\n") == "x: |\n    - c\n")
    #expect(try withoutFirst(#"x: "- a: \"1\"\n  b: 2\n- c\n""#) == #"x: "- c\n""#)
    #expect(try withoutFirst("x: >-\n  [a,\n  b]\n") == "x: >-\n  [b]\n")
  }

  @Test func refusesWhatOthersNeed() throws {
    #expect(try withoutFirst("- &a b\n- *a\n") == nil)
    #expect(try withoutFirst("- a: &a b\n- *a\n") == nil)
    #expect(try withoutFirst("-\n  a: 1\n- b\n") == nil)
    #expect(try withoutFirst("x: >\n  - a\n\n  - b\n") == nil)
  }
}
