/// The resources that an API server serves without extensions, to tell whether a rule can ever
/// match.
///
/// Source: the types of `kubernetes/api` of Kubernetes 1.36, with the subresources of
/// `kubernetes/kubernetes`, the kubelet's own and `metrics.k8s.io`. Groups of extensions are not
/// here, and nothing follows about them.
public enum APIResources {
  /// A resource of one API group.
  public struct Resource: Sendable, Hashable {
    /// The name in rules, such as `pods`.
    public let name: String
    /// Whether its objects stand in namespaces.
    public let isNamespaced: Bool
    /// The names after the slash, such as `log`.
    public let subresources: [String]
  }

  /// The API groups; the core group is empty.
  public static let groups: [String] = table.map { $0.group }

  /// The groups that clusters no longer serve, or serve as an addition: what they hold depends on
  /// the cluster's version.
  public static let openGroups: Set<String> = ["extensions", "metrics.k8s.io"]

  /// The resources of a group by their names; `nil` for a group that is not built in.
  public static func resources(in group: String) -> [String: Resource]? { byGroup[group] }

  /// A resource of a group.
  public static func resource(_ name: String, in group: String) -> Resource? {
    byGroup[group]?[name]
  }

  /// The groups that serve a resource, the usual one first; empty for one that is not built in.
  public static func groups(serving resource: String) -> [String] { byName[resource] ?? [] }

  /// The verbs of requests for resources.
  public static let verbs = [
    "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection",
  ]

  /// The verbs that are asked for apart from requests: for pod security policies, roles, signers,
  /// other identities, the proxy of old versions and the audiences of tokens.
  public static let specialVerbs: Set<String> = [
    "use", "bind", "escalate", "impersonate", "approve", "sign", "attest", "proxy",
    "request-serviceaccounts-token-audience",
  ]

  private static let byGroup: [String: [String: Resource]] = {
    var groups: [String: [String: Resource]] = [:]
    for (group, namespaced, cluster) in table {
      var resources: [String: Resource] = [:]
      for (text, isNamespaced) in [(namespaced, true), (cluster, false)] {
        for word in text.split(separator: " ") {
          let parts = word.split(separator: "/")
          let name = String(parts[0])
          resources[name] = Resource(
            name: name, isNamespaced: isNamespaced,
            subresources: parts.dropFirst().flatMap { $0.split(separator: ",") }.map(String.init))
        }
      }
      groups[group] = resources
    }
    return groups
  }()

  private static let byName: [String: [String]] = {
    var groups: [String: [String]] = [:]
    for (group, _, _) in table where !openGroups.contains(group) {
      for name in (byGroup[group] ?? [:]).keys { groups[name, default: []].append(group) }
    }
    return groups
  }()

  /// For each group the resources with namespaces and those without, their subresources after a
  /// slash.
  private static let table: [(group: String, namespaced: String, cluster: String)] = [
    (
      "",
      """
      bindings configmaps endpoints events limitranges persistentvolumeclaims/status \
      pods/attach,binding,ephemeralcontainers,eviction,exec,log,portforward,proxy,resize,status \
      podtemplates replicationcontrollers/scale,status resourcequotas/status secrets \
      serviceaccounts/token services/proxy,status
      """,
      """
      componentstatuses namespaces/finalize,status \
      nodes/proxy,status,log,metrics,stats,configz,healthz,pods,spec persistentvolumes/status
      """
    ),
    (
      "apps",
      """
      controllerrevisions daemonsets/status deployments/scale,status replicasets/scale,status \
      statefulsets/scale,status
      """, ""
    ),
    ("batch", "cronjobs/status jobs/status", ""),
    ("autoscaling", "horizontalpodautoscalers/status", ""),
    ("policy", "poddisruptionbudgets/status", ""),
    (
      "networking.k8s.io", "ingresses/status networkpolicies",
      "ingressclasses ipaddresses servicecidrs/status"
    ),
    ("rbac.authorization.k8s.io", "rolebindings roles", "clusterrolebindings clusterroles"),
    (
      "storage.k8s.io", "csistoragecapacities",
      """
      csidrivers csinodes/status storageclasses volumeattachments/status volumeattributesclasses
      """
    ),
    ("coordination.k8s.io", "leasecandidates leases", ""),
    ("discovery.k8s.io", "endpointslices", ""),
    ("events.k8s.io", "events", ""),
    ("apiextensions.k8s.io", "", "customresourcedefinitions/status"),
    ("apiregistration.k8s.io", "", "apiservices/status"),
    (
      "admissionregistration.k8s.io", "",
      """
      mutatingadmissionpolicies mutatingadmissionpolicybindings mutatingwebhookconfigurations \
      validatingadmissionpolicies/status validatingadmissionpolicybindings \
      validatingwebhookconfigurations
      """
    ),
    ("authentication.k8s.io", "", "selfsubjectreviews tokenreviews"),
    (
      "authorization.k8s.io", "localsubjectaccessreviews",
      "selfsubjectaccessreviews selfsubjectrulesreviews subjectaccessreviews"
    ),
    (
      "certificates.k8s.io", "podcertificaterequests/status",
      "certificatesigningrequests/approval,status clustertrustbundles"
    ),
    (
      "flowcontrol.apiserver.k8s.io", "", "flowschemas/status prioritylevelconfigurations/status"
    ),
    ("internal.apiserver.k8s.io", "", "storageversions/status"),
    ("lifecycle.k8s.io", "evictionrequests/status evictions/status", ""),
    ("node.k8s.io", "", "runtimeclasses"),
    (
      "resource.k8s.io", "resourceclaims/status resourceclaimtemplates",
      "deviceclasses devicetaintrules/status resourcepoolstatusrequests resourceslices"
    ),
    (
      "scheduling.k8s.io", "compositepodgroups/status podgroups/status workloads",
      "priorityclasses"
    ),
    ("storagemigration.k8s.io", "", "storageversionmigrations/status"),
    ("metrics.k8s.io", "pods", "nodes"),
    (
      "extensions",
      """
      daemonsets/status deployments/scale,status ingresses/status networkpolicies \
      replicasets/scale,status
      """, ""
    ),
  ]
}
