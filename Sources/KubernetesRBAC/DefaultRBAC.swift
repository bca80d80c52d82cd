/// The ClusterRoles that every cluster has, and the bindings of people and groups to them.
///
/// The API server adds what is missing of them when it starts, and takes nothing away: an old
/// cluster may give more than these. Source: `bootstrappolicy/policy.go` of Kubernetes.
public enum DefaultRBAC {
  /// The label of all of them, which the API server sets.
  public static let label = "kubernetes.io/bootstrapping"

  /// The default roles, and the default bindings of users and groups; those of the controllers'
  /// service accounts are left out.
  ///
  /// Two versions were looked up, about 1.30 and about 1.35; the newer one gives more, and stands
  /// for all after 1.30.
  ///
  /// - Parameter version: The version; `nil` for the newest.
  /// - Returns: ClusterRoles and ClusterRoleBindings.
  public static func objects(of version: KubernetesVersion? = nil) -> RBACObjects {
    version.map { $0 <= KubernetesVersion(minor: 30) } == true ? older : newer
  }

  private static let newer = objects { _ in true }
  private static let older = objects { !$0.utf8.starts(with: "+".utf8) }

  private static func objects(where isWanted: (Substring) -> Bool) -> RBACObjects {
    var roles: [ClusterRole] = []
    for line in DefaultClusterRoleTable.text.split(separator: "\n") {
      guard line.utf8.first == UInt8(ascii: " ") else {
        roles.append(role(line))
        continue
      }
      let rule = line.drop { $0 == " " }
      guard isWanted(rule) else { continue }
      roles[roles.count - 1].rules.append(PolicyRule(tableLine: rule.drop { $0 == "+" }))
    }
    return RBACObjects(clusterRoles: roles, clusterRoleBindings: bindings)
  }

  private static func role(_ line: Substring) -> ClusterRole {
    let words = line.split(separator: " ").map(String.init)
    var role = ClusterRole(
      metadata: ObjectMetadata(name: words[0], labels: [label: "rbac-defaults"]))
    for (preposition, name) in zip(words.dropFirst(), words.dropFirst(2)) {
      let key = "rbac.authorization.k8s.io/\(name)"
      switch preposition {
      case "in": role.metadata.labels[key] = "true"
      case "of":
        role.aggregationRule = AggregationRule(clusterRoleSelectors: [
          LabelSelector(matchLabels: [key: "true"])
        ])
      default: break
      }
    }
    return role
  }

  private static let bindings: [ClusterRoleBinding] = [
    binding("cluster-admin", .group, [WellKnownGroups.masters.name]),
    binding("system:monitoring", .group, [WellKnownGroups.monitoring.name]),
    binding("system:discovery", .group, [WellKnownGroups.authenticated.name]),
    binding("system:basic-user", .group, [WellKnownGroups.authenticated.name]),
    binding(
      "system:public-info-viewer", .group,
      [WellKnownGroups.authenticated.name, WellKnownGroups.unauthenticated.name]),
    binding(
      "system:service-account-issuer-discovery", .group, [WellKnownGroups.serviceAccounts.name]),
    binding("system:node-proxier", .user, ["system:kube-proxy"]),
    binding("system:kube-controller-manager", .user, ["system:kube-controller-manager"]),
    binding("system:kube-scheduler", .user, ["system:kube-scheduler"]),
    binding("system:volume-scheduler", .user, ["system:kube-scheduler"]),
  ]

  /// A default binding has the name of its role.
  private static func binding(
    _ name: String, _ kind: Subject.Kind, _ subjects: [String]
  ) -> ClusterRoleBinding {
    ClusterRoleBinding(
      metadata: ObjectMetadata(name: name, labels: [label: "rbac-defaults"]),
      roleRef: RoleReference(apiGroup: RBACObjects.apiGroup, kind: "ClusterRole", name: name),
      subjects: subjects.map { Subject(kind: kind, apiGroup: RBACObjects.apiGroup, name: $0) })
  }
}
