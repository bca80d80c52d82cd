/// The name and the groups a caller has in the cluster.
///
/// The groups are those of the mapping, in its order and with its repetitions; what the API server
/// adds, such as `system:authenticated`, is not among them.
public struct KubernetesIdentity: Sendable, Hashable, Codable {
  /// The username.
  public var username: String
  /// The groups.
  public var groups: [String]

  /// Makes an identity.
  public init(username: String, groups: [String] = []) {
    self.username = username
    self.groups = groups
  }
}

/// A row of one of the sections of `aws-auth`.
public struct AWSAuthRow: Sendable, Hashable, Codable {
  /// The section.
  public var section: AWSAuthSection
  /// The index among the rows of ``AWSAuthConfigMap`` for that section, from 0.
  public var index: Int

  /// Names a row.
  public init(_ section: AWSAuthSection, _ index: Int) {
    self.section = section
    self.index = index
  }
}

extension AWSAuthRow: Comparable {
  /// Orders rows as they are asked: by section, then by index.
  public static func < (left: AWSAuthRow, right: AWSAuthRow) -> Bool {
    (left.section.rank, left.index) < (right.section.rank, right.index)
  }
}

extension AWSAuthRow: CustomStringConvertible {
  /// The section and the index, such as `mapRoles[2]`.
  public var description: String { "\(section.rawValue)[\(index)]" }
}

extension AWSAuthSection {
  var rank: Int {
    switch self {
    case .mapRoles: 0
    case .mapUsers: 1
    case .mapAccounts: 2
    }
  }
}
