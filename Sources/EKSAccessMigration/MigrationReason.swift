public import EKSAccess

extension MigrationPlan {
  /// Why something is decided, or what changes for the principal.
  public enum Reason: Sendable, Hashable {
    /// EKS does not use the row.
    case unused(EffectiveMapping.Status)
    /// A part of the principal is still to be filled in.
    case placeholder
    /// The principal is of another partition than the cluster, so it cannot call it.
    case otherPartition(Partition)
    /// IAM has no such accounts or names.
    case impossiblePrincipal
    /// The principal does not exist any more.
    case principalIsGone
    /// The entry that is there gives what the row gives.
    case sameAsEntry
    /// The entry that is there lacks groups or policies that the row needs.
    case entryLacks([String], [AccessPolicyAssociation])
    /// The entry that is there has new names, and bindings of the old ones were not copied for them.
    case entryLacksBindings([String])
    /// The entry that is there gives groups and policies that the row does not.
    case entryGivesMore([String], [AccessPolicyAssociation])
    /// The entry that is there has another username.
    case entryHasUsername(String)
    /// The entry that is there is of another kind than the row's nodes need.
    case entryHasKind(AccessEntry.Kind, needed: AccessEntry.Kind)
    /// Nodes of this kind use the row; EKS gives them username and groups.
    case node(AccessEntry.Kind)
    /// The trust policy of the role tells the kind.
    case kindByTrust(service: String)
    /// The row does not tell which kind of nodes use it.
    case kindUnclear([AccessEntry.Kind])
    /// A role has nodes of several kinds, and an entry one kind.
    case severalKinds([AccessEntry.Kind])
    /// Nodes have a role of the cluster's own account.
    case nodeOfOtherAccount(String)
    /// Nodes have a role, and this is none.
    case nodeIsNoRole
    /// The row is for nodes and gives them groups that their entry does not.
    case nodeLosesGroups([String])
    /// The row names nodes and does not put them into the groups of nodes; the entry will.
    case nodeGainsGroups([String])
    /// `system:masters` becomes the access policy for everything.
    case clusterAdmin
    /// Everybody has the group.
    case groupOfEverybody(String)
    /// The group has a reserved name and gets another one.
    case groupRenamed(String, to: String)
    /// The group has a reserved name, and what it is bound to is not known.
    case groupNeedsBindings(String, to: String)
    /// The group has a reserved name, and access policies give what its bindings give.
    case groupBecomesPolicies(String, [AccessPolicyAssociation])
    /// Somebody chose an access policy in place of the group.
    case groupReplaced(String, by: AccessPolicyAssociation)
    /// Somebody chose an access policy in place of the group, and nothing that binds the group is
    /// known, so that where the policy is to hold is not known.
    case policyNeedsBindings(String, AccessPolicy)
    /// Access policies give what the bindings of the username give, which changes.
    case userBecomesPolicies(String, [AccessPolicyAssociation])
    /// The group belongs to nodes, and the row is not one of nodes.
    case nodeGroup(String)
    /// The group is a template, which entries do not have.
    case groupTemplate(String)
    /// The account in the group is filled in.
    case groupFilledIn(String, as: String)
    /// The group stands twice.
    case repeatedGroup(String)
    /// The username changes, since EKS refuses the old one; `nil` where EKS makes one, since it
    /// holds a variable that entries are not known to fill in.
    case usernameChanges(String, to: String?)
    /// The row has no username; EKS makes one.
    case noUsername
    /// The username is what EKS makes by itself.
    case defaultUsername
    /// Bindings name users of a username that cannot be kept, and it is not known who they become.
    case usersAreBound([String])
    /// The username has a variable that only nodes have.
    case usernameOfNodes(String)
    /// `<<…>>` is not filled in by EKS, so the row does not do what it seems to.
    case angleBrackets(String)
    /// IAM has the user with a path, with which the row does not match it.
    case userHasPath(String)
    /// The path was found in the data of IAM.
    case pathFound(String)
    /// The path of a role of IAM Identity Center has to be known.
    case ssoPathUnknown(role: String)
    /// The path of a role of IAM Identity Center was made from its region.
    case ssoPath(region: String)
    /// The account is another one than the cluster's.
    case otherAccount(String)
    /// The role is service-linked; AWS makes its entry.
    case serviceLinkedRole(name: String)
    /// The principal is the root user of an account or a federated user.
    case notMigratable(IAMPrincipal.Kind)
    /// Several rows match; which one counts is left to chance.
    case tied
    /// An account has no entry of its own.
    case accountNeedsDirectory(String)
    /// The principals of an account get entries of their own.
    case accountExpanded(String, count: Int)
    /// EKS would refuse the entry.
    case refused(String)
    /// Somebody chose this.
    case chosen(String)
  }
}
