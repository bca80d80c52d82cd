public import EKSAccess

/// A way to keep mappings, and what becomes of them on the way to the authenticator.
///
/// Rules ask it what is true where a row stands, not which tool it is written for. They ask it of
/// every row, so it is one reference; there is one of each, and none is like another.
public final class MappingDialect: Sendable, Hashable {
  /// What becomes of a value of the wrong type.
  public enum Decoding: Sendable, Hashable {
    /// The field is empty, and all else is read.
    case lenient
    /// All is refused that stands in the same object or file.
    case strict
    /// The value is converted: a number to text, a text to a list of one item.
    case weak
  }

  /// What the rows stand in, as in "the aws-auth ConfigMap".
  public let name: String
  /// Who reads the keys of a row, as in "EKS".
  public let reader: String
  /// What follows from a row that is not accepted, as in "eksctl refuses the file"; `nil` where
  /// such a row is dropped alone.
  public let refusal: String?
  /// What becomes of values of the wrong type.
  public let decoding: Decoding
  /// The key of a role's ARN.
  public let roleKey: String
  /// The key of a user's ARN.
  public let userKey: String
  /// Whether keys of rows are read in any case.
  public let readsKeysInAnyCase: Bool
  /// Whether the key of a field that is not known makes the reader refuse all.
  public let refusesUnknownKeys: Bool
  /// The keys that are known in a row, those of ARNs included.
  public let names: [MappingEntry.Name]
  /// The keys that a row may have besides them.
  public let otherKeys: [String]
  /// The keys without which a row is refused.
  public let required: Set<MappingEntry.Name>
  /// Whether a row is refused that has neither a username nor groups.
  public let requiresIdentity: Bool
  /// Whether a section is text that holds YAML, as in a ConfigMap, and not a list.
  public let sectionsAreText: Bool
  /// Whether it is a manifest of the whole ConfigMap.
  public let isConfigMap: Bool
  /// Whether what stands in a section takes the place of all that the cluster has there.
  public let replacesSections: Bool
  /// Whether nodes join with rows like these, as on EKS. Elsewhere a row may be there for the request
  /// of a certificate alone, or nodes may not join with IAM at all.
  public let admitsNodes: Bool
  /// Whether the ARN of a session is taken for that of its role, as all backends of the
  /// authenticator do but the one of the ConfigMap.
  public let canonicalizesARNs: Bool
  /// Whether two users whose ARNs differ only in case are one.
  public let foldsUserARNs: Bool
  /// Whether an authenticator reads the rows that one sets up oneself, with features that EKS does
  /// not have.
  public let isSelfManaged: Bool
  /// Whether a cluster has one of it.
  public let isOnePerCluster: Bool
  /// Whether the keys of a row are those of the ConfigMap, which are found without making texts.
  let isUsual: Bool

  init(
    name: String, reader: String = "EKS", refusal: String? = nil, decoding: Decoding = .lenient,
    roleKey: String = "rolearn", userKey: String = "userarn", readsKeysInAnyCase: Bool = true,
    refusesUnknownKeys: Bool = false,
    names: [MappingEntry.Name] = [.roleARN, .userARN, .username, .groups],
    otherKeys: [String] = [], required: Set<MappingEntry.Name> = [],
    requiresIdentity: Bool = false,
    sectionsAreText: Bool = false, isConfigMap: Bool = false, replacesSections: Bool = false,
    admitsNodes: Bool = true, canonicalizesARNs: Bool = false, foldsUserARNs: Bool = false,
    isSelfManaged: Bool = false, isOnePerCluster: Bool = true
  ) {
    self.name = name
    self.reader = reader
    self.refusal = refusal
    self.decoding = decoding
    self.roleKey = roleKey
    self.userKey = userKey
    self.readsKeysInAnyCase = readsKeysInAnyCase
    self.refusesUnknownKeys = refusesUnknownKeys
    self.names = names
    self.otherKeys = otherKeys
    self.required = required
    self.requiresIdentity = requiresIdentity
    self.sectionsAreText = sectionsAreText
    self.isConfigMap = isConfigMap
    self.replacesSections = replacesSections
    self.admitsNodes = admitsNodes
    self.canonicalizesARNs = canonicalizesARNs
    self.foldsUserARNs = foldsUserARNs
    self.isSelfManaged = isSelfManaged
    self.isOnePerCluster = isOnePerCluster
    isUsual =
      readsKeysInAnyCase && roleKey == "rolearn" && userKey == "userarn"
      && names == MappingEntry.Name.allCases
  }

  /// The aws-auth ConfigMap, which EKS itself reads.
  public static let configMap = MappingDialect(
    name: "the aws-auth ConfigMap", names: MappingEntry.Name.allCases, sectionsAreText: true,
    isConfigMap: true, replacesSections: true)

  /// Whether two dialects are one.
  public static func == (left: MappingDialect, right: MappingDialect) -> Bool { left === right }

  /// Hashes the identity.
  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

  /// The key of a field in rows of this dialect.
  public func key(of name: MappingEntry.Name) -> String {
    switch name {
    case .roleARN: roleKey
    case .userARN: userKey
    case .username, .groups, .sso, .userID: name.rawValue
    }
  }

  /// The key of the ARN in rows of a section.
  public func arnKey(in section: AWSAuthSection) -> String {
    section == .mapUsers ? userKey : roleKey
  }

  /// The field that a key of a row is read as; `nil` for a key that is ignored or refused.
  func name(of key: String, in section: AWSAuthSection) -> MappingEntry.Name? {
    names.first { name in
      switch (name, section) {
      case (.userARN, .mapRoles), (.roleARN, .mapUsers), (.sso, .mapUsers): return false
      default: break
      }
      let known = self.key(of: name)
      return readsKeysInAnyCase
        ? key.foldedForJSON == known.foldedForJSON : key.utf8.elementsEqual(known.utf8)
    }
  }
}
