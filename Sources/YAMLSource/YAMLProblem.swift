/// Why a document could not be read.
public struct YAMLProblem: Sendable, Hashable, Error {
  /// The kind of a problem.
  public enum Kind: Sendable, Hashable {
    /// The text is not UTF-8, or holds a character that YAML forbids.
    case characters(SourceDefect.Kind)
    /// The text breaks YAML's grammar; `message` is libyaml's.
    case syntax
    /// The text is larger than ``YAMLLimits/size``.
    case size
    /// Collections are nested deeper than ``YAMLLimits/depth``.
    case depth
    /// An alias names an anchor that does not exist before it.
    case unknownAnchor
    /// An anchor's value contains an alias to itself.
    case recursiveAnchor
    /// Expanding the aliases would give more nodes than ``YAMLLimits/expandedNodes`` allows.
    case aliasBudget
  }

  /// A second place that explains the problem: where the construct began.
  public struct Context: Sendable, Hashable {
    /// What was being read, such as `while parsing a block mapping`.
    public let message: String
    /// Where that began, as byte offsets into the file.
    public let range: Range<Int>
  }

  /// What kind of problem it is.
  public let kind: Kind
  /// What is wrong, in a few words, lower case, without a full stop.
  public let message: String
  /// Where it is wrong, as byte offsets into the file.
  public let range: Range<Int>
  /// Where the construct that broke began, when the parser tells.
  public let context: Context?
  /// The bytes of the document that could not be read, as offsets into the file.
  public let document: Range<Int>
  /// The same bytes as offsets into the text that was read, which may be a scalar of the file.
  let extent: Range<Int>
}

/// How much a document may ask of its reader.
public enum YAMLLimits {
  /// The largest text that is read, in bytes.
  public static let size = 1 << 30
  /// The deepest nesting of collections that is read.
  public static let depth = 64
  /// The number of documents before which a JSON value may follow another one without `---`.
  public static let jsonValues = 1 << 16

  /// The number of nodes that a document may have once every alias stands for its anchor's value.
  public static func expandedNodes(written: Int) -> Int {
    max(100_000, 10 * written)
  }
}
