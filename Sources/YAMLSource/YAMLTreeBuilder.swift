/// Collects the events of one document into a tree.
struct YAMLTreeBuilder {
  struct Failure {
    var kind: YAMLProblem.Kind
    var message: String
    var range: Range<Int>
    var documentStart: Int?
    var context: (message: String, range: Range<Int>)?
  }

  enum Outcome {
    case document(Range<Int>)
    case failure(Failure)
    case end
  }

  private let source: [UInt8]
  private let map: PositionMap?
  /// Whether escapes were overwritten for libyaml, so that quoted scalars are decoded here.
  private let redecodes: Bool
  private var nodes: [YAMLTree.Node] = []
  private var text: [UInt8] = []
  private var tags: [String] = []
  private var blocks: [YAMLTree.Block] = []
  private var tagIndex: [String: Int] = [:]
  private var anchors: [String: (node: Int, size: Int)] = [:]
  /// The collections that are not closed yet, the innermost last.
  private var open: [(node: Int, size: Int, anchor: String?)] = []
  /// How many nodes the document has once every alias stands for its anchor's value.
  private var expandedSize = 0
  private var documentStart: Int?

  init(_ source: [UInt8], map: PositionMap?, redecodes: Bool) {
    self.source = source
    self.map = map
    self.redecodes = redecodes
  }

  func tree() -> YAMLTree {
    YAMLTree(source: source, nodes: nodes, text: text, tags: tags, blocks: blocks, map: map)
  }

  mutating func build(_ parser: inout YAMLParser) -> Outcome {
    while true {
      let event: YAMLEvent
      do {
        event = try parser.next()
      } catch {
        return .failure(failure(error))
      }
      switch event.kind {
      case .streamEnd: return .end
      case .documentStart: documentStart = event.start
      case .documentEnd:
        let start = documentStart ?? event.start
        return .document(start..<max(start, nodes.first?.end ?? start))
      case .scalar(let style): addScalar(event, style, &parser)
      case .sequenceStart:
        if let failure = begin(.sequence, event, &parser) { return .failure(failure) }
      case .mappingStart:
        if let failure = begin(.mapping, event, &parser) { return .failure(failure) }
      case .collectionEnd: end(event)
      case .alias:
        if let failure = addAlias(event, parser.anchor ?? "") { return .failure(failure) }
      case .other: break
      }
    }
  }

  private mutating func addScalar(
    _ event: YAMLEvent, _ style: YAMLScalarStyle, _ parser: inout YAMLParser
  ) {
    var node = YAMLTree.Node(
      kind: .scalar, style: style, range: event.start..<event.end, next: nodes.count + 1)
    let anchor = addProperties(to: &node, &parser)
    node.first = text.count
    if redecodes, style == .doubleQuoted {
      let decoder = ScalarDecoder.decode(source, node.start..<node.end, style: style)
      text.append(contentsOf: decoder.text)
    } else {
      parser.appendScalar(to: &text)
    }
    node.count = text.count - node.first
    if style == .literal || style == .folded {
      let block = BlockScalar(source, indicator: node.start, text: text[node.first...])
      node.end = block.end
      blocks.append(
        YAMLTree.Block(
          node: nodes.count,
          layer: PositionMap.Layer(
            segments: block.segments, textCount: node.count, sourceEnd: node.end, style: style,
            indentation: block.indentation)))
    }
    if let anchor { anchors[anchor] = (nodes.count, 1) }
    nodes.append(node)
    grow(by: 1)
  }

  private mutating func begin(
    _ kind: YAMLTree.Node.Kind, _ event: YAMLEvent, _ parser: inout YAMLParser
  ) -> Failure? {
    guard open.count < YAMLLimits.depth else {
      return Failure(
        kind: .depth, message: "nested deeper than \(YAMLLimits.depth) levels",
        range: event.start..<max(event.start, event.end), documentStart: documentStart)
    }
    var node = YAMLTree.Node(
      kind: kind, isFlow: event.isFlow, range: event.start..<event.end, next: nodes.count + 1)
    let anchor = addProperties(to: &node, &parser)
    open.append((nodes.count, 0, anchor))
    if let anchor { anchors[anchor] = (nodes.count, 0) }
    nodes.append(node)
    grow(by: 1)
    return nil
  }

  private mutating func end(_ event: YAMLEvent) {
    guard let (index, size, anchor) = open.popLast() else { return }
    nodes[index].next = nodes.count
    // libyaml ends a block collection at the next token; its last descendant ends it here.
    nodes[index].end =
      nodes[index].isFlow ? event.end : max(nodes[index].start, lastChildEnd(of: index))
    if let anchor { anchors[anchor] = (index, size) }
    if !open.isEmpty { open[open.count - 1].size += size }
  }

  private func lastChildEnd(of index: Int) -> Int {
    var child = index + 1
    guard child < nodes.count else { return nodes[index].start }
    while nodes[child].next < nodes.count { child = nodes[child].next }
    return nodes[child].end
  }

  private mutating func addAlias(_ event: YAMLEvent, _ name: String) -> Failure? {
    let range = event.start..<event.end
    guard let anchor = anchors[name] else {
      return Failure(
        kind: .unknownAnchor, message: "no anchor \"\(name)\" before this alias",
        range: range, documentStart: documentStart)
    }
    guard !open.contains(where: { $0.node == anchor.node }) else {
      return Failure(
        kind: .recursiveAnchor, message: "the value of anchor \"\(name)\" contains itself",
        range: range, documentStart: documentStart)
    }
    nodes.append(
      YAMLTree.Node(
        kind: .alias, range: range, next: nodes.count + 1, first: anchor.node))
    grow(by: anchor.size)
    guard expandedSize <= YAMLLimits.expandedNodes(written: nodes.count) else {
      return Failure(
        kind: .aliasBudget,
        message: "the aliases stand for more than "
          + "\(YAMLLimits.expandedNodes(written: nodes.count)) values",
        range: range, documentStart: documentStart)
    }
    return nil
  }

  private mutating func grow(by size: Int) {
    // Each alias may double the size: the budget ends it long before the sum overflows.
    expandedSize += size
    if !open.isEmpty { open[open.count - 1].size += size }
  }

  /// Moves the node's start behind its tag and anchor and gives the anchor's name.
  private mutating func addProperties(
    to node: inout YAMLTree.Node, _ parser: inout YAMLParser
  ) -> String? {
    let anchor = parser.anchor
    let tag = parser.tag
    guard anchor != nil || tag != nil else { return nil }
    if let tag {
      node.tag = tagIndex[tag] ?? tags.count
      if node.tag == tags.count {
        tags.append(tag)
        tagIndex[tag] = node.tag
      }
    }
    node.start = valueStart(from: node.outset, upTo: node.end)
    return anchor
  }

  private func valueStart(from start: Int, upTo end: Int) -> Int {
    var index = start
    while index < source.count {
      switch source[index] {
      case UInt8(ascii: "!"), UInt8(ascii: "&"):
        while index < source.count, ![0x20, 0x09, 0x0A, 0x0D].contains(source[index]) {
          index += 1
        }
        // A scalar that is empty but for its properties ends where they do.
        if index == end { return end }
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      case UInt8(ascii: "#"):
        while index < source.count, lineBreakLength(source, at: index, end: source.count) == 0 {
          index += 1
        }
      default: return index
      }
    }
    return index
  }

  private func failure(_ error: YAMLSyntaxError) -> Failure {
    // An error at the end of the text stands behind its last line: show the last character.
    let offset = max(0, min(error.offset, source.count - 1))
    return Failure(
      kind: .syntax, message: error.message,
      range: offset..<min(offset + 1, source.count), documentStart: documentStart,
      context: error.context.map {
        ($0.message, min($0.offset, source.count)..<min($0.offset + 1, source.count))
      })
  }
}
