extension AccessEntryViolation.Reason {
  /// What is wrong, in words: lower case, without a full stop.
  public var summary: String {
    switch self {
    case .malformedPrincipal: "the principal is not the ARN of a role or user"
    case .notAPrincipal: "the principal is neither a role nor a user"
    case .wildcardPrincipal: "the principal has a wildcard"
    case .ssoRoleWithoutPath: "a role of IAM Identity Center is written without its path"
    case .serviceLinkedRole: "the principal is a service-linked role"
    case .foreignPartition(let partition): "the principal is not of the partition \(partition)"
    case .unknownKind: "there is no such type of entries"
    case .needsRole: "nodes need a role"
    case .needsOwnAccount(let account): "nodes need a role of the account \(account)"
    case .usernameOnNode: "nodes get their username from EKS"
    case .groupsOnNode: "nodes get their groups from EKS"
    case .policiesOnNode: "nodes take no access policies"
    case .reservedPrefix(let prefix): "names that begin with \(prefix) are reserved"
    case .sessionNameWithoutColon: "a session name needs a colon before it"
    case .repeatedGroup: "a group stands twice"
    case .malformedPolicyARN: "a policy is none of EKS"
    case .foreignPolicyPartition(let partition): "a policy is not of the partition \(partition)"
    case .unknownPolicy: "a policy is not known"
    case .repeatedPolicy: "a policy stands twice"
    case .tooManyPolicies(let count): "an entry has at most \(count) policies"
    case .unknownScope: "a scope is neither cluster nor namespace"
    case .scopeWithoutNamespaces: "a scope of namespaces has none"
    case .namespacesNotAllowed: "a scope of the cluster lists namespaces"
    case .tag(let message): message
    }
  }
}
