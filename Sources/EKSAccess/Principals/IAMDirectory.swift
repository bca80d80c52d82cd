/// The roles and users of IAM accounts, as `aws iam list-roles` and `list-users` tell them.
///
/// An access entry needs the real ARN of a principal, path and letter case included; a row of
/// aws-auth has neither. The directory knows both and, where a list is complete, which principals
/// there are not.
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
  private var lists: Set<List> = []
  private var incompleteLists: Set<List> = []

  /// What one list is about.
  private struct List: Hashable {
    var account: String
    var kind: IAMPrincipal.Kind

    init(_ principal: IAMPrincipal) {
      account = principal.arn.account
      kind = principal.kind
    }
  }

  /// Makes a directory of nobody.
  public init() {}

  /// Adds the answer of one call: principals of one kind.
  ///
  /// - Parameters:
  ///   - principals: The principals in the answer.
  ///   - isComplete: Whether the answer has all of them; one that does not makes the list of the
  ///     account incomplete, whatever other answers say of it.
  public mutating func add(_ principals: [Principal], isComplete: Bool = true) {
    for principal in principals {
      guard let parsed = IAMPrincipal(principal.arn) else { continue }
      byKey[PrincipalKey(parsed)] = self.principals.count
      lists.insert(List(parsed))
      if !isComplete { incompleteLists.insert(List(parsed)) }
      self.principals.append(principal)
    }
  }

  /// Whether nothing was added.
  public var isEmpty: Bool { principals.isEmpty }

  /// The principal of this account, kind and name, whatever its path.
  public func principal(_ principal: IAMPrincipal) -> Principal? {
    byKey[PrincipalKey(principal)].map { principals[$0] }
  }

  /// Whether it is known if there is this principal: it was found, or all of its kind and account
  /// are known, so that one that is not found does not exist.
  public func lists(_ principal: IAMPrincipal) -> Bool {
    let list = List(principal)
    return lists.contains(list) && !incompleteLists.contains(list)
      || self.principal(principal) != nil
  }

  /// The principals of an account; nobody where a list of the account is incomplete, since others
  /// would be missed.
  public func principals(ofAccount account: String) -> [Principal] {
    guard !incompleteLists.contains(where: { $0.account == account }) else { return [] }
    return principals.filter { IAMPrincipal($0.arn)?.arn.account == account }
  }
}
