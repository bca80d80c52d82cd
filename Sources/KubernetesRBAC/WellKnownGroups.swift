/// The groups that Kubernetes or EKS gives a meaning to.
///
/// Sources: `pkg/authentication/user/user.go` and `pkg/authentication/serviceaccount/util.go` of
/// kubernetes/apiserver, the default ClusterRoleBindings of Kubernetes, and the bindings EKS makes.
public enum WellKnownGroups {
  /// Administrators past all authorization.
  public static let masters = WellKnownName(
    "system:masters", meaning: "may do everything, past RBAC, and cannot be restricted by it")
  /// The group of kubelets.
  public static let nodes = WellKnownName(
    "system:nodes", meaning: "makes a user system:node:<name> a node to the node authorizer")
  /// The group that may ask for a kubelet certificate.
  public static let bootstrappers = WellKnownName(
    "system:bootstrappers", meaning: "lets a node ask for its certificates")
  /// The group of Fargate pods.
  public static let nodeProxier = WellKnownName(
    "system:node-proxier", meaning: "lets a Fargate pod's node run the service proxy")
  /// The group of Windows nodes.
  public static let kubeProxyWindows = WellKnownName(
    "eks:kube-proxy-windows", meaning: "lets a Windows node run kube-proxy")
  /// Everybody whose credentials were accepted.
  public static let authenticated = WellKnownName(
    "system:authenticated", meaning: "is added by the API server to every authenticated request")
  /// Everybody without credentials.
  public static let unauthenticated = WellKnownName(
    "system:unauthenticated", meaning: "is given by the API server to anonymous requests")
  /// Every service account.
  public static let serviceAccounts = WellKnownName(
    "system:serviceaccounts", meaning: "holds every service account of the cluster")
  /// Every service account of one namespace.
  public static let namespaceServiceAccounts = WellKnownName(
    "system:serviceaccounts:", .prefix, meaning: "holds every service account of one namespace")
  /// Readers of health and metrics.
  public static let monitoring = WellKnownName(
    "system:monitoring", meaning: "may read the health and metrics endpoints of the API server")

  /// All of them.
  public static let all: [WellKnownName] = [
    masters, nodes, bootstrappers, nodeProxier, kubeProxyWindows, authenticated, unauthenticated,
    serviceAccounts, namespaceServiceAccounts, monitoring,
  ]

  /// The well-known group of a name, or `nil` when the name has no meaning of its own.
  public static func named(_ name: String) -> WellKnownName? {
    all.first { $0.matches(name) }
  }
}
