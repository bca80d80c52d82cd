/// A role that IAM Identity Center makes for a permission set in an account.
///
/// Its name is `AWSReservedSSO_<permission set>_<16 hexadecimal digits>`; the digits change when
/// the assignment is made anew, and with them the ARN.
public struct SSORole: Sendable, Hashable, Codable {
  /// The prefix of the name of every such role.
  public static let namePrefix = "AWSReservedSSO_"

  /// The name of the permission set.
  public var permissionSetName: String
  /// The sixteen lower-case hexadecimal digits at the end.
  public var suffix: String

  /// Takes a role name apart, or answers `nil` when it is not of that form.
  public init?(roleName: String) {
    guard roleName.utf8.starts(with: Self.namePrefix.utf8) else { return nil }
    let rest = roleName.utf8.dropFirst(Self.namePrefix.utf8.count)
    let digits = rest.suffix(16)
    let set = rest.dropLast(17)
    guard !set.isEmpty, digits.allSatisfy(\.isLowerHex),
      rest[set.endIndex] == UInt8(ascii: "_")
    else { return nil }
    permissionSetName = String(Substring(set))
    suffix = String(Substring(digits))
  }
}

extension IAMPrincipal {
  /// The permission set behind a role or a role session of IAM Identity Center, else `nil`.
  public var ssoRole: SSORole? {
    kind == .role || kind == .assumedRole ? SSORole(roleName: name) : nil
  }

  /// Whether this is a service-linked role or a session of one.
  ///
  /// Such a role lies under the path `/aws-service-role/` and its name begins with
  /// `AWSServiceRoleFor`. Where the path was dropped the name alone decides.
  public var isServiceLinkedRole: Bool {
    guard kind == .role || kind == .assumedRole else { return false }
    return path.utf8.starts(with: "/aws-service-role/".utf8)
      || !hasPath && name.utf8.starts(with: "AWSServiceRoleFor".utf8)
  }
}
