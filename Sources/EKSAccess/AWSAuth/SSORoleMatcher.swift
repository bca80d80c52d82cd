/// A permission set of IAM Identity Center, given in a row of `mapRoles` in place of an ARN.
///
/// It stands for every role the permission set gets in the account, whatever the digits at the end
/// of its name. aws-iam-authenticator honours it behind the feature gate `SSORoleMatch` only.
public struct SSORoleMatcher: Sendable, Hashable {
  /// The name of the permission set.
  public var permissionSetName: String
  /// The account in which the role lies, twelve digits.
  public var accountID: String
  /// The partition; empty means `aws`.
  public var partition: String

  /// Makes a matcher.
  public init(permissionSetName: String, accountID: String, partition: String = "") {
    self.permissionSetName = permissionSetName
    self.accountID = accountID
    self.partition = partition
  }

  /// Why the authenticator drops a row with this matcher, or `nil` when it keeps it.
  ///
  /// The account is checked first, then the name (`^[\w+=,.@-]{1,32}$`), then the partition.
  public var validationError: MappingError? {
    guard AccountID(accountID) != nil else { return .invalidSSOAccount(accountID) }
    guard 1...32 ~= permissionSetName.utf8.count,
      permissionSetName.utf8.allSatisfy({ $0.isASCIIWord || "+=,.@-".utf8.contains($0) })
    else { return .invalidPermissionSetName(permissionSetName) }
    guard partition.isEmpty || Partition(rawValue: partition).isKnown else {
      return .unknownSSOPartition(partition)
    }
    return nil
  }

  /// The pattern for the ARNs of the roles meant, in their own case and partition.
  public var intendedPattern: String { pattern(partition: partition.isEmpty ? "aws" : partition) }

  /// The pattern the authenticator matches lower-cased ARNs against.
  ///
  /// With a partition given the pattern has an empty one, as `SSOArnLike` in aws-iam-authenticator
  /// `pkg/config/mapper.go` only ever fills in `aws`: such a row matches nobody.
  public var effectivePattern: String {
    pattern(partition: partition.isEmpty ? "aws" : "").simpleLowercased
  }

  private func pattern(partition: String) -> String {
    "arn:\(partition):iam::\(accountID):role/\(SSORole.namePrefix)\(permissionSetName)_*"
  }
}

extension SSORoleMatcher: Codable {
  /// Reads a matcher, every field of which may be absent or null.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    permissionSetName =
      try container.decodeIfPresent(String.self, forKey: .permissionSetName) ?? ""
    accountID = try container.decodeIfPresent(String.self, forKey: .accountID) ?? ""
    partition = try container.decodeIfPresent(String.self, forKey: .partition) ?? ""
  }

  private enum CodingKeys: String, CodingKey {
    case permissionSetName, accountID, partition
  }

  /// Writes a matcher; an empty partition is left out.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(permissionSetName, forKey: .permissionSetName)
    try container.encode(accountID, forKey: .accountID)
    if !partition.isEmpty { try container.encode(partition, forKey: .partition) }
  }
}
