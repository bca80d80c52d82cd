import Foundation
import TestSupport
import Testing

@testable import YAMLSource

/// For every scalar of a text: the segments rebuild libyaml's value and lie inside the scalar.
private func checkPositions(_ bytes: [UInt8], _ name: String) {
  for document in YAMLStream(bytes).documents {
    let tree = document.tree
    for (index, node) in tree.nodes.enumerated() where node.kind == .scalar {
      let scalar = YAMLNode(tree, index)
      guard let layer = scalar.positionMap?.layers.first else { continue }
      var text: [UInt8] = []
      for segment in layer.segments {
        #expect(segment.text == text.count, "\(name): gap at \(segment.text)")
        let source = segment.source..<(segment.source + segment.sourceCount)
        #expect(source.lowerBound >= node.start && source.upperBound <= bytes.count)
        if segment.textCount == segment.sourceCount {
          text += bytes[source].map { $0 == 0x0D ? 0x0A : $0 }
        } else {
          text += scalar.bytes.dropFirst(segment.text).prefix(segment.textCount)
        }
      }
      let value = Array(scalar.bytes)
      let isFolded = layer.style != .literal && bytes[node.start..<node.end].contains(0x0A)
      if isFolded {
        #expect(text.count == value.count, "\(name): \(scalar.string.debugDescription)")
      } else {
        #expect(
          text == value,
          "\(name): \(String(decoding: text, as: UTF8.self).debugDescription) for \(scalar.string.debugDescription)"
        )
      }
    }
  }
}

@Suite struct PositionTests {
  @Test(arguments: [
    "a: |\n  x\n  y\n", "a: |-\n  x\n\n  y", "a: |+\n  x\n\n\n", "a: |2\n    x\n   y\n",
    "a: >\n  x\n  y\n\n  z\n    more\n  less\n", "a: >-\n\n  x\n\n\n  y\n", "a: |\n\n\n  x\n",
    "a: x\n  y\n\n  z\n", "a: 'it''s\n\n  so'\n", "a: \"x\\\n   y \\\n  z\"\n",
    "a: \"\\u00fc\\x41\\n\\L\\\"\"\n", "{\"a\": \"\\ud83d\\ude00 \\/ x\"}",
    "a: |\r\n  x\r\n  y\r\n",
    "a: |\r  x\r  y\r", "ü: |\n  ä\u{2028}ö\n  z\n", "a: |\n", "a: ''\n", "a:\n",
    "- |\n x\n- >\n y\n",
    "a: |1\n  x\n", "a: |\n\tx\n", "a: | # comment\n  x\n", "? |\n  k\n: |\n  v\n",
    "&a !t 'x'\n", "k: &a\n", "\u{FEFF}a: |\n  b\n", "--- |\n x\n--- >\n y\n", "a: b\u{85}c: d\n",
  ])
  func everyByteOfAScalarHasItsOrigin(text: String) {
    checkPositions(Array(text.utf8), text.debugDescription)
  }

  @Test(.enabled(if: TestData.external != nil))
  func everyScalarOfTheCorpusHasItsOrigin() throws {
    let files = TestData.externalFiles(below: "corpus")
    #expect(!files.isEmpty)
    for file in files { checkPositions(try TestData.bytes(file), file.lastPathComponent) }
  }

  struct Embedded: Sendable, CustomStringConvertible {
    var outer: String
    var word: String
    var description: String { outer.debugDescription }
  }

  @Test(arguments: [
    "a: |\n  - k: WORD\n    l: 2\n", "a: |-\n      - k: WORD", "a: >\n  - k: WORD\n\n  - l\n",
    "a: \"- k: WORD\\n- l\"\n", "a: '- k: ''WORD'''\n", "a: \"- k: x\\n\\\n  \\ \\ l: WORD\\n\"\n",
    "{\"a\": \"- \\\"k\\\": \\\"WORD\\\"\\n\"}", "{\"a\": \"- \\ud83d\\ude00: WORD\"}",
    "a: |\r\n  - k: WORD\r\n", "ü: |\n  - ä: WORD\n", "a: |2\n    k: WORD\n",
    "a:\n  - k:\n      WORD\n", "\u{FEFF}a: |\n  k: WORD\n", "a: '- k:\n\n\n    - WORD'\n",
  ])
  func placesInsideASectionAreThoseOfTheFile(outer: String) throws {
    let bytes = Array(outer.utf8)
    let root = try #require(YAMLStream(bytes).documents.first?.root)
    var found: [Range<Int>] = []
    func visit(_ node: YAMLNode, in text: String) {
      if node.has("WORD") { found.append(node.range) }
      for element in node.elements { visit(element, in: text) }
      for pair in node.pairs { visit(pair.value, in: text) }
    }
    for pair in root.pairs {
      if pair.value.isScalar {
        let inner = YAMLStream(textOf: pair.value)
        #expect(inner.problems.isEmpty)
        for document in inner.documents { visit(document.root, in: outer) }
      } else {
        visit(pair.value, in: outer)
      }
    }
    let place = try #require(outer.range(of: "WORD"))
    let start = outer.utf8.distance(from: outer.startIndex, to: place.lowerBound)
    #expect(found.count == 1)
    let range = try #require(found.first)
    let trimmed = String(decoding: bytes[range], as: UTF8.self)
    #expect(trimmed.contains("WORD") && range.contains(start))
    #expect(trimmed.count <= "\\\"WORD\\\"".count, "\(trimmed)")
  }
}
