import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// A group that no binding names.
public enum UnboundGroup: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unbound-group",
    severity: .warning,
    summary: "a group of a row is named by no binding among the files",
    rationale: """
      EKS does not check that the groups of a row mean anything. A caller whose groups no binding \
      names is let in and may do nothing: every request is answered with 403. The rule looks when \
      the files of the run hold bindings of users or groups as well, and only then; groups that \
      are bound elsewhere can be named in the configuration.
      """,
    source: """
      EKS user guide, "Grant IAM users and roles access to Kubernetes APIs"; Kubernetes, \
      "Using RBAC Authorization"
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
            - rolearn: arn:aws:iam::444455556666:role/support
              username: support:{{SessionName}}
              groups:
                - ↓shop-suport
                - shop-oncall
            - rolearn: arn:aws:iam::444455556666:role/support-night
              username: support-night:{{SessionName}}
              groups: [system:monitoring, shop-suport]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata:
          name: support
          namespace: shop
        roleRef:
          apiGroup: rbac.authorization.k8s.io
          kind: ClusterRole
          name: view
        subjects:
          - apiGroup: rbac.authorization.k8s.io
            kind: Group
            name: shop-support
          - apiGroup: rbac.authorization.k8s.io
            kind: Group
            name: shop-oncall
        """)
    ],
    passing: [
      // Without bindings nothing is known of the cluster's.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/support
          username: support:{{SessionName}}
          groups: [support]
        """),
      Example(
        """
        apiVersion: v1
        kind: List
        items:
          - apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: support}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
            subjects:
              - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: support}
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: aws-auth, namespace: kube-system}
            data:
              mapRoles: |
                - rolearn: arn:aws:iam::444455556666:role/support
                  username: support:{{SessionName}}
                  groups: [support, "team:{{SessionName}}", "${GROUP}"]
                - rolearn: arn:aws:iam::444455556666:role/windows-nodes
                  username: system:node:{{EC2PrivateDNSName}}
                  groups: [system:bootstrappers, system:nodes, eks:kube-proxy-windows]
        """),
      // Bindings of an operator's own account say nothing about people.
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/support
              username: support:{{SessionName}}
              groups: [support]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: metrics}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {kind: ServiceAccount, name: metrics, namespace: metrics}
          - {kind: Group, name: "system:authenticated"}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let rbac = subject.rbac, rbac.bindsPeople, !rbac.isIncomplete else { return }
    for configMap in subject.configMaps {
      check(configMap, rbac, subject.options.knownGroups, &findings)
    }
  }

  private static func check(
    _ configMap: ConfigMapSubject, _ rbac: RBACContext, _ known: Set<String>,
    _ findings: inout FindingCollector
  ) {
    var unbound: [(group: Located<String>, count: Int)] = []
    var places: [String: Int] = [:]
    var isBoundHere = rbac.isOneCluster
    for row in configMap.rows where row.entry.isKept {
      if !isBoundHere, !row.username.isEmpty, !LintInput.isBuiltIn(row.username),
        rbac.binding(of: row.username, as: .user) != nil
      {
        isBoundHere = true
      }
      for group in row.entry.groups where !LintInput.isBuiltIn(group.value) {
        if rbac.binding(of: group.value, as: .group) != nil {
          isBoundHere = true
        } else if let place = places[group.value] {
          unbound[place].count += 1
        } else if mayBeUnbound(group.value, rbac, known) {
          places[group.value] = unbound.count
          unbound.append((group, 1))
        }
      }
    }
    // Of several clusters, only those whose bindings are here.
    guard isBoundHere, !unbound.isEmpty else { return }
    let bound = rbac.names(of: .group)
    for (group, count) in unbound { report(group, count, bound, &findings) }
  }

  /// Groups that the manifests bind which AWS publishes for the console's view of resources.
  private static let published: Set<String> = [
    "eks-console-dashboard-full-access-group", "eks-console-dashboard-restricted-access-group",
  ]

  /// Whether other rules leave a group to this one.
  private static func mayBeUnbound(
    _ name: String, _ rbac: RBACContext, _ known: Set<String>
  ) -> Bool {
    !known.contains(name) && !published.contains(name) && WellKnownClusterRoles.named(name) == nil
      && !name.utf8.contains { " \t\n,*{<".utf8.contains($0) } && GroupTypo.meant(by: name) == nil
      && !Placeholder.isUnresolved(identity: name)
      && rbac.binding(of: name, as: .user) == nil
      && rbac.binding(of: name, as: .serviceAccount) == nil
  }

  /// Beyond this many names, a look for the nearest one takes too long.
  private static let nameLimit = 500

  private static func report(
    _ group: Located<String>, _ count: Int, _ bound: [String],
    _ findings: inout FindingCollector
  ) {
    let nearest = bound.count > nameLimit ? nil : Suggestion.nearest(group.value, in: bound)
    var notes: [Finding.Note] = []
    if count > 1 {
      notes.append(.init("\(count - 1) more row\(count == 2 ? " gives" : "s give") it too"))
    }
    notes.append(
      .init("EKS does not check groups: unless a binding elsewhere names it, it gives no rights"))
    findings.report(
      "no binding in these files names the group \"\(group.value)\"", at: group.range,
      notes: notes,
      help: nearest.map { "did you mean \"\($0)\"?" }
        ?? "bind a role to the group, or name it in the configuration if it is bound elsewhere")
  }
}
