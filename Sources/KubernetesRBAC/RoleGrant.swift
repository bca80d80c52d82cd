/// A role, and where it is given.
public struct RoleGrant: Sendable, Hashable {
  /// The role, without the API group, which Kubernetes does not compare.
  public let role: RoleReference
  /// The namespace; `nil` for the whole cluster.
  public let namespace: String?

  /// Makes a grant.
  public init(_ role: RoleReference, in namespace: String?) {
    self.role = RoleReference(kind: role.kind, name: role.name)
    self.namespace = namespace
  }
}

extension RoleGrant: CustomStringConvertible {
  /// The grant in a few words, such as `shop: ClusterRole edit`.
  public var description: String { "\(namespace ?? "cluster"): \(role.kind) \(role.name)" }
}
