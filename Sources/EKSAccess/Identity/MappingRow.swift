/// Where a mapping of a principal can stand, in the order in which EKS asks.
public enum IdentitySource: String, Sendable, Hashable, Codable, CaseIterable {
  /// The cluster's access entries.
  case accessEntries
  /// `mapRoles` of the aws-auth ConfigMap.
  case mapRoles
  /// `mapUsers` of the aws-auth ConfigMap.
  case mapUsers
  /// `mapAccounts` of the aws-auth ConfigMap.
  case mapAccounts
  /// `IAMIdentityMapping` objects, which the authenticator's CRD backend reads. EKS documents no
  /// such backend; tools that copy the objects into aws-auth exist.
  case identityMappings

  /// The source of a section of the ConfigMap.
  public init(_ section: AWSAuthSection) {
    switch section {
    case .mapRoles: self = .mapRoles
    case .mapUsers: self = .mapUsers
    case .mapAccounts: self = .mapAccounts
    }
  }

  /// Whether the source is a section of the ConfigMap.
  public var isConfigMap: Bool { self == .mapRoles || self == .mapUsers || self == .mapAccounts }

  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// One mapping of a principal: its source and its place there.
public struct MappingRow: Sendable, Hashable, Codable {
  /// Where it stands.
  public var source: IdentitySource
  /// Its place in the list of its source, from 0.
  public var index: Int

  /// Names a row.
  public init(_ source: IdentitySource, _ index: Int) {
    self.source = source
    self.index = index
  }
}

extension MappingRow: Comparable {
  /// The order in which rows are asked.
  public static func < (left: MappingRow, right: MappingRow) -> Bool {
    (left.source.rank, left.index) < (right.source.rank, right.index)
  }
}

extension MappingRow: CustomStringConvertible {
  /// The row as `mapRoles[0]`.
  public var description: String { "\(source.rawValue)[\(index)]" }
}
