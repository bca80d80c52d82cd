/// Somebody who calls a cluster, with what the authenticator knows of them.
public struct Caller: Sendable, Hashable {
  /// The principal as given.
  public let principal: IAMPrincipal
  /// The principal under which the caller is looked up.
  public private(set) var canonical: IAMPrincipal
  /// The account, as STS answers it; that of the ARN unless given.
  public var accountID: String
  /// The session name; empty for a caller without one, `nil` when any session is meant.
  public var sessionName: String?
  /// The id of the access key of the request, or `nil` when not known.
  public var accessKeyID: String?
  /// The private DNS name of the instance that calls, or `nil` when not known.
  public var privateDNSName: String?

  /// The ARN under which the caller is looked up.
  public var canonicalARN: String { canonical.description }

  /// Takes what a person writes: the ARN of a role session, a user, root, a federated user, or of a
  /// role, which stands for any session of it.
  ///
  /// The path of a role is dropped, since STS prints no path for its sessions. The session name of
  /// a role is unknown unless given.
  ///
  /// - Throws: ``CallerError`` when the ARN does not name somebody who can call a cluster.
  public init(
    arn: String, sessionName: String? = nil, accountID: String? = nil, accessKeyID: String? = nil,
    privateDNSName: String? = nil
  ) throws(CallerError) {
    try self.init(
      callerIdentity: arn, sessionName: sessionName, accountID: accountID,
      accessKeyID: accessKeyID, privateDNSName: privateDNSName)
    guard principal.kind == .role else { return }
    self.sessionName = sessionName
    if let stripped = try? canonical.strippingPath() { canonical = stripped }
  }

  /// Takes the ARN that `sts:GetCallerIdentity` answered, exactly as the authenticator does.
  ///
  /// A session name that is not given is taken from the ARN of a role session and is empty for
  /// every other kind. Of a federated user it stands in the answer's user id, so it has to be given.
  ///
  /// - Throws: ``CallerError`` when the ARN does not name somebody who can call a cluster.
  public init(
    callerIdentity arn: String, sessionName: String? = nil, accountID: String? = nil,
    accessKeyID: String? = nil, privateDNSName: String? = nil
  ) throws(CallerError) {
    do {
      principal = try IAMPrincipal(parsing: arn)
    } catch {
      throw CallerError(reason: error, kind: nil)
    }
    do {
      canonical = try principal.canonicalized()
    } catch {
      throw CallerError(reason: error, kind: principal.kind)
    }
    self.accountID = accountID ?? principal.arn.account
    self.sessionName = sessionName ?? principal.sessionName ?? ""
    self.accessKeyID = accessKeyID
    self.privateDNSName = privateDNSName
  }

  /// Whether a session name is the id of an EC2 instance: `i-` and 8 or 17 word characters.
  public static func isInstanceID(_ sessionName: String) -> Bool {
    let bytes = Array(sessionName.utf8)
    return (bytes.count == 10 || bytes.count == 19) && bytes.starts(with: "i-".utf8)
      && bytes.dropFirst(2).allSatisfy(\.isASCIIWord)
  }
}
