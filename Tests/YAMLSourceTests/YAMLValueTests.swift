import Testing
import YAMLSource

@Suite struct YAMLValueTests {
  private static let value = YAMLValue.mapping(
    ("kind", .string("List")), ("empty", .list([])), ("nothing", .mapping([])),
    (
      "items",
      .list([
        .mapping(("name", .string("a: b")), ("on", .string("yes")), ("missing", nil)),
        .string("x"), .list([.integer(3), .bool(true)]),
      ])
    ))

  @Test func blocksAreIndented() {
    #expect(
      Self.value.yaml == """
        kind: List
        empty: []
        nothing: {}
        items:
          - name: "a: b"
            "on": "yes"
          - x
          -
            - 3
            - true

        """)
  }

  @Test func jsonHasTheSameValues() {
    #expect(Self.value.json.hasPrefix("{\n  \"kind\": \"List\",\n  \"empty\": [],\n"))
    #expect(read(Self.value.json) == Self.value)
    #expect(read(Self.value.yaml) == Self.value)
  }

  @Test(arguments: [
    "", "a", "yes", "0o17", "017", "1e3", "- a", "a: b", "a #b", "\"", "'", "\\", "\u{0}", "\n",
    "é",
    "{{x}}", "*a", "&a", "!a", "%a", "@a", "`a`", "$(a)", "${a}", "a\r\nb", " a ", "\u{2028}", "~",
    "😀", "\u{FEFF}x", "null", "?", "-", "=", "<<", "1_000", "0x1F", ".inf", "2026-01-01", "1:20",
  ])
  func everyTextComesBack(text: String) {
    for value in [YAMLValue.string(text), .mapping([.init(text, .strings([text]))])] {
      #expect(read(value.yaml) == value, "\(value.yaml)")
      #expect(read(value.json) == value, "\(value.json)")
    }
  }

  private func read(_ text: String) -> YAMLValue? {
    let stream = YAMLStream(Array(text.utf8))
    guard stream.problems.isEmpty, stream.documents.count == 1 else { return nil }
    return stream.documents.first.map { read($0.root) }
  }

  private func read(_ node: YAMLNode) -> YAMLValue {
    if node.isSequence { return .list(node.elements.map(read)) }
    if node.isMapping {
      return .mapping(node.pairs.map { .init($0.key.string, read($0.value)) })
    }
    switch node.scalar {
    case .bool(let value)?: return .bool(value)
    case .integer(let value)?: return .integer(value)
    case .string(let value)?: return .string(value)
    default: return .string("not a text: \(node.string)")
    }
  }
}
