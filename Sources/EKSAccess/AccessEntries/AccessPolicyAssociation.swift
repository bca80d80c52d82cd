/// An access policy given to the principal of an access entry.
///
/// Several policies of an entry add up, and add to what RBAC gives; none takes anything away.
public struct AccessPolicyAssociation: Sendable, Hashable, Codable {
  /// The ARN of the policy, such as `arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy`.
  public var policyARN: String
  /// Where the policy holds.
  public var scope: AccessScope

  /// Makes an association.
  public init(policyARN: String, scope: AccessScope = .cluster) {
    self.policyARN = policyARN
    self.scope = scope
  }
}

extension AccessPolicyAssociation: CustomStringConvertible {
  /// The association in a few words, such as `AmazonEKSViewPolicy (namespaces dev-*, web)`.
  public var description: String {
    "\(AccessPolicyARN(policyARN)?.name ?? policyARN) (\(scope))"
  }
}

/// Where an access policy holds: in the whole cluster, or in namespaces.
public struct AccessScope: Sendable, Hashable, Codable {
  /// The kinds of scopes (`type` of the EKS API). Kinds that are not known are kept.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
    /// The name as the EKS API writes it.
    public var rawValue: String

    /// Takes a name as it is.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// The whole cluster, with what lies in no namespace.
    public static let cluster = Kind(rawValue: "cluster")
    /// The namespaces that are listed.
    public static let namespace = Kind(rawValue: "namespace")
  }

  /// The kind of the scope.
  public var kind: Kind
  /// The namespaces, as names or patterns such as `dev-*`; empty for the whole cluster.
  public var namespaces: [String]

  /// Makes a scope.
  public init(kind: Kind, namespaces: [String] = []) {
    self.kind = kind
    self.namespaces = namespaces
  }

  /// The whole cluster.
  public static let cluster = AccessScope(kind: .cluster)

  /// A scope of some namespaces.
  public static func namespaces(_ namespaces: [String]) -> AccessScope {
    AccessScope(kind: .namespace, namespaces: namespaces)
  }

  /// Whether the scope reaches a namespace.
  ///
  /// The user guide shows `dev-*` alone; a `*` elsewhere is taken for any text too.
  public func covers(namespace: String) -> Bool {
    switch kind {
    case .cluster: true
    case .namespace:
      namespaces.contains { Self.matches(Array($0.utf8)[...], Array(namespace.utf8)[...]) }
    default: false
    }
  }

  /// Whether this scope reaches everything that the other one does.
  public func covers(_ other: AccessScope) -> Bool {
    switch other.kind {
    case .namespace:
      kind == .cluster
        || kind == .namespace && other.namespaces.allSatisfy { covers(namespace: $0) }
    default: kind == other.kind
    }
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) -> Bool {
    let star = UInt8(ascii: "*")
    var (pattern, text) = (pattern, text)
    // After a star: where to go back to when what follows it does not fit here.
    var retry: (pattern: ArraySlice<UInt8>, text: ArraySlice<UInt8>)?
    while true {
      if pattern.first == star {
        pattern = pattern.dropFirst()
        retry = (pattern, text)
      } else if let byte = text.first, pattern.first == byte {
        pattern = pattern.dropFirst()
        text = text.dropFirst()
      } else if pattern.isEmpty, text.isEmpty {
        return true
      } else if let last = retry, !last.text.isEmpty {
        text = last.text.dropFirst()
        pattern = last.pattern
        retry = (pattern, text)
      } else {
        return false
      }
    }
  }
}

extension AccessScope: CustomStringConvertible {
  /// The scope in a few words, such as `cluster` or `namespaces dev-*, web`.
  public var description: String {
    switch kind {
    case .cluster: "cluster"
    case .namespace:
      (namespaces.count == 1 ? "namespace " : "namespaces ") + namespaces.joined(separator: ", ")
    default: kind.rawValue
    }
  }
}
