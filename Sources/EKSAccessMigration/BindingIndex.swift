import EKSAccess
import KubernetesRBAC

/// The bindings of a cluster by the groups and users that they name.
struct BindingIndex {
  /// A binding, whether of a namespace or of the cluster.
  struct Binding {
    let binding: RoleBinding
    let isOfCluster: Bool
  }

  /// What tells bindings apart in a cluster.
  struct Name: Hashable {
    private let name: String
    private let namespace: String?
    private let isOfCluster: Bool

    init(_ binding: RoleBinding, isOfCluster: Bool) {
      name = binding.metadata.name
      namespace = isOfCluster ? nil : binding.metadata.namespace ?? "default"
      self.isOfCluster = isOfCluster
    }
  }

  private var byGroup: [String: [Int]] = [:]
  private var users: [(name: String, binding: Int)] = []
  private let bindings: [Binding]
  /// The groups that bindings name.
  let groups: Set<String>

  init(_ rbac: MigrationRBAC) {
    bindings =
      rbac.clusterRoleBindings.map { binding in
        Binding(
          binding: RoleBinding(
            metadata: binding.metadata, roleRef: binding.roleRef, subjects: binding.subjects),
          isOfCluster: true)
      } + rbac.roleBindings.map { Binding(binding: $0, isOfCluster: false) }
    var groups: Set<String> = []
    for (index, binding) in bindings.enumerated() {
      for subject in binding.binding.subjects {
        switch subject.kind {
        case .group:
          byGroup[subject.name, default: []].append(index)
          groups.insert(subject.name)
        case .user: users.append((subject.name, index))
        default: break
        }
      }
    }
    self.groups = groups
  }

  /// The names of all bindings.
  var names: Set<Name> {
    Set(bindings.map { Name($0.binding, isOfCluster: $0.isOfCluster) })
  }

  /// The bindings that name a group, each once.
  func bindings(ofGroup group: String) -> [Binding] {
    unique(byGroup[group] ?? []).map { bindings[$0] }
  }

  /// The users of a template whom bindings name, with the bindings and the values of the
  /// variables.
  func users(
    of username: String
  ) -> [(name: String, values: [TemplateVariable: String], binding: Binding)] {
    users.compactMap { user in
      UsernameTemplate(username).values(rendering: user.name, syntax: .authenticator)
        .map { (user.name, $0, bindings[user.binding]) }
    }
  }

  private func unique(_ indices: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return indices.filter { seen.insert($0).inserted }
  }
}

extension BindingIndex.Binding {
  /// A copy of the binding for another group or user alone.
  func copy(for subject: Subject) -> MigrationPlan.AddedBinding {
    var copy = binding
    let suffix = subject.name.lowercased().utf8.map { byte -> UInt8 in
      let isName = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      return isName ? byte : UInt8(ascii: "-")
    }
    copy.metadata = ObjectMetadata(
      name: binding.metadata.name + "-" + String(decoding: suffix, as: UTF8.self),
      namespace: binding.metadata.namespace)
    copy.subjects = [subject]
    return MigrationPlan.AddedBinding(
      binding: copy, isOfCluster: isOfCluster, original: binding.metadata.name)
  }
}
