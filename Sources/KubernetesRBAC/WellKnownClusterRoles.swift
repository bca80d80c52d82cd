/// The default ClusterRoles whose names people write where a group belongs.
///
/// A group `view` is an ordinary group that nobody has bound: the role of that name gives it
/// nothing. Source: the default roles of Kubernetes, `bootstrappolicy/policy.go`.
public enum WellKnownClusterRoles {
  /// Everything.
  public static let clusterAdmin = WellKnownName(
    "cluster-admin", meaning: "allows everything when bound for the whole cluster")
  /// Everything in a namespace.
  public static let admin = WellKnownName(
    "admin", meaning: "allows nearly everything in a namespace, roles and bindings included")
  /// Changing things in a namespace.
  public static let edit = WellKnownName(
    "edit", meaning: "allows changing most objects of a namespace, but no roles or bindings")
  /// Reading things in a namespace.
  public static let view = WellKnownName(
    "view", meaning: "allows reading most objects of a namespace, but no secrets")

  /// All of them, the strongest first.
  public static let all: [WellKnownName] = [clusterAdmin, admin, edit, view]

  /// The default ClusterRole of a name, or `nil` when there is none among these.
  public static func named(_ name: String) -> WellKnownName? {
    all.first { $0.matches(name) }
  }
}
