/// The role that a binding gives.
public struct RoleReference: Sendable, Hashable, Codable {
  /// The API group as written; Kubernetes does not compare it.
  public var apiGroup: String?
  /// `Role` or `ClusterRole`, compared exactly.
  public var kind: String
  /// The role's name.
  public var name: String

  /// Makes a reference.
  public init(apiGroup: String? = nil, kind: String, name: String) {
    self.apiGroup = apiGroup
    self.kind = kind
    self.name = name
  }
}

/// Gives a role, or a ClusterRole as far as it goes, within one namespace.
public struct RoleBinding: Sendable, Hashable, Codable {
  /// Name, namespace and labels.
  public var metadata: ObjectMetadata
  /// The role.
  public var roleRef: RoleReference
  /// Who gets it.
  public var subjects: [Subject]

  /// Makes a binding.
  public init(metadata: ObjectMetadata, roleRef: RoleReference, subjects: [Subject] = []) {
    self.metadata = metadata
    self.roleRef = roleRef
    self.subjects = subjects
  }

  /// Reads a binding; subjects that are left out are none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    metadata = try container.decode(ObjectMetadata.self, forKey: .metadata)
    roleRef = try container.decode(RoleReference.self, forKey: .roleRef)
    subjects = try container.decodeIfPresent([Subject].self, forKey: .subjects) ?? []
  }
}

/// Gives a ClusterRole in the whole cluster.
public struct ClusterRoleBinding: Sendable, Hashable, Codable {
  /// Name and labels.
  public var metadata: ObjectMetadata
  /// The role.
  public var roleRef: RoleReference
  /// Who gets it.
  public var subjects: [Subject]

  /// Makes a binding.
  public init(metadata: ObjectMetadata, roleRef: RoleReference, subjects: [Subject] = []) {
    self.metadata = metadata
    self.roleRef = roleRef
    self.subjects = subjects
  }

  /// Reads a binding; subjects that are left out are none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    metadata = try container.decode(ObjectMetadata.self, forKey: .metadata)
    roleRef = try container.decode(RoleReference.self, forKey: .roleRef)
    subjects = try container.decodeIfPresent([Subject].self, forKey: .subjects) ?? []
  }
}
