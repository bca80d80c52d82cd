/// Roles and bindings: all of a cluster, or as many as files tell of.
public struct RBACObjects: Sendable, Hashable, Codable {
  /// The roles in namespaces.
  public var roles: [Role]
  /// The roles of the cluster.
  public var clusterRoles: [ClusterRole]
  /// The bindings in namespaces.
  public var roleBindings: [RoleBinding]
  /// The bindings in the whole cluster.
  public var clusterRoleBindings: [ClusterRoleBinding]

  /// Makes a set of objects.
  public init(
    roles: [Role] = [], clusterRoles: [ClusterRole] = [], roleBindings: [RoleBinding] = [],
    clusterRoleBindings: [ClusterRoleBinding] = []
  ) {
    self.roles = roles
    self.clusterRoles = clusterRoles
    self.roleBindings = roleBindings
    self.clusterRoleBindings = clusterRoleBindings
  }

  /// Adds all objects of another set.
  public mutating func append(_ other: RBACObjects) {
    roles += other.roles
    clusterRoles += other.clusterRoles
    roleBindings += other.roleBindings
    clusterRoleBindings += other.clusterRoleBindings
  }

  /// These objects and the default ClusterRoles and ClusterRoleBindings of Kubernetes, but those
  /// whose names are taken: what is known of a cluster counts.
  ///
  /// - Parameter version: The version of the cluster; see ``DefaultRBAC/objects(of:)``.
  /// - Returns: All of them, the defaults last.
  public func addingDefaults(of version: KubernetesVersion? = nil) -> RBACObjects {
    let defaults = DefaultRBAC.objects(of: version)
    let roleNames = Set(clusterRoles.map(\.metadata.name))
    let bindingNames = Set(clusterRoleBindings.map(\.metadata.name))
    var objects = self
    objects.clusterRoles += defaults.clusterRoles.filter { !roleNames.contains($0.metadata.name) }
    objects.clusterRoleBindings += defaults.clusterRoleBindings.filter {
      !bindingNames.contains($0.metadata.name)
    }
    return objects
  }
}

extension RBACObjects {
  /// The API group of roles and bindings, and of the users and groups in bindings.
  public static let apiGroup = "rbac.authorization.k8s.io"
}
