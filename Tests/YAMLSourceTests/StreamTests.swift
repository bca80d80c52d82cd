import Testing

@testable import YAMLSource

@Suite struct StreamTests {
  private func stream(_ text: String) -> YAMLStream { YAMLStream(Array(text.utf8)) }

  private func source(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test func aBrokenDocumentDoesNotHideTheOthers() {
    let text = "a: 1\n---\nb: [\n---\nc: 3\n---\n- d\n e: 5\n---\nf: 6\n"
    let stream = stream(text)
    #expect(stream.documents.map { $0.root.pairs.first?.key.string } == ["a", "c", "f"])
    #expect(
      stream.problems.map { source(text, $0.document) } == ["---\nb: [\n", "---\n- d\n e: 5\n"])
  }

  @Test(arguments: [
    "{\"a\": 1}\n{\"b\": 2}\n\n[3]\n", "{\"a\": 1}{\"b\": 2}[3]",
    "{\"a\": 1}\n---\n{\"b\": 2} [3]\n",
  ])
  func jsonValuesMayFollowEachOther(text: String) {
    let stream = stream(text)
    #expect(stream.problems.isEmpty)
    #expect(
      stream.documents.map { source(text, $0.root.range) } == ["{\"a\": 1}", "{\"b\": 2}", "[3]"])
  }

  @Test func whatFollowsJSONMustBeJSON() {
    let stream = stream("{\"a\": 1}\nb: 2\n")
    #expect(stream.documents.count == 1)
    #expect(stream.problems.map(\.kind) == [.syntax])
  }

  @Test func aBrokenFirstDocumentIsWhatAReaderOfOneDocumentSees() {
    guard case .problem(let problem)? = stream("a: [\n---\nb: 1\n").first else {
      Issue.record("the problem comes first")
      return
    }
    #expect(problem.kind == .syntax)
    guard case .document? = stream("a: 1\n---\nb: [\n").first else {
      Issue.record("the document comes first")
      return
    }
  }

  @Test(arguments: ["", "\n", "# nothing\n", "\u{FEFF}", "---\n", "%YAML 1.1\n---\n"])
  func nextToNothingIsRead(text: String) {
    #expect(stream(text).problems.isEmpty)
  }

  struct BadCharacter: Sendable {
    var bytes: [UInt8]
    var kind: SourceDefect.Kind
    var offset: Int
  }

  @Test(arguments: [
    BadCharacter(bytes: Array("a: ".utf8) + [0xFF], kind: .invalidUTF8, offset: 3),
    BadCharacter(bytes: [0x61, 0xC3], kind: .invalidUTF8, offset: 1),
    BadCharacter(bytes: [0xE0, 0x80, 0x80], kind: .invalidUTF8, offset: 0),
    BadCharacter(bytes: [0xED, 0xA0, 0x80], kind: .invalidUTF8, offset: 0),
    BadCharacter(bytes: [0xF4, 0x90, 0x80, 0x80], kind: .invalidUTF8, offset: 0),
    BadCharacter(bytes: Array("ü: \0".utf8), kind: .controlCharacter(0), offset: 4),
    BadCharacter(bytes: Array("a\u{7F}".utf8), kind: .controlCharacter(0x7F), offset: 1),
    BadCharacter(bytes: Array("a\u{9F}".utf8), kind: .controlCharacter(0x9F), offset: 1),
    BadCharacter(bytes: Array("a\u{FEFF}".utf8), kind: .controlCharacter(0xFEFF), offset: 1),
    BadCharacter(bytes: [0xFF, 0xFE, 0x61, 0x00], kind: .wideEncoding, offset: 0),
    BadCharacter(bytes: [0xFE, 0xFF, 0x00, 0x61], kind: .wideEncoding, offset: 0),
  ])
  func theFirstBadByteIsNamed(bad: BadCharacter) {
    let problems = YAMLStream(bad.bytes).problems
    #expect(problems.map(\.kind) == [.characters(bad.kind)])
    #expect(problems.first?.range.lowerBound == bad.offset)
  }

  @Test(arguments: ["a\tb", "ü", "😀", "\u{85}", "\u{2028}", "\u{FFFD}", "\r\n"])
  func allowedCharactersAreAllowed(text: String) {
    #expect(stream("# \(text)\na: 1\n").problems.isEmpty)
  }

  @Test func nestingIsLimited() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(stream(nested(64)).problems.isEmpty)
    let problem = stream(nested(65)).problems.first
    #expect(problem?.kind == .depth && problem?.range == 64..<65)
  }

  @Test func anAliasBombIsAProblem() {
    var text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for (name, former) in zip("bcdefghij", "abcdefghi") {
      text +=
        "\(name): &\(name) [" + Array(repeating: "*\(former)", count: 10).joined(separator: ",")
        + "]\n"
    }
    #expect(stream(text).problems.map(\.kind) == [.aliasBudget])
  }

  @Test func aliasesAreFollowedAndKeepTheirPlace() throws {
    let text = "a: &x [1, 2]\nb: *x\n"
    let pairs = Array(try #require(stream(text).documents.first).root.pairs)
    #expect(pairs[1].value.elements.map(\.string) == ["1", "2"])
    #expect(pairs[1].value.isAlias && source(text, pairs[1].value.range) == "*x")
  }

  @Test(arguments: [
    ("a: *x\n", YAMLProblem.Kind.unknownAnchor), ("a: &x [*x]\n", .recursiveAnchor),
  ])
  func aliasesWithoutAnAnchorAreProblems(text: String, kind: YAMLProblem.Kind) {
    #expect(stream(text).problems.map(\.kind) == [kind])
  }

  @Test func anAnchorIsOfItsDocumentAlone() {
    #expect(stream("a: &x 1\n---\nb: *x\n").problems.map(\.kind) == [.unknownAnchor])
  }

  @Test func tagsAndRepeatedKeysAreKept() throws {
    let text = "a: !Sub '${X}'\na: !!str 1\nb: &n !Ref\n  c: d\n"
    let pairs = Array(try #require(stream(text).documents.first).root.pairs)
    #expect(pairs.map(\.key.string) == ["a", "a", "b"])
    #expect(pairs.map(\.value.tag) == ["!Sub", "tag:yaml.org,2002:str", "!Ref"])
    #expect(source(text, pairs[0].value.range) == "'${X}'")
    #expect(source(text, pairs[0].value.fullRange) == "!Sub '${X}'")
    #expect(source(text, pairs[2].value.range) == "c: d")
  }

  @Test func mergedKeysAreFoundBehindTheMappingsOwn() throws {
    let text = "x: &x {a: 1, b: 2}\ny: &y {b: 3}\nz: {<<: [*y, *x], a: 4}\n"
    let root = try #require(stream(text).documents.first).root
    let merged = try #require(root.value(of: "z"))
    #expect(merged.value(of: "a")?.string == "4")
    #expect(merged.value(of: "b")?.string == "3")
    #expect(merged.value(of: "c") == nil)
  }

  @Test(arguments: [
    (#"{"a": "\ud83d\ude00\/\u00fc\n"}"#, "😀/ü\n"), (#"{"a": "\\ud83d"}"#, #"\ud83d"#),
    (#"{"a": "\ud83d"}"#, "\u{FFFD}"), ("{\"a\": \"x\ty\"}", "x\ty"),
  ])
  func stringsOfJSONAreRead(text: String, value: String) throws {
    let stream = stream(text)
    #expect(try #require(stream.documents.first).root.value(of: "a")?.string == value)
  }

  @Test func rangesCoverWhatIsWritten() throws {
    let text = "ä:\n  - 'ö'  # c\n  - {k: \"v\"}\n  - |\n    text\n\nz: >-\n  folded\n\n# end\n"
    let pairs = Array(try #require(stream(text).documents.first).root.pairs)
    let items = Array(pairs[0].value.elements)
    #expect(items.map { source(text, $0.range) } == ["'ö'", "{k: \"v\"}", "|\n    text"])
    #expect(source(text, pairs[0].key.range) == "ä")
    #expect(source(text, pairs[1].range) == "z: >-\n  folded")
  }

  @Test func commentsAreFoundOutsideScalars() {
    let text = """
      # first
      a: 'x # no'  # second
      b: x#no
      c: | # third
        # no
        text
      d: "no # \\" # no"
      #fourth
      ---
      e: [ # fifth
        1]
      """
    #expect(stream(text).comments.map(\.text) == ["first", "second", "third", "fourth", "fifth"])
    #expect(stream(text).comments.map(\.isAlone) == [true, false, false, true, false])
  }

  @Test func commentsOfASectionHaveThePlacesOfTheFile() throws {
    let text = "a: \"- x # one\\n# two\\n\"\nb: |\n  - y # three\n"
    let root = try #require(stream(text).documents.first).root
    let comments = root.pairs.flatMap { YAMLStream(textOf: $0.value).comments }
    #expect(comments.map(\.text) == ["one", "two", "three"])
    #expect(comments.map { source(text, $0.range) } == ["# one", "# two", "# three"])
  }
}

@Suite struct LineTableTests {
  @Test(arguments: [
    ("ab\ncd", 4, 2, 2), ("ab\r\ncd", 4, 2, 1), ("ab\rcd", 3, 2, 1), ("ü\u{2028}x", 5, 1, 3),
    ("\u{FEFF}ab", 4, 1, 2), ("ab", 99, 1, 3), ("a\n", 2, 2, 1), ("\ta", 1, 1, 2),
  ])
  func placesAreCountedAsEditorsDo(text: String, offset: Int, line: Int, column: Int) {
    let position = LineTable(Array(text.utf8)).position(of: offset)
    #expect(position == LineTable.Position(line: line, column: column))
  }

  @Test func columnsOfLongLinesAreCountedInScalars() {
    let line = String(repeating: "aé€😀", count: 3000)
    let bytes = Array("x\n\(line)\nß".utf8)
    let table = LineTable(bytes)
    for offset in stride(from: 2, to: bytes.count, by: 997) {
      let column = bytes[2..<offset].count { $0 & 0xC0 != 0x80 } + 1
      #expect(table.position(of: offset) == .init(line: 2, column: column))
    }
    #expect(table.position(of: bytes.count) == .init(line: 3, column: 2))
  }

  @Test func linesAreGivenWithoutTheirBreaks() {
    let table = LineTable(Array("\u{FEFF}a\r\nb\rc\n".utf8))
    #expect(table.count == 4)
    #expect(
      (1...4).map { String(decoding: table.bytes(ofLine: $0), as: UTF8.self) } == [
        "a", "b", "c", "",
      ])
  }
}
