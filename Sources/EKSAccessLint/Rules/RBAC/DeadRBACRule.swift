import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// A rule of a role, or a part of one, that no request can match.
public enum DeadRBACRule: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "dead-rbac-rule",
    severity: .warning,
    summary: "a rule of a role can match no request",
    rationale: """
      Kubernetes takes any text as a group, resource or verb of a rule and compares it byte for \
      byte. `pods/*` is no wildcard, `apps/v1` no group, `Pods` no resource and `GET` no verb: the \
      role is accepted and gives less than it seems to. Only what Kubernetes itself serves is \
      judged; resources of extensions are left alone.
      """,
    source: """
      Kubernetes pkg/apis/rbac/v1/evaluation_helpers.go; kubernetes/api (types); \
      apiserver pkg/endpoints/request/requestinfo.go
      """,
    failing: [
      Example(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: support
        rules:
          - apiGroups: [""]
            resources: [pods, ↓"pods/*", ↓pods/logs, ↓Services, ↓configmap]
            verbs: [get, list, watch]
          - apiGroups: [↓apps/v1, batch]
            resources: [deployments, cronjobs]
            verbs: [↓GET, ↓read]
          - apiGroups: [↓v1]
            resources: [secrets]
            verbs: [get]
          - apiGroups: [""]
            resources: [services, ↓deployments, statefulsets]
            verbs: [get]
          - apiGroups: [""]
            resources: [configmaps]
            resourceNames: [settings]
            verbs: [↓create]
          - ↓resources: [pods]
            verbs: [get]
        """),
      Example(
        #"""
        {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
         "metadata": {"name": "nodes", "namespace": "shop"},
         "rules": [
           {"apiGroups": [""], "resources": [↓"nodes", "namespaces"], "verbs": ["get"]},
           {"nonResourceURLs": [↓"/metrics"], "verbs": ["get"]}]}
        """#),
    ],
    passing: [
      Example(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata:
          name: support
        rules:
          - apiGroups: ["", apps, apps/v1, core]
            resources: [pods, pods/log, "*/scale", deployments, deployments/finalizers]
            verbs: [get, list, GET]
          - apiGroups: ["*"]
            resources: ["*", "*/*"]
            verbs: ["*"]
          - apiGroups: [extensions]
            resources: [ingresses, jobs]
            verbs: [get]
          - apiGroups: [example.org]
            resources: [widget, deployments]
            verbs: [promote, read]
          - apiGroups: [""]
            resources: [users, groups, serviceaccounts]
            resourceNames: [support]
            verbs: [impersonate]
          - apiGroups: [""]
            resources: [pods/exec, pods/eviction]
            resourceNames: [debug]
            verbs: [create]
          - apiGroups: [""]
            resources: [configmaps]
            resourceNames: [settings]
            verbs: [list, watch]
          - apiGroups: ["{{ .Values.group }}"]
            resources: [Widgets]
            verbs: [get]
          - nonResourceURLs: [/metrics]
            verbs: [get]
        """)
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard let rbac = subject.rbac else { return }
    for role in rbac.manifests.roles where !LintInput.isBuiltIn(role.metadata.name) {
      for rule in role.rules {
        for value in DeadValues(rule, isOfCluster: role.isOfCluster).found {
          findings.report(
            value.message, at: value.range, notes: [.init(value.reason)], help: value.help)
        }
      }
    }
  }
}
