/// A row of `mapUsers`.
///
/// The authenticator demands an ARN that is not empty and checks nothing else.
public struct UserMapping: Sendable, Hashable {
  /// The text of `userarn`; empty when not given.
  public var userARN: String
  /// The Kubernetes username, a ``UsernameTemplate``.
  public var username: String
  /// The Kubernetes groups, each a ``UsernameTemplate``.
  public var groups: [String]

  /// Makes a row.
  public init(userARN: String = "", username: String = "", groups: [String] = []) {
    self.userARN = userARN
    self.username = username
    self.groups = groups
  }

  /// Why the authenticator drops this row, or `nil` when it keeps it.
  ///
  /// This is `UserMapping.Validate` of aws-iam-authenticator `pkg/config/mapper.go`.
  public var validationError: MappingError? {
    userARN.isEmpty ? .missingUserARN : nil
  }
}

extension UserMapping: Codable {
  private enum CodingKeys: String, CodingKey {
    case userARN = "userarn"
    case username, groups
  }

  /// Reads a row, every field of which may be absent or null.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    userARN = try container.decodeIfPresent(String.self, forKey: .userARN) ?? ""
    username = try container.decodeIfPresent(String.self, forKey: .username) ?? ""
    groups = try container.decodeIfPresent([String].self, forKey: .groups) ?? []
  }
}
