public import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

extension MigrationPlan {
  /// The entries in a language of tools that make them.
  func manifests(as format: AccessEntryWriter.Format) -> MigrationOutput {
    let writer = AccessEntryWriter(
      clusterName: cluster.name, region: cluster.region ?? "",
      authenticationMode: cluster.mode == .api ? .api : .apiAndConfigMap)
    let output = writer.write(created + updated, as: format)
    var notes = output.omissions.map { "\($0.principalARN): \($0.message)" }
    if cluster.region == nil, format == .eksctl || format == .crossplane {
      notes.append("the region of the cluster is not known and has to be filled in")
    }
    let name = format.rawValue
    for entry in updated {
      notes.append("\(entry.principalARN): the entry exists, so \(name) has to take it over first")
    }
    if !bindings.isEmpty {
      notes.append("apply the bindings of the format rbac first, since groups or usernames change")
    }
    return MigrationOutput(text: notes.map(\.asComment).joined() + output.text, notes: notes)
  }

  /// The bindings to add.
  var bindingManifests: String {
    bindings.isEmpty
      ? "# no bindings to add\n" : bindings.map(\.manifest.yaml).joined(separator: "---\n")
  }

  /// The rows that have to stay in aws-auth when the plan is carried out.
  public var remaining: AWSAuthConfigMap {
    var map = AWSAuthConfigMap()
    for item in blocking {
      switch item.row.source {
      case .mapRoles: map.roles.append(configMap.roles[item.row.index])
      case .mapUsers: map.users.append(configMap.users[item.row.index])
      case .mapAccounts: map.accounts.append(configMap.accounts[item.row.index])
      default: break
      }
    }
    return map
  }
}

extension MigrationPlan.AddedBinding {
  /// The binding as an object of Kubernetes.
  var manifest: YAMLValue {
    .mapping(
      ("apiVersion", .string("rbac.authorization.k8s.io/v1")),
      ("kind", .string(isOfCluster ? "ClusterRoleBinding" : "RoleBinding")),
      (
        "metadata",
        .mapping(
          ("name", .string(binding.metadata.name)),
          ("namespace", isOfCluster ? nil : binding.metadata.namespace.map { .string($0) }))
      ),
      (
        "roleRef",
        .mapping(
          ("apiGroup", .string(binding.roleRef.apiGroup ?? "rbac.authorization.k8s.io")),
          ("kind", .string(binding.roleRef.kind)), ("name", .string(binding.roleRef.name)))
      ),
      (
        "subjects",
        .list(
          binding.subjects.map { subject in
            .mapping(
              ("kind", .string(subject.kind.rawValue)),
              ("apiGroup", .string(subject.apiGroup ?? "rbac.authorization.k8s.io")),
              ("name", .string(subject.name)))
          })
      ))
  }
}
