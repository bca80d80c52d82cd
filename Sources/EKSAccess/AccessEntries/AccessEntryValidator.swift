/// Tells what the EKS API would refuse of an access entry.
///
/// The constraints are those of the API reference (CreateAccessEntry, AssociateAccessPolicy), of
/// the user guide ("Create access entries") and of the CloudFormation schema of
/// `AWS::EKS::AccessEntry`; the answers of the API were measured by others.
///
/// A `${…}` in a text, as `Fn::Sub` has it, stands for something that is not known yet: nothing is
/// said of the part of the text where it stands.
public struct AccessEntryValidator: Sendable, Hashable {
  /// The account of the cluster, if it is known.
  public var clusterAccount: AccountID?
  /// The partition of the cluster, if it is known.
  public var partition: Partition?

  /// The most policies that an entry can have (`maxItems` of the CloudFormation schema).
  public static let maximumPolicies = 20
  /// What usernames and groups of an entry may not begin with (user guide, "Create access
  /// entries"; for groups the API says so).
  public static let reservedPrefixes = ["system:", "eks:", "aws:", "amazon:", "iam:"]

  /// Makes a validator for a cluster.
  public init(clusterAccount: AccountID? = nil, partition: Partition? = nil) {
    self.clusterAccount = clusterAccount
    self.partition = partition
  }

  /// Everything that is wrong with an entry.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - unresolved: Parts that are not known before the entry is made; nothing is said of them.
  /// - Returns: What is wrong, in the order of the fields.
  public func violations(
    of entry: AccessEntry, unresolved: Set<AccessEntry.Field> = []
  ) -> [AccessEntryViolation] {
    let all =
      principalViolations(entry, kindIsKnown: !unresolved.contains(.kind))
      + identityViolations(entry) + policyViolations(entry) + tagViolations(entry.tags)
    return all.filter { violation in
      !violation.field.isPart(of: unresolved)
        && !(violation.reason.dependsOnKind && unresolved.contains(.kind))
    }
  }

  /// The reserved prefix that a username or group begins with, if there is one.
  public static func reservedPrefix(of name: String) -> String? {
    reservedPrefixes.first { name.utf8.starts(with: $0.utf8) }
  }

  /// Whether a username has a session name as a variable and no colon anywhere before it.
  public static func lacksColon(username: String) -> Bool {
    let bytes = Array(username.utf8)
    guard
      let start = bytes.indices.first(where: { bytes[$0...].starts(with: "{{SessionName".utf8) }),
      ["{{SessionName}}", "{{SessionNameRaw}}"].contains(where: {
        bytes[start...].starts(with: $0.utf8)
      })
    else { return false }
    let prefix = bytes[..<start]
    return !prefix.contains(UInt8(ascii: ":")) && !prefix.containsReference
  }
}

extension AccessEntry.Field {
  fileprivate func isPart(of fields: Set<AccessEntry.Field>) -> Bool {
    if fields.contains(self) { return true }
    switch self {
    case .group: return fields.contains(.groups)
    case .policy: return fields.contains(.policies)
    case .scope: return fields.contains(.policies)
    case .namespaces(let index): return fields.contains(.policies) || fields.contains(.scope(index))
    default: return false
    }
  }
}

extension AccessEntryViolation.Reason {
  fileprivate var dependsOnKind: Bool {
    switch self {
    case .needsRole, .needsOwnAccount, .usernameOnNode, .groupsOnNode, .policiesOnNode: true
    default: false
    }
  }
}

extension AccessEntryValidator {
  func identityViolations(_ entry: AccessEntry) -> [AccessEntryViolation] {
    var violations: [AccessEntryViolation] = []
    let kind = entry.kind
    if let username = entry.username {
      if kind.refusesIdentity {
        violations.append(
          .init(.username, .usernameOnNode, apiMessage: Self.notAllowed("username", kind)))
      } else if let prefix = Self.reservedPrefix(of: username) {
        violations.append(
          .init(
            .username, .reservedPrefix(prefix),
            apiMessage: "The username must not begin with \(prefix)"))
      } else if Self.lacksColon(username: username) {
        violations.append(.init(.username, .sessionNameWithoutColon))
      }
    }
    guard !entry.groups.isEmpty else { return violations }
    if kind.refusesIdentity {
      return violations + [
        .init(.groups, .groupsOnNode, apiMessage: Self.notAllowed("kubernetesGroups", kind))
      ]
    }
    var seen: Set<String> = []
    for (index, group) in entry.groups.enumerated() {
      if let prefix = Self.reservedPrefix(of: group) {
        violations.append(
          .init(
            .group(index), .reservedPrefix(prefix),
            apiMessage: "The kubernetes group name \(group) is invalid, it cannot start with "
              + prefix))
      } else if !seen.insert(group).inserted {
        violations.append(.init(.group(index), .repeatedGroup))
      }
    }
    return violations
  }

  /// What was measured for the kinds that every tool takes for nodes; of `EC2` nobody tells.
  private static func notAllowed(_ parameter: String, _ kind: AccessEntry.Kind) -> String? {
    guard kind != .ec2 else { return nil }
    return
      "The specified \(parameter) is invalid: setting \(parameter) is not allowed when the type is "
      + "\"\(kind)\""
  }
}

extension Sequence<UInt8> {
  /// Whether `${` stands anywhere.
  var containsReference: Bool {
    var wasDollar = false
    for byte in self {
      if wasDollar, byte == UInt8(ascii: "{") { return true }
      wasDollar = byte == UInt8(ascii: "$")
    }
    return false
  }
}

extension String {
  /// The text with `${}` for each `${…}`, whose names may hold colons.
  var withoutReferenceNames: String {
    guard utf8.containsReference else { return self }
    var bytes: [UInt8] = []
    var isName = false
    for byte in utf8 {
      if isName, byte != UInt8(ascii: "}") { continue }
      isName = byte == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "$")
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
