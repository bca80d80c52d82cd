/// What the `aws-auth` ConfigMap says, as far as the authenticator keeps it.
///
/// Coded, it has the keys of the ConfigMap with lists in place of the YAML texts:
///
/// ```text
/// {"mapRoles": [{"rolearn": "…", "username": "…", "groups": ["…"]}], "mapUsers": […], …}
/// ```
public struct AWSAuthConfigMap: Sendable, Hashable {
  /// The rows of `mapRoles` in their order in the file.
  public var roles: [RoleMapping]
  /// The rows of `mapUsers` in their order in the file.
  public var users: [UserMapping]
  /// The texts of `mapAccounts` in their order in the file.
  public var accounts: [String]

  /// Makes a ConfigMap of its rows.
  public init(
    roles: [RoleMapping] = [], users: [UserMapping] = [], accounts: [String] = []
  ) {
    self.roles = roles
    self.users = users
    self.accounts = accounts
  }
}

extension AWSAuthConfigMap: Codable {
  private enum CodingKeys: String, CodingKey {
    case roles = "mapRoles"
    case users = "mapUsers"
    case accounts = "mapAccounts"
  }

  /// Reads the three lists, each of which may be absent or null.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    roles = try container.decodeIfPresent([RoleMapping].self, forKey: .roles) ?? []
    users = try container.decodeIfPresent([UserMapping].self, forKey: .users) ?? []
    accounts = try container.decodeIfPresent([String].self, forKey: .accounts) ?? []
  }
}
