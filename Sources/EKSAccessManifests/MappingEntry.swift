public import EKSAccess
public import YAMLSource

/// One row of `mapRoles` or `mapUsers` as it stands in the file and as EKS reads it.
public struct MappingEntry: Sendable {
  /// A key of the row and its value, as written.
  public struct Field: Sendable {
    /// The key that EKS takes it for, in lower case; `nil` for a key that it ignores.
    public let name: Name?
    /// The key.
    public let key: YAMLNode
    /// The value.
    public let value: YAMLNode
    /// Whether another key of the row takes its place.
    public internal(set) var isOverridden = false
  }

  /// A key that the authenticator knows (`pkg/config/types.go`).
  public enum Name: String, Sendable, CaseIterable {
    /// The ARN of a role, in mapRoles.
    case roleARN = "rolearn"
    /// The ARN of a user, in mapUsers.
    case userARN = "userarn"
    /// The Kubernetes username.
    case username
    /// The Kubernetes groups.
    case groups
    /// An IAM Identity Center permission set in place of a role's ARN.
    case sso
    /// The principal's unique id; only tools write it.
    case userID = "userid"

    /// The key as it is documented, to compare with the bytes of a file.
    package var key: StaticString {
      switch self {
      case .roleARN: "rolearn"
      case .userARN: "userarn"
      case .username: "username"
      case .groups: "groups"
      case .sso: "sso"
      case .userID: "userid"
      }
    }
  }

  /// The row as EKS reads it.
  public enum Mapping: Sendable, Hashable {
    /// A row of mapRoles.
    case role(RoleMapping)
    /// A row of mapUsers.
    case user(UserMapping)

    /// The username template; empty where there is none.
    public var username: String {
      switch self {
      case .role(let role): role.username
      case .user(let user): user.username
      }
    }
  }

  /// All that there is to a row. Rows are copied often: each copy is one reference.
  private final class Content: Sendable {
    let section: AWSAuthSection
    let dialect: MappingDialect
    let index: Int
    let node: YAMLNode
    let fields: [Field]
    let arn: Located<String>?
    let username: Located<String>?
    let mapping: Mapping
    let groups: [Located<String>]
    let problems: [MappingProblem]
    let isKept: Bool
    let isPlain: Bool

    init(_ section: AWSAuthSection, index: Int, node: YAMLNode, dialect: MappingDialect) {
      self.section = section
      self.dialect = dialect
      self.index = index
      self.node = node
      var reader = MappingEntryReader(section, dialect)
      reader.read(node)
      fields = reader.fields
      isPlain = reader.isPlain
      groups = reader.groups
      arn = reader.arn.place
      username = reader.username.place
      mapping = reader.mapping
      let validation: MappingError? =
        switch mapping {
        case .role(let role): role.validationError
        case .user(let user): user.validationError
        }
      isKept = validation == nil
      var problems = reader.problems
      if problems.count > 1 { problems.sort { $0.range.lowerBound < $1.range.lowerBound } }
      if let validation {
        problems.append(MappingProblem(kind: .invalid(validation), range: node.range))
      }
      self.problems = problems
    }
  }

  private let content: Content

  init(
    _ section: AWSAuthSection, index: Int, node: YAMLNode, dialect: MappingDialect = .configMap
  ) {
    content = Content(section, index: index, node: node, dialect: dialect)
  }

  /// The section that the row stands in.
  public var section: AWSAuthSection { content.section }
  /// Where the row is kept, and what becomes of it.
  public var dialect: MappingDialect { content.dialect }
  /// The place of the row in its section, from 0.
  public var index: Int { content.index }
  /// The row.
  public var node: YAMLNode { content.node }
  /// The keys of the row in the order of the file; those of merged mappings behind them.
  public var fields: [Field] { content.fields }
  /// The ARN that EKS compares callers with, where it is text.
  public var arn: Located<String>? { content.arn }
  /// The username template, where it is text.
  public var username: Located<String>? { content.username }
  /// The row as EKS reads it: what has the wrong type is empty.
  public var mapping: Mapping { content.mapping }
  /// The groups with their places: what has the wrong type is an empty string.
  public var groups: [Located<String>] { content.groups }
  /// What the authenticator reports of the row.
  public var problems: [MappingProblem] { content.problems }
  /// Whether EKS keeps the row.
  public var isKept: Bool { content.isKept }
  /// Whether the row is written as documented, as nearly all are: each key once, the ARN and the
  /// username text, the groups a list of texts.
  package var isPlain: Bool { content.isPlain }

  /// The field that EKS uses for a key.
  public func field(_ name: Name) -> Field? {
    let fields = content.fields
    for index in fields.indices.reversed()
    where fields[index].name == name && !fields[index].isOverridden {
      return fields[index]
    }
    return nil
  }
}
