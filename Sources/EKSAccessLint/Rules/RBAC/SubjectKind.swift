import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// A binding that takes a group of aws-auth for a user or service account, or a user for a group.
public enum SubjectKind: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "subject-kind",
    severity: .warning,
    summary: "a binding names a group as a user or service account, or a username as a group",
    rationale: """
      Users, groups and service accounts of one name have nothing to do with each other. A binding \
      of the user `developers` gives nothing to those whom a row puts into the group `developers`, \
      and Kubernetes says nothing about it, since it keeps no list of users and groups.
      """,
    source: """
      Kubernetes pkg/registry/rbac/validation/rule.go (appliesToUser)
      """,
    needsWholeFile: true,
    failing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/developers
              username: dev:{{SessionName}}
              groups: [developers]
            - rolearn: arn:aws:iam::444455556666:role/deploy
              username: deploy-bot
              groups: [deployers]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: developers
          namespace: shop
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: edit
        subjects:
          - kind: User
            name: ↓developers
          - kind: ServiceAccount
            name: ↓deployers
            namespace: shop
          - kind: Group
            name: ↓"deploy-bot"
        """)
    ],
    passing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/developers
              username: developers
              groups: [developers, builders, "system:masters"]
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: builders, namespace: shop}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: developers, namespace: shop}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
        subjects:
          - {kind: User, name: developers}
          - {kind: Group, name: developers}
          - {kind: ServiceAccount, name: builders, namespace: shop}
          - {kind: User, name: carol}
        """)
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let rbac = subject.rbac else { return }
    let maps = rbac.maps
    guard !maps.isEmpty else { return }
    for binding in rbac.manifests.bindings {
      for subject in binding.subjects where !LintInput.isBuiltIn(subject.subject.name) {
        check(subject, maps, rbac, &findings)
      }
    }
  }

  private static func check(
    _ subject: BindingManifest.Subject, _ maps: [InputMap], _ rbac: RBACContext,
    _ findings: inout FindingCollector
  ) {
    let name = subject.subject.name
    switch subject.subject.kind {
    case .user:
      guard
        maps.allSatisfy({
          !$0.isIncomplete && $0.gives(group: name) && !$0.gives(username: name)
        }),
        let place = maps.first?.groups[name]
      else { return }
      reportGroup(subject, "user", place, rbac, &findings)
    case .serviceAccount:
      // An account may have the name of a group on purpose, unless nobody speaks of the group.
      guard maps.allSatisfy({ !$0.isIncomplete && $0.gives(group: name) }),
        !rbac.hasServiceAccount(name),
        rbac.binding(of: name, as: .group) == nil, let place = maps.first?.groups[name]
      else { return }
      reportGroup(subject, "service account", place, rbac, &findings)
    case .group:
      guard
        maps.allSatisfy({
          !$0.isIncomplete && $0.usernames[name] != nil && !$0.gives(group: name)
        }),
        rbac.binding(of: name, as: .user) == nil, let place = maps.first?.usernames[name]
      else { return }
      findings.report(
        "aws-auth gives \"\(name)\" as a username, and this binding is for a group of that name",
        at: subject.range, notes: [rbac.note("the row gives the username", at: place)],
        help: "write \"kind: User\", or give the group \"\(name)\" in the row")
    default: break
    }
  }

  private static func reportGroup(
    _ subject: BindingManifest.Subject, _ kind: String, _ place: InputPlace, _ rbac: RBACContext,
    _ findings: inout FindingCollector
  ) {
    let name = subject.subject.name
    findings.report(
      "aws-auth gives \"\(name)\" as a group, and this binding is for a \(kind) of that name",
      at: subject.range, notes: [rbac.note("the row gives the group", at: place)],
      help: "write \"kind: Group\" with \"apiGroup: rbac.authorization.k8s.io\"")
  }
}
