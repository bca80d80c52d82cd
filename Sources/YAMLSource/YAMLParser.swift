internal import CLibYAML

/// One event of libyaml, as far as a tree needs it. Offsets are bytes of the parsed text.
struct YAMLEvent {
  enum Kind {
    case streamEnd
    case documentStart
    case documentEnd
    case scalar(YAMLScalarStyle)
    case sequenceStart
    case mappingStart
    case collectionEnd
    case alias
    case other
  }

  var kind: Kind
  var start: Int
  var end: Int
  var isFlow = false
}

/// A failure of libyaml's scanner or parser. Offsets are bytes of the parsed text.
struct YAMLSyntaxError: Error {
  var message: String
  var offset: Int
  var context: (message: String, offset: Int)?
}

/// A pull parser over libyaml: the only place that touches C.
///
/// libyaml keeps a pointer to its own structure, so that lives on the heap; the text must outlive
/// the parser, which therefore exists only inside ``withParser(_:from:isASCII:_:)``.
struct YAMLParser: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private var event: UnsafeMutablePointer<yaml_event_t>
  private var hasEvent = false
  private var offsets: CharacterOffsets

  static func withParser<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool,
    _ body: (inout YAMLParser) -> Result
  ) -> Result {
    var parser = YAMLParser(bytes, from: start, isASCII: isASCII)
    return body(&parser)
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool) {
    parser = .allocate(capacity: 1)
    event = .allocate(capacity: 1)
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    offsets = CharacterOffsets(bytes, from: start, isASCII: isASCII)
    let rest = UnsafeBufferPointer(rebasing: bytes[start...])
    // An empty buffer has no address, and libyaml asserts that it gets one.
    let dummy = UnsafeRawPointer(event).assumingMemoryBound(to: UInt8.self)
    yaml_parser_set_input_string(parser, rest.baseAddress ?? dummy, rest.count)
  }

  deinit {
    if hasEvent { yaml_event_delete(event) }
    yaml_parser_delete(parser)
    event.deallocate()
    parser.deallocate()
  }

  mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
    if hasEvent { yaml_event_delete(event) }
    hasEvent = false
    guard yaml_parser_parse(parser, event) == 1 else { throw failure() }
    hasEvent = true
    let start = offsets.byte(at: event.pointee.start_mark.index)
    let end = offsets.byte(at: event.pointee.end_mark.index)
    switch event.pointee.type {
    case YAML_STREAM_END_EVENT: return YAMLEvent(kind: .streamEnd, start: start, end: end)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, start: start, end: end)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, start: start, end: end)
    case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, start: start, end: end)
    case YAML_SCALAR_EVENT:
      return YAMLEvent(kind: .scalar(scalarStyle), start: start, end: end)
    case YAML_SEQUENCE_START_EVENT:
      let isFlow = event.pointee.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
      return YAMLEvent(kind: .sequenceStart, start: start, end: end, isFlow: isFlow)
    case YAML_MAPPING_START_EVENT:
      let isFlow = event.pointee.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
      return YAMLEvent(kind: .mappingStart, start: start, end: end, isFlow: isFlow)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      return YAMLEvent(kind: .collectionEnd, start: start, end: end)
    default: return YAMLEvent(kind: .other, start: start, end: end)
    }
  }

  private var scalarStyle: YAMLScalarStyle {
    switch event.pointee.data.scalar.style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE: .literal
    case YAML_FOLDED_SCALAR_STYLE: .folded
    default: .plain
    }
  }

  /// Appends the value of the current scalar event to a buffer.
  func appendScalar(to buffer: inout [UInt8]) {
    let scalar = event.pointee.data.scalar
    buffer.append(contentsOf: UnsafeBufferPointer(start: scalar.value, count: scalar.length))
  }

  /// The tag written before the current node, if any.
  var tag: String? {
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: Self.string(event.pointee.data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT: Self.string(event.pointee.data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT: Self.string(event.pointee.data.mapping_start.tag)
    default: nil
    }
  }

  /// The name of the anchor before the current node, or of the one that an alias names.
  var anchor: String? {
    switch event.pointee.type {
    case YAML_SCALAR_EVENT: Self.string(event.pointee.data.scalar.anchor)
    case YAML_SEQUENCE_START_EVENT: Self.string(event.pointee.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT: Self.string(event.pointee.data.mapping_start.anchor)
    case YAML_ALIAS_EVENT: Self.string(event.pointee.data.alias.anchor)
    default: nil
    }
  }

  private static func string(_ bytes: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    bytes.map { String(cString: $0) }
  }

  private mutating func failure() -> YAMLSyntaxError {
    let problem = parser.pointee
    var error = YAMLSyntaxError(
      message: problem.problem.map { String(cString: $0) } ?? "out of memory",
      offset: offsets.byte(at: problem.problem_mark.index), context: nil)
    if let context = problem.context {
      error.context = (String(cString: context), offsets.byte(at: problem.context_mark.index))
    }
    return error
  }
}

/// Turns libyaml's character counts into byte offsets. Marks come nearly in order, so the last
/// answer is the place to search from.
private struct CharacterOffsets {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let start: Int
  private let isASCII: Bool
  private var character = 0
  private var byte: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isASCII: Bool) {
    self.bytes = bytes
    self.start = start
    self.isASCII = isASCII
    self.byte = start
  }

  mutating func byte(at index: Int) -> Int {
    if isASCII { return min(start + index, bytes.count) }
    while character < index, byte < bytes.count {
      byte += 1
      while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    while character > index {
      byte -= 1
      while bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      character -= 1
    }
    return byte
  }
}
