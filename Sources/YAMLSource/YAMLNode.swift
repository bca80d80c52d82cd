/// How a scalar is written.
public enum YAMLScalarStyle: UInt8, Sendable, Hashable {
  /// Without quotes.
  case plain
  /// Between `'`.
  case singleQuoted
  /// Between `"`; JSON's strings too.
  case doubleQuoted
  /// A block after `|`.
  case literal
  /// A block after `>`.
  case folded
}

/// The nodes of one document in the order of the text, and the bytes of its scalars.
///
/// A collection's children follow it directly. A node takes 32 bytes: texts are limited to
/// ``YAMLLimits/size``, so its numbers need 32 bits. Strings are made only when somebody asks.
final class YAMLTree: Sendable {
  struct Node: Sendable {
    enum Kind: UInt8, Sendable { case scalar, sequence, mapping, alias }

    var kind: Kind
    var style: YAMLScalarStyle = .plain
    var isFlow = false
    private var storedTag: Int32 = -1
    private var storedOutset: Int32
    private var storedStart: Int32
    private var storedEnd: Int32
    private var storedNext: Int32
    private var storedFirst: Int32
    private var storedCount: Int32 = 0

    init(
      kind: Kind, style: YAMLScalarStyle = .plain, isFlow: Bool = false, range: Range<Int>,
      next: Int, first: Int = 0
    ) {
      self.kind = kind
      self.style = style
      self.isFlow = isFlow
      storedOutset = Int32(range.lowerBound)
      storedStart = Int32(range.lowerBound)
      storedEnd = Int32(range.upperBound)
      storedNext = Int32(next)
      storedFirst = Int32(first)
    }

    /// Where the node begins, before its tag and anchor.
    var outset: Int { Int(storedOutset) }
    /// Where the value itself begins.
    var start: Int {
      get { Int(storedStart) }
      set { storedStart = Int32(newValue) }
    }
    var end: Int {
      get { Int(storedEnd) }
      set { storedEnd = Int32(newValue) }
    }
    /// The index after the node's last descendant.
    var next: Int {
      get { Int(storedNext) }
      set { storedNext = Int32(newValue) }
    }
    /// The scalar's first byte in `text`, or of an alias: the index of the node it stands for.
    var first: Int {
      get { Int(storedFirst) }
      set { storedFirst = Int32(newValue) }
    }
    /// The number of the scalar's bytes.
    var count: Int {
      get { Int(storedCount) }
      set { storedCount = Int32(newValue) }
    }
    /// The index of the tag, or -1.
    var tag: Int {
      get { Int(storedTag) }
      set { storedTag = Int32(newValue) }
    }
  }

  /// The way back from a block scalar, which is walked once: a section can be the whole file.
  struct Block: Sendable {
    var node: Int
    var layer: PositionMap.Layer
  }

  let source: [UInt8]
  let nodes: [Node]
  let text: [UInt8]
  let tags: [String]
  /// In the order of the nodes.
  let blocks: [Block]
  let map: PositionMap?

  init(
    source: [UInt8], nodes: [Node], text: [UInt8], tags: [String], blocks: [Block],
    map: PositionMap?
  ) {
    self.source = source
    self.nodes = nodes
    self.text = text
    self.tags = tags
    self.blocks = blocks
    self.map = map
  }

  /// The way back from a block scalar by the index of its node.
  func layer(ofBlock node: Int) -> PositionMap.Layer? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].node < node { low = middle + 1 } else { high = middle }
    }
    return low < blocks.count && blocks[low].node == node ? blocks[low].layer : nil
  }

  func fileRange(_ range: Range<Int>) -> Range<Int> {
    map?.sourceRange(of: range) ?? range
  }

  /// The index of the node with the content of a node as written, which may be an alias.
  func content(of written: Int) -> Int {
    nodes[written].kind == .alias ? nodes[written].first : written
  }

  /// Whether a node is a scalar with this text, compared byte by byte.
  func has(_ text: StaticString, at index: Int) -> Bool {
    let node = nodes[index]
    guard node.kind == .scalar, node.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      for offset in 0..<expected.count where self.text[node.first + offset] != expected[offset] {
        return false
      }
      return true
    }
  }
}

/// A node of a document: a scalar, a sequence or a mapping, with its place in the file.
///
/// Aliases are followed: the node of an alias has the content of its anchor and its own range.
public struct YAMLNode: Sendable {
  let tree: YAMLTree
  /// The node as written, an alias included.
  let written: Int
  /// The node with the content.
  let index: Int

  init(_ tree: YAMLTree, _ written: Int) {
    self.tree = tree
    self.written = written
    self.index = tree.content(of: written)
  }

  private var node: YAMLTree.Node { tree.nodes[index] }

  /// The bytes of the node in the file, without tag and anchor; of an alias, the alias.
  public var range: Range<Int> {
    let node = tree.nodes[written]
    return tree.fileRange(node.start..<node.end)
  }

  /// The bytes of the node in the file, from its tag or anchor on.
  public var fullRange: Range<Int> {
    let node = tree.nodes[written]
    return tree.fileRange(node.outset..<node.end)
  }

  /// Whether the node stands in the text as an alias (`*name`).
  public var isAlias: Bool { written != index }

  /// Whether the node is a scalar.
  public var isScalar: Bool { node.kind == .scalar }
  /// Whether the node is a sequence.
  public var isSequence: Bool { node.kind == .sequence }
  /// Whether the node is a mapping.
  public var isMapping: Bool { node.kind == .mapping }
  /// Whether the collection is written with brackets, as all collections of JSON are.
  public var isFlow: Bool { node.isFlow }

  /// How the scalar is written.
  public var style: YAMLScalarStyle { node.style }

  /// The tag, such as `!Sub` or `tag:yaml.org,2002:str`, if one is written.
  public var tag: String? { node.tag < 0 ? nil : tree.tags[node.tag] }

  /// The scalar's text; empty for collections.
  public var string: String {
    node.kind == .scalar ? String(decoding: bytes, as: UTF8.self) : ""
  }

  /// The UTF-8 bytes of the scalar's text; empty for collections.
  public var bytes: ArraySlice<UInt8> {
    guard node.kind == .scalar else { return [] }
    return tree.text[node.first..<(node.first + node.count)]
  }

  /// Whether the scalar's text is this one, compared byte by byte.
  public func has(_ text: StaticString) -> Bool { tree.has(text, at: index) }

  /// The value as YAML 1.1 reads it: the type of a plain scalar follows from its text.
  public var scalar: YAMLScalar? {
    node.kind == .scalar ? YAMLScalar(string, style: node.style, tag: tag) : nil
  }

  /// Whether the scalar is written with an escape that JSON has and go-yaml v2 refuses: `\/`, or
  /// a surrogate pair such as `\ud83d\ude00`.
  public var hasJSONEscape: Bool {
    guard node.kind == .scalar, node.style == .doubleQuoted else { return false }
    return JSONEscapes.isUsed(in: tree.source[node.start..<node.end])
  }

  /// The items of a sequence; empty for other nodes.
  public var elements: Children { Children(node.kind == .sequence ? self : nil) }

  /// The keys and values of a mapping in order, each where it is written; merge keys are not
  /// resolved. Empty for other nodes.
  public var pairs: Pairs { Pairs(node.kind == .mapping ? self : nil) }

  /// The value of a key; the last one where the key is repeated, as most readers have it.
  ///
  /// Merge keys are followed; a key written in the mapping itself comes first.
  public func value(of key: StaticString) -> YAMLNode? {
    guard isMapping else { return nil }
    // Most keys that are asked for are others: their nodes are not made.
    var found: Int?
    var mayMerge = false
    var position = index + 1
    while position < node.next {
      let content = tree.content(of: position)
      let value = tree.nodes[position].next
      if tree.has(key, at: content) { found = value }
      mayMerge = mayMerge || tree.has("<<", at: content)
      position = tree.nodes[value].next
    }
    if let found { return YAMLNode(tree, found) }
    guard mayMerge else { return nil }
    for pair in pairs where pair.isMerge {
      for merged in pair.value.isSequence ? Array(pair.value.elements) : [pair.value] {
        if let value = merged.value(of: key) { return value }
      }
    }
    return nil
  }

  /// The children of a sequence.
  public struct Children: Sequence, IteratorProtocol, Sendable {
    private let tree: YAMLTree?
    private var position: Int
    private let end: Int

    /// The children of no sequence at all.
    public init() {
      self.init(nil)
    }

    init(_ parent: YAMLNode?) {
      tree = parent?.tree
      position = (parent?.index ?? -1) + 1
      end = parent.map { $0.tree.nodes[$0.index].next } ?? 0
    }

    /// The next child that was not iterated over yet.
    public var first: YAMLNode? {
      var copy = self
      return copy.next()
    }

    /// The next child, or `nil` at the end.
    public mutating func next() -> YAMLNode? {
      guard let tree, position < end else { return nil }
      defer { position = tree.nodes[position].next }
      return YAMLNode(tree, position)
    }
  }

  /// A key of a mapping and its value.
  public struct Pair: Sendable {
    /// The key.
    public let key: YAMLNode
    /// The value.
    public let value: YAMLNode

    /// Whether the pair is YAML 1.1's merge (`<<: *anchor`).
    public var isMerge: Bool { key.has("<<") && key.style == .plain }
    /// The bytes of key and value in the file.
    public var range: Range<Int> {
      key.range.lowerBound..<Swift.max(key.range.upperBound, value.range.upperBound)
    }
  }

  /// The keys and values of a mapping.
  public struct Pairs: Sequence, IteratorProtocol, Sendable {
    private var children: Children

    /// The pairs of no mapping at all.
    public init() {
      self.init(nil)
    }

    init(_ parent: YAMLNode?) {
      children = Children(parent)
    }

    /// The first pair that was not iterated over yet.
    public var first: Pair? {
      var copy = self
      return copy.next()
    }

    /// The next pair, or `nil` at the end.
    public mutating func next() -> Pair? {
      guard let key = children.next(), let value = children.next() else { return nil }
      return Pair(key: key, value: value)
    }
  }
}
