/// The roles and users of IAM accounts, as `aws iam list-roles` and `list-users` tell them.
///
/// An access entry needs the real ARN of a principal, path and letter case included; a row of
/// aws-auth has neither. The directory knows both, and which principals there are not.
public struct IAMDirectory: Sendable, Hashable {
  /// A role or user.
  public struct Principal: Sendable, Hashable, Codable {
    /// The ARN with its path.
    public var arn: String
    /// The services that may assume the role, such as `ec2.amazonaws.com`; empty for users.
    public var trustedServices: [String]

    /// Makes a principal.
    public init(arn: String, trustedServices: [String] = []) {
      self.arn = arn
      self.trustedServices = trustedServices
    }
  }

  /// The principals in the order in which they were added.
  public private(set) var principals: [Principal] = []
  private var byKey: [PrincipalKey: Int] = [:]
  private var lists: Set<String> = []

  /// Makes a directory of nobody.
  public init() {}

  /// Adds the answer of one call: principals of one kind.
  public mutating func add(_ principals: [Principal]) {
    for principal in principals {
      guard let parsed = IAMPrincipal(principal.arn) else { continue }
      byKey[PrincipalKey(parsed)] = self.principals.count
      lists.insert(Self.list(parsed))
      self.principals.append(principal)
    }
  }

  /// Whether nothing was added.
  public var isEmpty: Bool { principals.isEmpty }

  /// The principal of this account, kind and name, whatever its path.
  public func principal(_ principal: IAMPrincipal) -> Principal? {
    byKey[PrincipalKey(principal)].map { principals[$0] }
  }

  /// Whether the principals of this kind and account are all known, so that one that is not found
  /// does not exist.
  public func lists(_ principal: IAMPrincipal) -> Bool {
    lists.contains(Self.list(principal))
  }

  /// The principals of an account.
  public func principals(ofAccount account: String) -> [Principal] {
    principals.filter { IAMPrincipal($0.arn)?.arn.account == account }
  }

  private static func list(_ principal: IAMPrincipal) -> String {
    "\(principal.arn.account) \(principal.kind.rawValue)"
  }
}
