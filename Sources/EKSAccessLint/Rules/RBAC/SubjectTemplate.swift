import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// A binding that names a user as aws-auth writes the username, not as it comes out.
public enum SubjectTemplate: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "subject-template",
    severity: .warning,
    summary: "a binding names a username template, or a name that a template never gives",
    rationale: """
      Only the authenticator fills in `{{SessionName}}`, and only in aws-auth. A binding is \
      compared with the finished username, byte for byte, so `dev:{{SessionName}}` in a binding is \
      nobody. `{{SessionName}}` also replaces each `@` with `-`: the session \
      `alice@example.org` becomes the user `alice-example.org`. `{{SessionNameRaw}}` keeps it.
      """,
    source: """
      aws-iam-authenticator pkg/server/server.go (renderTemplate); Kubernetes \
      pkg/registry/rbac/validation/rule.go
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
          - apiGroup: rbac.authorization.k8s.io
            kind: User
            name: ↓dev:{{SessionName}}
          - apiGroup: rbac.authorization.k8s.io
            kind: User
            name: ↓"dev:alice@example.org"
          - apiGroup: rbac.authorization.k8s.io
            kind: User
            name: dev:bob-example.org
          - apiGroup: rbac.authorization.k8s.io
            kind: Group
            name: developers
        """),
      Example(
        #"""
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding",
         "metadata": {"name": "team"},
         "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
         "subjects": [{"kind": "Group", "name": ↓"team:{{AccountID}}"}]}
        """#),
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
              username: dev:{{SessionNameRaw}}
              groups: [developers]
            - rolearn: arn:aws:iam::444455556666:role/auditors
              username: "{{SessionName}}@example.org"
              groups: [auditors]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: developers, namespace: shop}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
        subjects:
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: "dev:alice@example.org"}
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: carol@example.org}
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: "oidc:dan@example.org"}
          - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "{{ .Values.group }}"}
        """)
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let rbac = subject.rbac else { return }
    for binding in rbac.manifests.bindings {
      for subject in binding.subjects { check(subject, rbac, &findings) }
    }
  }

  private static func check(
    _ subject: BindingManifest.Subject, _ rbac: RBACContext, _ findings: inout FindingCollector
  ) {
    let name = subject.subject.name
    guard subject.subject.kind == .user || subject.subject.kind == .group,
      !Placeholder.isUnresolved(identity: name)
    else { return }
    if name.utf8.contains(UInt8(ascii: "{")), let placeholder = variable(in: name) {
      reportTemplate(subject, placeholder, rbac, &findings)
    } else if subject.subject.kind == .user, name.utf8.contains(UInt8(ascii: "@")) {
      checkSign(subject, rbac, &findings)
    }
  }

  private static func variable(in name: String) -> TemplatePlaceholder? {
    UsernameTemplate(name).placeholders.first {
      $0.delimiter == .doubleBraces && $0.suggestion != nil
    }
  }

  private static func reportTemplate(
    _ subject: BindingManifest.Subject, _ placeholder: TemplatePlaceholder, _ rbac: RBACContext,
    _ findings: inout FindingCollector
  ) {
    let name = subject.subject.name
    let isUser = subject.subject.kind == .user
    let row = isUser ? rbac.maps.lazy.compactMap { $0.template(name) }.first : nil
    var notes = [Finding.Note("a binding is compared with the finished name, byte for byte")]
    if let row { notes.append(rbac.note("the row gives this username", at: row.place)) }
    findings.report(
      "\(isUser ? "user" : "group") \"\(name)\" is nobody: only aws-auth fills "
        + "\"\(placeholder.text)\" in",
      at: subject.range, notes: notes,
      help: row?.group.map { "name the group \"\($0)\", which the row gives to all its callers" }
        ?? "give all callers of the row a group, and name that group here")
  }

  /// Looks for a name that would be right if `{{SessionName}}` kept the `@`.
  private static func checkSign(
    _ subject: BindingManifest.Subject, _ rbac: RBACContext, _ findings: inout FindingCollector
  ) {
    let name = subject.subject.name
    let given = String(
      decoding: name.utf8.map { $0 == UInt8(ascii: "@") ? UInt8(ascii: "-") : $0 },
      as: UTF8.self)
    let maps = rbac.maps
    guard let row = maps.first?.template(giving: given),
      row.template.variables().contains(.sessionName),
      maps.allSatisfy({ map in
        !map.isIncomplete && !map.gives(username: name) && map.template(giving: given) != nil
      })
    else { return }
    findings.report(
      "no session becomes the user \"\(name)\": \"{{SessionName}}\" turns \"@\" into \"-\"",
      at: subject.range,
      notes: [rbac.note("the row's username is \"\(row.template)\"", at: row.place)],
      help: "write \"\(given)\", or \"{{SessionNameRaw}}\" in the row")
  }
}
