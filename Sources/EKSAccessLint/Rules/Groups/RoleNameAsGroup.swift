import EKSAccess
import EKSAccessManifests
import KubernetesRBAC

/// The name of a ClusterRole where a group belongs.
public enum RoleNameAsGroup: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "role-name-as-group",
    severity: .warning,
    summary: "a group has the name of a default ClusterRole, which it does not give",
    rationale: """
      `view`, `edit`, `admin` and `cluster-admin` are ClusterRoles. A role is given by a binding, \
      and a binding names groups: the group `view` has nothing to do with the role `view` unless \
      somebody bound the one to the other. Without such a binding the caller may do nothing.
      """,
    source: "Kubernetes, \"Using RBAC Authorization\" (user-facing roles)",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: support:{{SessionName}}
          groups: [support, ↓view]
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: operator:{{SessionName}}
          groups:
            - ↓"cluster-admin"
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:user/alice\", \"groups\": [↓\"edit\", ↓\"admin\"]}]"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: view
          groups: [viewers, View, cluster-admins, team:view]
        """),
      Example(
        """
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/support
              username: support:{{SessionName}}
              groups: [view]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: view}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: Group, name: view}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps {
      for row in configMap.rows {
        for group in row.entry.groups { check(group, subject, &findings) }
      }
    }
  }

  private static func check(
    _ group: Located<String>, _ subject: LintSubject, _ findings: inout FindingCollector
  ) {
    guard let role = WellKnownClusterRoles.all.first(where: { $0.name.hasBytes(of: group.value) }),
      !subject.options.knownGroups.contains(group.value),
      subject.rbac?.binding(of: group.value, as: .group) == nil
    else { return }
    findings.report(
      "group \"\(role.name)\" is not the ClusterRole \"\(role.name)\", so this row gives "
        + "nothing unless a binding names the group",
      at: group.range, notes: [.init("the ClusterRole \"\(role.name)\" \(role.meaning)")],
      help: "write a group of your own, and bind the ClusterRole \"\(role.name)\" to it")
  }
}
