import EKSAccess
import KubernetesRBAC

extension RBACIndex.Binding {
  /// A copy of the binding for another group or user alone.
  func copy(for subject: Subject) -> MigrationPlan.AddedBinding {
    var copy = object
    let suffix = subject.name.lowercased().utf8.map { byte -> UInt8 in
      let isName = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
      return isName ? byte : UInt8(ascii: "-")
    }
    copy.metadata = ObjectMetadata(
      name: object.metadata.name + "-" + String(decoding: suffix, as: UTF8.self),
      namespace: isOfCluster ? nil : object.metadata.namespace)
    copy.subjects = [subject]
    return MigrationPlan.AddedBinding(
      binding: copy, isOfCluster: isOfCluster, original: object.metadata.name)
  }

  /// What tells the binding apart in a cluster.
  var name: BindingName {
    BindingName(namespace: namespace, name: object.metadata.name)
  }
}

/// The name of a binding, with its namespace; `nil` for one of the cluster.
struct BindingName: Hashable {
  let namespace: String?
  let name: String
}

extension MigrationPlan.AddedBinding {
  /// What tells the binding apart in a cluster.
  var name: BindingName { indexed.name }

  /// The binding as one of an index.
  var indexed: RBACIndex.Binding { RBACIndex.Binding(binding, isOfCluster: isOfCluster) }
}

extension RBACIndex {
  /// The bindings that name a group or user.
  func bindings(of subject: Subject) -> [Binding] {
    subject.kind == .group ? bindings(ofGroup: subject.name) : bindings(ofUser: subject.name)
  }

  /// The bindings that give one group or user what another one lacks.
  func bindings(of old: Subject, lackedBy new: Subject) -> [Binding] {
    let known = Set(bindings(of: new).map(\.grant))
    return bindings(of: old).filter { !known.contains($0.grant) }
  }

  /// Whether two groups or users are bound to the same roles, or both to none, so that it is all
  /// the same to be one or the other: as after an earlier migration, which copied the bindings.
  func areTwins(_ subject: Subject, _ other: Subject) -> Bool {
    Set(bindings(of: subject).map(\.grant)) == Set(bindings(of: other).map(\.grant))
  }
}

extension Subject {
  /// A group or user as bindings write it.
  static func named(_ name: String, _ kind: Kind) -> Subject {
    Subject(kind: kind, apiGroup: RBACObjects.apiGroup, name: name)
  }
}
