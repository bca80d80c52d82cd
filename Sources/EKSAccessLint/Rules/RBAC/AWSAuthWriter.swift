import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// A binding that lets somebody write aws-auth.
public enum AWSAuthWriter: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "aws-auth-writer",
    severity: .warning,
    summary: "a binding lets its subjects change aws-auth, and so become administrators",
    rationale: """
      Whoever may change the ConfigMap `kube-system/aws-auth` can map themselves to \
      `system:masters`. A role needs not name it for that: `update` or `patch` of ConfigMaps in \
      the namespace `kube-system` is enough, and a ClusterRoleBinding of the default role `edit` \
      gives it. `create` does it together with `delete`; alone, it does where the ConfigMap does \
      not exist, as in a cluster that nothing but access entries let people into: that is a note, \
      and nothing is said when aws-auth is among the files. `delete` alone shuts everybody out \
      whom aws-auth lets in. Components in `kube-system` and \
      roles that allow everything anyway are left out.
      """,
    source: """
      EKS user guide, "Grant IAM users access to Kubernetes with a ConfigMap"; Kubernetes \
      pkg/registry/rbac/validation/rule.go; bootstrappolicy/policy.go (edit)
      """,
    failing: [
      Example(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: config-editor
        rules:
          - apiGroups: [""]
            resources: [configmaps]
            verbs: [get, list, watch, update]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: config-editors
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: ↓config-editor
        subjects:
          - kind: Group
            name: config-editors
          - kind: ServiceAccount
            name: syncer
            namespace: sync
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: developers
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: ↓edit
        subjects:
          - kind: Group
            name: developers
        """),
      Example(
        """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: access, namespace: kube-system}
            rules:
              - apiGroups: [""]
                resources: [configmaps]
                resourceNames: [aws-auth]
                verbs: [get, patch]
          - apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: access, namespace: kube-system}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ↓access}
            subjects:
              - {kind: User, name: alice}
        """),
      // A role that is put together from others.
      Example(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: platform}
        aggregationRule:
          clusterRoleSelectors:
            - matchLabels: {team: platform}
        rules: []
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: platform-config, labels: {team: platform}}
        rules:
          - apiGroups: ["*"]
            resources: ["configmaps", "secrets"]
            verbs: [create, delete]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: platform}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ↓platform}
        subjects:
          - {kind: Group, name: platform}
        """),
      Example(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: maker, namespace: kube-system}
        rules:
          - {apiGroups: [""], resources: [configmaps], verbs: [create, get]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: maker, namespace: kube-system}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ↓maker}
        subjects:
          - {kind: Group, name: makers}
        """),
    ],
    passing: [
      // What is there cannot be made.
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data: {}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: maker, namespace: kube-system}
        rules:
          - {apiGroups: [""], resources: [configmaps], verbs: [create]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: maker, namespace: kube-system}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maker}
        subjects:
          - {kind: Group, name: makers}
        """),
      Example(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: config-editor}
        rules:
          - apiGroups: [""]
            resources: [configmaps]
            verbs: [get, list, watch, update]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: config-editors, namespace: shop}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: config-editor}
        subjects:
          - {kind: Group, name: config-editors}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: components}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: config-editor}
        subjects:
          - {kind: ServiceAccount, name: autoscaler, namespace: kube-system}
          - {kind: User, name: "system:kube-controller-manager"}
        """),
      // Leader election, and roles that allow everything.
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data: {}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: leader, namespace: kube-system}
        rules:
          - apiGroups: [""]
            resources: [configmaps]
            verbs: [create, get]
          - apiGroups: [""]
            resources: [configmaps]
            resourceNames: [issuer-leader]
            verbs: [update, patch]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: leader, namespace: kube-system}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: leader}
        subjects:
          - {kind: ServiceAccount, name: issuer, namespace: issuer}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: platform}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
        subjects:
          - {kind: Group, name: platform}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let rbac = subject.rbac else { return }
    var grants = BoundGrant(rbac)
    for binding in rbac.manifests.bindings where !isComponent(binding.metadata) {
      guard let grant = grants.grant(of: binding), !grant.isEverything,
        grant.canTakeOver || grant.canRemove
          || grant.canMake && rbac.maps.isEmpty
      else { continue }
      let names = binding.subjects.compactMap { name($0.subject, binding) }
      if !names.isEmpty { report(binding, grant, names, rbac, &findings) }
    }
  }

  /// Whether Kubernetes or EKS makes an object.
  private static func isComponent(_ metadata: ObjectMetadata) -> Bool {
    LintInput.isBuiltIn(metadata.name)
      || metadata.labels["kubernetes.io/bootstrapping"] != nil
      || metadata.labels["eks.amazonaws.com/component"] != nil
  }

  /// The groups of Kubernetes that hold more than its own components.
  private static let wideGroups: [WellKnownName] = [
    WellKnownGroups.authenticated, WellKnownGroups.unauthenticated,
    WellKnownGroups.serviceAccounts, WellKnownGroups.namespaceServiceAccounts,
  ]

  /// A subject in words; `nil` for a component of Kubernetes or EKS, and for nobody.
  private static func name(_ subject: Subject, _ binding: BindingManifest) -> String? {
    let name = subject.name
    switch subject.kind {
    case .group:
      guard !LintInput.isBuiltIn(name) || wideGroups.contains(where: { $0.matches(name) }),
        !name.utf8.elementsEqual("system:serviceaccounts:kube-system".utf8)
      else { return nil }
      return "group \"\(name)\""
    case .user:
      let isAccount = WellKnownUsernames.serviceAccount.matches(name)
      guard !LintInput.isBuiltIn(name) || isAccount || WellKnownUsernames.anonymous.matches(name),
        !name.utf8.starts(with: "system:serviceaccount:kube-system:".utf8)
      else { return nil }
      return "user \"\(name)\""
    case .serviceAccount:
      let own = binding.isOfCluster ? nil : binding.metadata.namespace
      guard let namespace = subject.namespace ?? own, namespace != AWSAuthGrant.namespace,
        !name.isEmpty
      else { return nil }
      return "service account \"\(namespace)/\(name)\""
    default: return nil
    }
  }

  private static func report(
    _ binding: BindingManifest, _ grant: AWSAuthGrant, _ names: [String], _ rbac: RBACContext,
    _ findings: inout FindingCollector
  ) {
    let role = "\(binding.roleRef.kind) \"\(binding.roleRef.name)\""
    var notes: [Finding.Note] = []
    let allowed = "\(role) allows \(grant.words) of the ConfigMap \"aws-auth\""
    if let place = grant.place {
      notes.append(rbac.note("\(allowed) with this rule", at: place))
    } else {
      notes.append(.init(allowed))
    }
    let isWriter = grant.canTakeOver || grant.canRemove
    let result =
      grant.canTakeOver
      ? "can change aws-auth and so become administrator"
      : grant.canRemove
        ? "can delete aws-auth and so shut out everybody whom it lets in"
        : "can make aws-auth where it does not exist, and so become administrator"
    findings.report(
      "\(words(names)) \(result)",
      at: binding.roleName?.range ?? binding.range, notes: notes,
      help: binding.isOfCluster
        ? "bind the role in the namespaces that need it, without \"kube-system\""
        : isWriter
          ? "list the ConfigMaps that are needed in \"resourceNames\""
          : "allow \"create\" in a namespace of its own; it cannot be limited to names",
      severity: isWriter ? nil : .note)
  }

  private static func words(_ names: [String]) -> String {
    switch names.count {
    case 1: names[0]
    case 2: "\(names[0]) and \(names[1])"
    default: "\(names[0]), \(names[1]) and \(names.count - 2) more"
    }
  }
}
