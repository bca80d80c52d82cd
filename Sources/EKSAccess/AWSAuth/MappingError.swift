/// Why the authenticator drops a row of `aws-auth` while it keeps the rest.
public enum MappingError: Error, Sendable, Hashable {
  /// A row of `mapRoles` has neither `rolearn` nor `sso`.
  case missingRoleARN
  /// A row of `mapRoles` has both `rolearn` and `sso`.
  case bothRoleARNAndSSO
  /// The account of an `sso` row is not twelve digits.
  case invalidSSOAccount(String)
  /// The permission set of an `sso` row is not 1 to 32 of the characters `A-Z a-z 0-9 _+=,.@-`.
  case invalidPermissionSetName(String)
  /// The partition of an `sso` row is neither empty nor known.
  case unknownSSOPartition(String)
  /// A row of `mapUsers` has no `userarn`.
  case missingUserARN
}

extension MappingError: CustomStringConvertible {
  /// A sentence without a full stop, such as `neither "rolearn" nor "sso" is given`.
  public var description: String {
    switch self {
    case .missingRoleARN:
      return "neither \"rolearn\" nor \"sso\" is given"
    case .bothRoleARNAndSSO:
      return "both \"rolearn\" and \"sso\" are given"
    case .invalidSSOAccount(let account):
      return "account \"\(account)\" is not twelve digits"
    case .invalidPermissionSetName(let name):
      return "permission set \"\(name)\" is not 1 to 32 letters, digits or _+=,.@-"
    case .unknownSSOPartition(let partition):
      return "partition \"\(partition)\" is not known"
    case .missingUserARN:
      return "\"userarn\" is not given"
    }
  }
}
