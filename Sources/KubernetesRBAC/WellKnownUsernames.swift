/// The usernames that Kubernetes or EKS gives a meaning to.
///
/// Sources: `pkg/authentication/user/user.go` and `pkg/authentication/serviceaccount/util.go` of
/// kubernetes/apiserver, the default bindings of Kubernetes, and the bindings EKS makes.
public enum WellKnownUsernames {
  /// A node.
  public static let node = WellKnownName(
    "system:node:", .prefix, meaning: "is a node, when the group system:nodes is there too")
  /// A service account.
  public static let serviceAccount = WellKnownName(
    "system:serviceaccount:", .prefix,
    meaning: "is a service account, system:serviceaccount:<namespace>:<name>, to every binding")
  /// A request without credentials.
  public static let anonymous = WellKnownName(
    "system:anonymous", meaning: "is the user of a request without credentials")
  /// The API server's own client.
  public static let apiServer = WellKnownName(
    "system:apiserver", meaning: "is the API server calling itself, in system:masters")
  /// The controller manager.
  public static let kubeControllerManager = WellKnownName(
    "system:kube-controller-manager", meaning: "is the controller manager of the control plane")
  /// The scheduler.
  public static let kubeScheduler = WellKnownName(
    "system:kube-scheduler", meaning: "is the scheduler of the control plane")
  /// The service proxy.
  public static let kubeProxy = WellKnownName(
    "system:kube-proxy", meaning: "is the service proxy where it has an identity of its own")
  /// The parts of EKS itself.
  public static let eks = WellKnownName(
    "eks:", .prefix, meaning: "is a part of EKS itself, such as eks:addon-manager")

  /// All of them.
  public static let all: [WellKnownName] = [
    node, serviceAccount, anonymous, apiServer, kubeControllerManager, kubeScheduler, kubeProxy,
    eks,
  ]

  /// The well-known username of a name, or `nil` when the name has no meaning of its own.
  public static func named(_ name: String) -> WellKnownName? {
    all.first { $0.matches(name) }
  }
}
