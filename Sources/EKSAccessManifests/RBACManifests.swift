public import KubernetesRBAC
public import YAMLSource

/// The roles and bindings of a file, with the places of their values.
public struct RBACManifests: Sendable {
  /// The Roles and ClusterRoles in order.
  public let roles: [RoleManifest]
  /// The RoleBindings and ClusterRoleBindings in order.
  public let bindings: [BindingManifest]
  /// The names of the ServiceAccounts in order.
  public let serviceAccounts: [Located<String>]

  /// Finds the objects among the documents of a file.
  init(_ stream: YAMLStream) {
    var roles: [RoleManifest] = []
    var bindings: [BindingManifest] = []
    var serviceAccounts: [Located<String>] = []
    for document in stream.documents {
      let defaultKind = Self.kindOfItems(document.root)
      for object in KubernetesObject.objects(of: document) {
        switch object.kind?.string ?? defaultKind {
        case "Role" where object.isRBAC: roles.append(RoleManifest(object, isOfCluster: false))
        case "ClusterRole" where object.isRBAC:
          roles.append(RoleManifest(object, isOfCluster: true))
        case "RoleBinding" where object.isRBAC:
          bindings.append(BindingManifest(object, isOfCluster: false))
        case "ClusterRoleBinding" where object.isRBAC:
          bindings.append(BindingManifest(object, isOfCluster: true))
        case "ServiceAccount":
          if let name = object.name { serviceAccounts.append(Located(name.string, at: name)) }
        default: break
        }
      }
    }
    self.roles = roles
    self.bindings = bindings
    self.serviceAccounts = serviceAccounts
  }

  /// Whether there is neither a role nor a binding.
  public var isEmpty: Bool { roles.isEmpty && bindings.isEmpty }

  /// The roles and bindings without their places.
  public var objects: RBACObjects {
    RBACObjects(
      roles: roles.compactMap(\.role), clusterRoles: roles.compactMap(\.clusterRole),
      roleBindings: bindings.compactMap(\.roleBinding),
      clusterRoleBindings: bindings.compactMap(\.clusterRoleBinding))
  }

  /// The kind of the items of a `RoleList` and the like, which the API leaves out of each item.
  private static func kindOfItems(_ root: YAMLNode) -> String? {
    guard let kind = root.value(of: "kind")?.string, kind.utf8.count > 4, kind.hasSuffix("List")
    else { return nil }
    return String(kind.dropLast(4))
  }
}

extension ManifestFile {
  /// The roles and bindings of the file, looked for each time that this is called.
  public var rbac: RBACManifests { RBACManifests(stream) }
}

extension KubernetesObject {
  /// Whether the object's API group is that of RBAC, or left out as the API does in lists.
  fileprivate var isRBAC: Bool {
    guard let version = node.value(of: "apiVersion") else { return true }
    return version.bytes.starts(with: "rbac.authorization.k8s.io/".utf8)
  }
}

/// A Role or ClusterRole in a file.
public struct RoleManifest: Sendable {
  /// One of a role's rules.
  public struct Rule: Sendable {
    /// The rule.
    public let node: YAMLNode
    /// The API groups.
    public let apiGroups: [Located<String>]
    /// The resources.
    public let resources: [Located<String>]
    /// The names of objects.
    public let resourceNames: [Located<String>]
    /// The paths.
    public let nonResourceURLs: [Located<String>]
    /// The verbs.
    public let verbs: [Located<String>]

    init(_ node: YAMLNode) {
      self.node = node
      func list(_ key: StaticString) -> [Located<String>] {
        node.value(of: key)?.elements.map { Located($0.string, at: $0) } ?? []
      }
      apiGroups = list("apiGroups")
      resources = list("resources")
      resourceNames = list("resourceNames")
      nonResourceURLs = list("nonResourceURLs")
      verbs = list("verbs")
    }

    /// The rule without its place.
    public var rule: PolicyRule {
      PolicyRule(
        apiGroups: apiGroups.map { $0.value }, resources: resources.map { $0.value },
        resourceNames: resourceNames.map { $0.value },
        nonResourceURLs: nonResourceURLs.map { $0.value }, verbs: verbs.map { $0.value })
    }
  }

  /// The object.
  public let object: KubernetesObject
  /// Whether it is a ClusterRole.
  public let isOfCluster: Bool
  /// Name, namespace and labels.
  public let metadata: ObjectMetadata
  /// The rules in order.
  public let rules: [Rule]
  /// Which roles a ClusterRole is put together from.
  public let aggregationRule: AggregationRule?

  init(_ object: KubernetesObject, isOfCluster: Bool) {
    self.object = object
    self.isOfCluster = isOfCluster
    metadata = ObjectMetadata(object)
    rules = object.node.value(of: "rules")?.elements.filter { $0.isMapping }.map(Rule.init) ?? []
    aggregationRule =
      isOfCluster
      ? object.node.value(of: "aggregationRule").flatMap {
        $0.isMapping ? AggregationRule($0) : nil
      } : nil
  }

  /// Where to point for the role as a whole.
  public var range: Range<Int> { object.name?.range ?? object.headRange }

  /// The value without its places, where it is a Role.
  public var role: Role? {
    isOfCluster ? nil : Role(metadata: metadata, rules: rules.map { $0.rule })
  }

  /// The value without its places, where it is a ClusterRole.
  public var clusterRole: ClusterRole? {
    guard isOfCluster else { return nil }
    return ClusterRole(
      metadata: metadata, rules: rules.map { $0.rule }, aggregationRule: aggregationRule)
  }
}

/// A RoleBinding or ClusterRoleBinding in a file.
public struct BindingManifest: Sendable {
  /// One of a binding's subjects.
  public struct Subject: Sendable {
    /// The subject without its place.
    public let subject: KubernetesRBAC.Subject
    /// The subject.
    public let node: YAMLNode
    /// The value of `kind`.
    public let kind: YAMLNode?
    /// The value of `name`.
    public let name: YAMLNode?

    init(_ node: YAMLNode) {
      self.node = node
      kind = node.value(of: "kind")
      name = node.value(of: "name")
      subject = KubernetesRBAC.Subject(
        kind: .init(rawValue: kind?.string ?? ""), apiGroup: node.value(of: "apiGroup")?.string,
        name: name?.string ?? "", namespace: node.value(of: "namespace")?.string)
    }

    /// Where to point for the subject: its name, or what there is.
    public var range: Range<Int> { name?.range ?? node.range }
  }

  /// The object.
  public let object: KubernetesObject
  /// Whether it is a ClusterRoleBinding.
  public let isOfCluster: Bool
  /// Name, namespace and labels.
  public let metadata: ObjectMetadata
  /// The role that is given.
  public let roleRef: RoleReference
  /// The value of `roleRef.name`.
  public let roleName: YAMLNode?
  /// The subjects in order.
  public let subjects: [Subject]

  init(_ object: KubernetesObject, isOfCluster: Bool) {
    self.object = object
    self.isOfCluster = isOfCluster
    metadata = ObjectMetadata(object)
    let reference = object.node.value(of: "roleRef")
    roleName = reference?.value(of: "name")
    roleRef = RoleReference(
      apiGroup: reference?.value(of: "apiGroup")?.string,
      kind: reference?.value(of: "kind")?.string ?? "", name: roleName?.string ?? "")
    subjects =
      object.node.value(of: "subjects")?.elements.filter { $0.isMapping }.map(Subject.init) ?? []
  }

  /// Where to point for the binding as a whole.
  public var range: Range<Int> { object.name?.range ?? object.headRange }

  /// The value without its places, where it is a RoleBinding.
  public var roleBinding: RoleBinding? {
    guard !isOfCluster else { return nil }
    return RoleBinding(
      metadata: metadata, roleRef: roleRef, subjects: subjects.map { $0.subject })
  }

  /// The value without its places, where it is a ClusterRoleBinding.
  public var clusterRoleBinding: ClusterRoleBinding? {
    guard isOfCluster else { return nil }
    return ClusterRoleBinding(
      metadata: metadata, roleRef: roleRef, subjects: subjects.map { $0.subject })
  }
}
