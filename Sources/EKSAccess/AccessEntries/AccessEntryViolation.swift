/// Something about an access entry that the EKS API refuses.
public struct AccessEntryViolation: Sendable, Hashable {
  /// What is wrong.
  public enum Reason: Sendable, Hashable {
    /// The principal's ARN does not have the shape of one, or has unknown or missing parts.
    case malformedPrincipal
    /// The principal is neither a role nor a user.
    case notAPrincipal(IAMPrincipal.Kind)
    /// The principal is written with `*` or `?`.
    case wildcardPrincipal
    /// A role of IAM Identity Center is written without its path.
    case ssoRoleWithoutPath
    /// The principal is a service-linked role.
    case serviceLinkedRole
    /// The principal's partition is not the cluster's, which is given.
    case foreignPartition(Partition)
    /// The kind is not one of ``AccessEntry/Kind/known``.
    case unknownKind
    /// The kind is for roles, and the principal is none.
    case needsRole
    /// The kind is for roles of the cluster's account, which is given.
    case needsOwnAccount(AccountID)
    /// EKS sets the username of this kind.
    case usernameOnNode
    /// EKS sets the groups of this kind.
    case groupsOnNode
    /// This kind takes no access policies.
    case policiesOnNode
    /// The name begins with a prefix that AWS keeps for itself.
    case reservedPrefix(String)
    /// The username has a session name and no colon before it.
    case sessionNameWithoutColon
    /// A group stands twice.
    case repeatedGroup
    /// The policy's ARN is not that of an access policy.
    case malformedPolicyARN
    /// The policy's partition is not the cluster's, which is given.
    case foreignPolicyPartition(Partition)
    /// The policy is not in the catalogue; AWS may know it all the same.
    case unknownPolicy
    /// The policy stands twice.
    case repeatedPolicy
    /// There are more policies than an entry can have, which is given.
    case tooManyPolicies(Int)
    /// The scope is neither `cluster` nor `namespace`.
    case unknownScope
    /// A scope of namespaces has none.
    case scopeWithoutNamespaces
    /// The scope lists namespaces and is not one of namespaces.
    case namespacesNotAllowed
    /// A tag breaks a limit of the API, which is described.
    case tag(String)
  }

  /// The part of the entry that is wrong.
  public var field: AccessEntry.Field
  /// What is wrong with it.
  public var reason: Reason
  /// What the EKS API answers, word for word where that was measured or is documented; `nil` where
  /// it is not known.
  public var apiMessage: String?

  /// Makes a violation.
  public init(_ field: AccessEntry.Field, _ reason: Reason, apiMessage: String? = nil) {
    self.field = field
    self.reason = reason
    self.apiMessage = apiMessage
  }
}
