/// A row of `mapRoles`.
///
/// Exactly one of ``roleARN`` and ``sso`` has to be given. Nothing else is checked by the
/// authenticator: the ARN may be any text, and the username and the groups may be empty.
public struct RoleMapping: Sendable, Hashable {
  /// The text of `rolearn`; empty when not given.
  public var roleARN: String
  /// The permission set of IAM Identity Center given in place of an ARN.
  public var sso: SSORoleMatcher?
  /// The Kubernetes username, a ``UsernameTemplate``.
  public var username: String
  /// The Kubernetes groups, each a ``UsernameTemplate``.
  public var groups: [String]

  /// Makes a row.
  public init(
    roleARN: String = "", sso: SSORoleMatcher? = nil, username: String = "", groups: [String] = []
  ) {
    self.roleARN = roleARN
    self.sso = sso
    self.username = username
    self.groups = groups
  }

  /// Why the authenticator drops this row, or `nil` when it keeps it.
  ///
  /// This is `RoleMapping.Validate` of aws-iam-authenticator `pkg/config/mapper.go`.
  public var validationError: MappingError? {
    guard let sso else { return roleARN.isEmpty ? .missingRoleARN : nil }
    return roleARN.isEmpty ? sso.validationError : .bothRoleARNAndSSO
  }
}

extension RoleMapping: Codable {
  private enum CodingKeys: String, CodingKey {
    case roleARN = "rolearn"
    case sso, username, groups
  }

  /// Reads a row, every field of which may be absent or null.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    roleARN = try container.decodeIfPresent(String.self, forKey: .roleARN) ?? ""
    sso = try container.decodeIfPresent(SSORoleMatcher.self, forKey: .sso)
    username = try container.decodeIfPresent(String.self, forKey: .username) ?? ""
    groups = try container.decodeIfPresent([String].self, forKey: .groups) ?? []
  }

  /// Writes a row; an empty `rolearn` and a missing `sso` are left out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if !roleARN.isEmpty { try container.encode(roleARN, forKey: .roleARN) }
    try container.encodeIfPresent(sso, forKey: .sso)
    try container.encode(username, forKey: .username)
    try container.encode(groups, forKey: .groups)
  }
}
