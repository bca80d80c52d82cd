public import EKSAccess
public import YAMLSource

/// One section of aws-auth, `mapRoles`, `mapUsers` or `mapAccounts`, with what EKS makes of it.
public struct AWSAuthSectionText: Sendable {
  /// Why EKS reads nothing from a section.
  public indirect enum Failure: Sendable {
    /// The value is a list, mapping, number or boolean: the API server refuses the object.
    case notText
    /// The text is not YAML.
    case syntax(YAMLProblem)
    /// The text is YAML that has no JSON form: a map as a key, an infinite number, a tag that does
    /// not fit.
    case notJSON(NotJSON)
    /// The text is YAML but no list.
    case notList(YAMLNode)
  }

  /// Which section it is.
  public let section: AWSAuthSection
  /// The key in `data`.
  public let key: YAMLNode
  /// The value of the key: text that holds YAML.
  public let value: YAMLNode
  /// Why nothing is read, if so. What could be read stands in the other properties all the same.
  public let failure: Failure?
  /// The documents of the text; EKS reads the first one alone.
  public let documents: [YAMLDocument]
  /// The first document of the text that does not parse.
  package let unreadDocument: Range<Int>?
  /// The text's comments.
  public let comments: [YAMLComment]
  /// The rows of mapRoles or mapUsers in order, dropped ones included.
  public let entries: [MappingEntry]
  /// The account ids of mapAccounts as the authenticator reads them.
  public let accounts: [Located<String>]
  /// What the authenticator reports of the section besides the problems of its entries.
  public let problems: [MappingProblem]

  /// Whether the section holds no rows: blank, only comments, `[]` or `null`.
  public var isEmpty: Bool {
    failure == nil && entries.isEmpty && accounts.isEmpty && problems.isEmpty
  }

  /// Whether the authenticator reports an error for the section.
  public var hasError: Bool {
    failure != nil || !problems.isEmpty || entries.contains { !$0.problems.isEmpty }
  }

  /// Reads a section as aws-iam-authenticator's `ParseMap` does (`pkg/mapper/configmap`).
  public init(_ section: AWSAuthSection, key: YAMLNode, value: YAMLNode) {
    self.init(section, key: key, value: value, dialect: .configMap)
  }

  init(_ section: AWSAuthSection, key: YAMLNode, value: YAMLNode, dialect: MappingDialect) {
    var reader = AWSAuthSectionReader(section, dialect)
    reader.read(value)
    self.init(reader, key: key, value: value)
  }

  /// Reads a section that is a list, not text.
  init(
    _ section: AWSAuthSection, key: YAMLNode, list: YAMLNode, dialect: MappingDialect,
    documents: [YAMLDocument] = [], comments: [YAMLComment] = []
  ) {
    var reader = AWSAuthSectionReader(section, dialect)
    reader.read(list: list)
    reader.documents = documents
    reader.comments = comments
    self.init(reader, key: key, value: list)
  }

  /// Takes rows that were found elsewhere than in a list of their own.
  init(
    _ section: AWSAuthSection, key: YAMLNode, value: YAMLNode, entries: [MappingEntry] = [],
    accounts: [Located<String>] = [], failure: Failure? = nil
  ) {
    var reader = AWSAuthSectionReader(section, .configMap)
    reader.entries = entries
    reader.accounts = accounts
    reader.failure = failure
    self.init(reader, key: key, value: value)
  }

  private init(_ reader: AWSAuthSectionReader, key: YAMLNode, value: YAMLNode) {
    self.section = reader.section
    self.key = key
    self.value = value
    failure = reader.failure
    documents = reader.documents
    unreadDocument = reader.unreadDocument
    comments = reader.comments
    entries = reader.entries
    accounts = reader.accounts
    problems = reader.problems
  }
}

/// Something that the authenticator reports while it reads a section.
public struct MappingProblem: Sendable, Hashable {
  /// What it reports.
  public enum Kind: Sendable, Hashable {
    /// A value of the wrong type: the field keeps its empty value.
    case type(field: String, expected: String, found: String)
    /// A row that is kept or dropped by its validation.
    case invalid(MappingError)
  }

  /// What is reported.
  public let kind: Kind
  /// The bytes in the file.
  public let range: Range<Int>
}

struct AWSAuthSectionReader {
  let section: AWSAuthSection
  private let dialect: MappingDialect
  fileprivate(set) var failure: AWSAuthSectionText.Failure?
  fileprivate(set) var documents: [YAMLDocument] = []
  private(set) var unreadDocument: Range<Int>?
  fileprivate(set) var comments: [YAMLComment] = []
  fileprivate(set) var entries: [MappingEntry] = []
  fileprivate(set) var accounts: [Located<String>] = []
  private(set) var problems: [MappingProblem] = []

  init(_ section: AWSAuthSection, _ dialect: MappingDialect) {
    self.section = section
    self.dialect = dialect
  }

  mutating func read(_ value: YAMLNode) {
    if value.isNull { return }
    guard value.isText else {
      failure = .notText
      return
    }
    guard !isSkipped(value.bytes) else { return }
    let stream = YAMLStream(textOf: value)
    documents = stream.documents
    unreadDocument = stream.problems.first?.document
    comments = stream.comments
    switch stream.first {
    case nil: return
    case .problem(let problem)?: failure = .syntax(problem)
    case .document(let document)?: read(list: document.root)
    }
  }

  mutating func read(list: YAMLNode) {
    section == .mapAccounts ? readAccounts(list) : readMappings(list)
  }

  /// The authenticator passes over a section that is blank or a pair of quotes alone.
  private func isSkipped(_ text: ArraySlice<UInt8>) -> Bool {
    var text = text
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    while let first = text.first, isSpace(first) { text.removeFirst() }
    while let last = text.last, isSpace(last) { text.removeLast() }
    guard let first = text.first else { return true }
    return text.count == 2 && first == text.last && "`\"'".utf8.contains(first)
  }

  private mutating func readMappings(_ root: YAMLNode) {
    for (index, element) in root.elements.enumerated() {
      entries.append(MappingEntry(section, index: index, node: element, dialect: dialect))
    }
    // Rows that are written as documented hold nothing but text.
    if !root.isSequence || entries.contains(where: { !$0.isPlain }),
      let notJSON = NotJSON.find(in: root)
    {
      failure = .notJSON(notJSON)
      entries = []
    } else if !root.isSequence, !root.isNull {
      failure = .notList(root)
    }
  }

  /// go-yaml decodes account ids into strings directly: digits keep their text.
  private mutating func readAccounts(_ root: YAMLNode) {
    guard root.isSequence else {
      if root.scalar != .null { failure = .notList(root) }
      return
    }
    for element in root.elements {
      if element.isScalar {
        accounts.append(Located(element.scalar == .null ? "" : element.string, at: element))
      } else {
        let found = element.isSequence ? "list" : "mapping"
        problems.append(
          MappingProblem(
            kind: .type(field: section.rawValue, expected: "string", found: found),
            range: element.range))
      }
    }
  }
}
