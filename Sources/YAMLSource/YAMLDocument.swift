/// One document of a YAML stream.
public struct YAMLDocument: Sendable {
  let tree: YAMLTree
  let extent: Range<Int>

  /// The document's only node; an empty scalar for an empty document.
  public var root: YAMLNode { YAMLNode(tree, 0) }

  /// The bytes of the document in the file, from its `---` or first node on.
  public var range: Range<Int> { tree.fileRange(extent) }
}

/// Everything that was read from a text: its documents, and what could not be read.
public struct YAMLStream: Sendable {
  /// The documents that parse, in order.
  public let documents: [YAMLDocument]
  /// One problem for each document that does not parse, in order.
  public let problems: [YAMLProblem]
  let source: [UInt8]
  let map: PositionMap?
  let mayHaveComments: Bool

  /// Reads all documents of a file.
  ///
  /// A document that does not parse becomes a problem, and reading goes on at the next `---`.
  ///
  /// - Parameter bytes: The file's bytes as they lie on disk; a UTF-8 byte order mark is skipped.
  public init(_ bytes: [UInt8]) {
    self.init(bytes, map: nil)
  }

  /// Reads the text of a scalar as YAML; all places are those of the outer file.
  ///
  /// - Parameter scalar: A node of another document whose text is YAML itself.
  public init(textOf scalar: YAMLNode) {
    self.init(Array(scalar.bytes), map: scalar.positionMap)
  }

  /// What stands first in the text: all that a reader of single documents sees.
  public indirect enum First: Sendable {
    /// The first document.
    case document(YAMLDocument)
    /// Why the first document does not parse.
    case problem(YAMLProblem)
  }

  /// The first document, read or not; `nil` for a text without any.
  public var first: First? {
    if let problem = problems.first,
      documents.first.map({ problem.extent.lowerBound < $0.extent.upperBound }) ?? true
    {
      return .problem(problem)
    }
    return documents.first.map { .document($0) }
  }

  init(_ bytes: [UInt8], map: PositionMap?) {
    var reader = YAMLStreamReader(bytes, map: map)
    reader.read()
    documents = reader.documents
    problems = reader.problems
    mayHaveComments = reader.mayHaveComments
    source = bytes
    self.map = map
  }
}

extension YAMLNode {
  /// The way from the scalar's text to the file; `nil` for collections.
  public var positionMap: PositionMap? {
    let node = tree.nodes[index]
    guard node.kind == .scalar else { return nil }
    let layer: PositionMap.Layer
    switch node.style {
    case .literal, .folded:
      guard let block = tree.layer(ofBlock: index) else { return nil }
      layer = block
    case .plain, .singleQuoted, .doubleQuoted:
      let decoder = ScalarDecoder.decode(
        tree.source, node.start..<node.end, style: node.style)
      layer = PositionMap.Layer(
        segments: decoder.segments, textCount: node.count,
        sourceEnd: node.style == .plain ? node.end : node.end - 1, style: node.style,
        indentation: 0)
    }
    return PositionMap(layers: [layer] + (tree.map?.layers ?? []))
  }

  /// The bytes to write into the file in place of a part of this scalar's text, quoted for the
  /// scalar and for all that is around it; `nil` where it cannot hold them.
  public func sourceText(for text: String) -> String? {
    positionMap?.sourceText(for: text)
  }
}
