/// Whom a binding gives its role to.
public struct Subject: Sendable, Hashable, Codable {
  /// What kind of name it is. Kubernetes compares the kind exactly: `user` is nobody.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
    /// The kind as written.
    public var rawValue: String

    /// Takes a kind as written.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// A username.
    public static let user = Kind(rawValue: "User")
    /// A group.
    public static let group = Kind(rawValue: "Group")
    /// A service account, whose username is `system:serviceaccount:<namespace>:<name>`.
    public static let serviceAccount = Kind(rawValue: "ServiceAccount")
  }

  /// What kind of name it is.
  public var kind: Kind
  /// The API group as written; Kubernetes does not compare it.
  public var apiGroup: String?
  /// The name, compared byte for byte; `*` has no meaning of its own.
  public var name: String
  /// The namespace of a service account. A RoleBinding's own is meant where it is left out.
  public var namespace: String?

  /// Makes a subject.
  public init(kind: Kind, apiGroup: String? = nil, name: String, namespace: String? = nil) {
    self.kind = kind
    self.apiGroup = apiGroup
    self.name = name
    self.namespace = namespace
  }

  /// Whether an identity is the subject.
  ///
  /// - Parameters:
  ///   - username: The user's name.
  ///   - groups: The user's groups.
  ///   - namespace: The namespace of the RoleBinding; `nil` for a ClusterRoleBinding, where a
  ///     service account without a namespace is nobody.
  public func includes(
    username: String, groups: some Sequence<String>, bindingNamespace namespace: String? = nil
  ) -> Bool {
    switch kind {
    case .user: return username.utf8.elementsEqual(name.utf8)
    case .group: return groups.contains { $0.utf8.elementsEqual(name.utf8) }
    case .serviceAccount:
      guard let namespace = self.namespace ?? namespace else { return false }
      return username.utf8.elementsEqual("system:serviceaccount:\(namespace):\(name)".utf8)
    default: return false
    }
  }
}
