/// What an ARN names, as far as access to a cluster is concerned.
///
/// Every ARN can be looked at; ``kind-swift.property`` tells what it is, also where it cannot call
/// a cluster: an IAM group or an instance profile in a mapping is a mistake worth a name.
public struct IAMPrincipal: Sendable, Hashable {
  /// The kinds of things an ARN in a mapping is seen to name.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// An IAM role, `iam` … `role/path/name`.
    case role
    /// An IAM user, `iam` … `user/path/name`.
    case user
    /// The root user of an account, `iam` … `root`; not everybody in the account.
    case root
    /// A federated user, `sts` … `federated-user/name`.
    case federatedUser
    /// A session of a role, `sts` … `assumed-role/name/session`.
    case assumedRole
    /// An IAM group, `iam` … `group/path/name`, which cannot call anything.
    case group
    /// An instance profile, `iam` … `instance-profile/path/name`, which cannot call anything.
    case instanceProfile
    /// Anything else.
    case other
  }

  /// The ARN as written.
  public let arn: ARN
  /// What the ARN names, by service and first word of the resource, case-sensitively.
  public let kind: Kind
  /// The path between kind and name, from slash to slash: `/` or, for example, `/team/`.
  ///
  /// STS prints no path for a role session, so a session normally has `/`.
  public let path: String
  /// The name without path; of a role session the name of the role. Empty where there is none.
  public let name: String
  /// The session name of a role session, `nil` for every other kind.
  public let sessionName: String?

  /// Looks at an ARN.
  public init(_ arn: ARN) {
    self.arn = arn
    let words = arn.resource.slashSeparated
    kind = Kind(service: arn.service, word: words[0])
    var rest = Array(words.dropFirst())
    sessionName = kind == .assumedRole && rest.count > 1 ? rest.removeLast() : nil
    switch kind {
    case .root, .other:
      path = "/"
      name = arn.resource
    case .federatedUser:
      path = "/"
      name = rest.joined(separator: "/")
    default:
      name = rest.popLast() ?? ""
      path = rest.reduce("/") { "\($0)\($1)/" }
    }
  }

  /// Looks at a text, or answers `nil` when it does not have the shape of an ARN.
  public init?(_ text: String) {
    guard let arn = ARN(text) else { return nil }
    self.init(arn)
  }

  /// Looks at a text.
  ///
  /// - Throws: ``ARNError`` when the text does not have the shape of an ARN.
  public init(parsing text: String) throws(ARNError) {
    self.init(try ARN(parsing: text))
  }

  /// The partition of the ARN, known or not.
  public var partition: Partition { Partition(rawValue: arn.partition) }

  /// The account of the ARN, or `nil` when that is not twelve digits.
  public var account: AccountID? { AccountID(arn.account) }

  /// Whether there is a path other than `/`.
  public var hasPath: Bool { path != "/" }

  /// Whether IAM can have a role or user of this name: up to 64 letters, digits and `+=,.@-_`
  /// (IAM API reference, CreateRole).
  public var hasPossibleName: Bool {
    1...64 ~= name.utf8.count
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "+=,.@-_".utf8.contains(byte)
        }
      }
  }
}

extension IAMPrincipal.Kind {
  fileprivate init(service: String, word: String) {
    switch (service, word) {
    case ("iam", "role"): self = .role
    case ("iam", "user"): self = .user
    case ("iam", "root"): self = .root
    case ("iam", "group"): self = .group
    case ("iam", "instance-profile"): self = .instanceProfile
    case ("sts", "federated-user"): self = .federatedUser
    case ("sts", "assumed-role"): self = .assumedRole
    default: self = .other
    }
  }
}

extension IAMPrincipal: CustomStringConvertible {
  /// The ARN as written.
  public var description: String { arn.description }
}

extension IAMPrincipal: Codable {
  /// Reads the principal from its ARN, a single string.
  ///
  /// - Throws: `DecodingError` when the value is not a string or not an ARN.
  public init(from decoder: any Decoder) throws {
    self.init(try ARN(from: decoder))
  }

  /// Writes the principal as its ARN, a single string.
  public func encode(to encoder: any Encoder) throws {
    try arn.encode(to: encoder)
  }
}
