import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A row that gives nothing: no groups, and no binding that names its user.
public enum MissingGroups: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "missing-groups",
    severity: .warning,
    summary: "a row has no groups and no binding names its user",
    rationale: """
      EKS lets the caller in, and Kubernetes answers every request with 403, since permissions come \
      from bindings to the groups or to the username. A row without groups is fine when a binding \
      names the user; the rule is silent when that binding stands in the same file.
      """,
    source: "EKS user guide auth-configmap; Kubernetes RBAC",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - ↓rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: ↓[]
        """),
    ],
    passing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapUsers: |
            - userarn: arn:aws:iam::444455556666:user/alice
              username: alice
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata:
          name: alice
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {apiGroup: rbac.authorization.k8s.io, kind: User, name: alice}
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: developers
        - userarn: arn:aws:iam::444455556666:user/bob
          username: bob
          group: [developers]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    var rows: [Row] = []
    for configMap in subject.configMaps {
      for row in configMap.rows where givesNone(row) { rows.append(row) }
    }
    guard !rows.isEmpty else { return }
    let bound = boundUsers(subject.file)
    for row in rows {
      let value = row.entry.field(.groups)
      let isRequired = row.dialect.required.contains(.groups) && value?.value.isSequence != true
      let isKnown = !Placeholder.isUnresolved(identity: row.username)
      guard isRequired || isKnown && !bound.contains(row.username) else { continue }
      let range = value.map { $0.value.range.isEmpty ? $0.key.range : $0.value.range }
      findings.report(
        isRequired
          ? "row has no groups, so \(row.dialect.refusal ?? "it is refused")"
          : "row gives no groups, so its caller may do nothing unless a binding names the user",
        at: range ?? row.firstFieldRange,
        help: isRequired ? "write the groups, or []" : "write the groups that a binding names",
        severity: isRequired ? .error : nil)
    }
  }

  private static func givesNone(_ row: Row) -> Bool {
    guard row.entry.groups.isEmpty, !row.lacksRequiredIdentity, row.entry.isKept,
      row.entry.node.isMapping
    else { return false }
    let value = row.entry.field(.groups)?.value
    let isEmpty = value.map { $0.isNull || ($0.isSequence && $0.elements.first == nil) }
    return isEmpty ?? true && !row.hasMisspelled(.groups)
  }

  /// The users that bindings of the file name.
  private static func boundUsers(_ file: ManifestFile) -> Set<String> {
    var users: Set<String> = []
    for document in file.stream.documents {
      let items = document.root.value(of: "items")?.elements.map { $0 } ?? []
      for object in [document.root] + items {
        guard let kind = object.value(of: "kind"),
          kind.has("RoleBinding") || kind.has("ClusterRoleBinding")
        else { continue }
        for subject in object.value(of: "subjects")?.elements ?? .init()
        where subject.value(of: "kind")?.has("User") == true {
          users.insert(subject.value(of: "name")?.string ?? "")
        }
      }
    }
    return users
  }
}
