import EKSAccess

extension MigrationPlan.Reason {
  /// The reason in words: lower case, without a full stop.
  public var description: String {
    switch self {
    case .unused(let status): return status.reason
    case .placeholder:
      return "a part of the principal is still to be filled in: render the file first"
    case .otherPartition(let partition):
      return "the principal is of the partition \(partition) and the cluster is not, so it matches "
        + "nobody"
    case .impossiblePrincipal:
      return "IAM has no such account or name, so the row matches nobody"
    case .principalIsGone: return "IAM has no such principal any more, so nobody uses the row"
    case .sameAsEntry: return "the entry that is there gives what the row gives"
    case .entryLacks(let groups, let policies):
      return
        "the entry that is there lacks \(Self.list(groups, policies)); --update-existing brings "
        + "it up to the row"
    case .entryLacksBindings(let names):
      return "nothing binds the new names as \(names.joined(separator: ", ")) binds the old ones; "
        + "--update-existing adds the bindings"
    case .entryGivesMore(let groups, let policies):
      return
        "the entry that is there also gives \(Self.list(groups, policies)), which the row does "
        + "not"
    case .entryHasUsername(let name): return "the entry that is there has the username \(name)"
    case .entryHasKind(let kind, let needed):
      return "the entry that is there is of type \(kind) and would have to be \(needed); a type "
        + "cannot be changed, so delete the entry first"
    case .node(let kind): return "nodes use the row: an entry of type \(kind)"
    case .kindByTrust(let service): return "the trust policy of the role names \(service)"
    case .kindUnclear(let kinds):
      return "the row does not tell which nodes use it: say \(Self.list(kinds)) with --node-type"
    case .severalKinds(let kinds):
      return "nodes of several kinds use the role, and an entry has one type: say "
        + "\(Self.list(kinds)) with --node-type, and give the others a role of their own"
    case .nodeOfOtherAccount(let account):
      return "nodes need a role of the cluster's account, and this one is of \(account)"
    case .nodeIsNoRole: return "nodes have a role, and this is a user"
    case .nodeLosesGroups(let groups):
      return "an entry for nodes cannot give \(groups.joined(separator: ", ")): these are lost"
    case .nodeGainsGroups(let groups):
      return "EKS also gives \(groups.joined(separator: ", ")), which the row lacks"
    case .clusterAdmin:
      return "system:masters becomes \(AccessPolicy.clusterAdmin.name) for the whole cluster"
    case .groupOfEverybody(let group): return "everybody who logs in has \(group)"
    case .groupRenamed(let group, let new):
      return "the group \(group) has a reserved name and becomes \(new)"
    case .groupNeedsBindings(let group, let new):
      return "the group \(group) has a reserved name; it could become \(new): give the bindings of "
        + "the cluster, which have to be copied, or confirm with --rename-group \(group)=\(new)"
    case .groupBecomesPolicies(let group, let policies):
      return "the group \(group) has a reserved name, and \(Self.list(policies)) gives the same"
    case .groupReplaced(let group, let policy):
      return "\(Self.list([policy])) stands in for the group \(group), as was chosen"
    case .policyNeedsBindings(let group, let policy):
      return "\(policy.name) is to stand in for the group \(group): give the bindings of the "
        + "cluster, which tell where it has to hold"
    case .userBecomesPolicies(let user, let policies):
      return "\(Self.list(policies)) gives what the bindings of the user \(user) give"
    case .nodeGroup(let group):
      return "the group \(group) is one of nodes, and the username is not: if nodes use the role, "
        + "say which with --node-type"
    case .groupTemplate(let group):
      return "the group \(group) is a template, and entries have none in groups"
    case .groupFilledIn(let group, let name):
      return "the group \(group) becomes \(name), since entries have no templates in groups"
    case .repeatedGroup(let group): return "the group \(group) stands twice"
    case .usernameChanges(let old, let new?):
      return "the username \(old) becomes \(new), since EKS refuses it"
    case .usernameChanges(let old, nil):
      return "EKS makes a username in place of \(old): it is not documented that entries fill in "
        + "{{AccessKeyID}}"
    case .noUsername: return "the row has no username, so EKS makes one"
    case .defaultUsername: return "EKS makes the same username by itself"
    case .usersAreBound(let users):
      return "bindings name \(users.prefix(3).joined(separator: ", ")): say with --username which "
        + "username takes the place of theirs, and bind it"
    case .usernameOfNodes(let name):
      return "the username \(name) is made for nodes and is none that EKS gives them: say which "
        + "nodes with --node-type, or another username with --username"
    case .angleBrackets(let name):
      return "EKS leaves <<…>> in \(name) as text, so no node joins by the row as it stands: if "
        + "nodes are to use the role, say which with --node-type"
    case .userHasPath(let arn):
      return "IAM has the user as \(arn), and rows of users match with the path alone, so nobody "
        + "uses the row"
    case .pathFound(let arn): return "IAM has it as \(arn)"
    case .ssoPathUnknown:
      return "an entry needs the path of the role: give the answer of `aws iam list-roles`, or the "
        + "region of IAM Identity Center with --sso-region"
    case .ssoPath(let region): return "the path is that of IAM Identity Center in \(region)"
    case .otherAccount(let account): return "the principal is of another account, \(account)"
    case .serviceLinkedRole(let name):
      return "only AWS makes entries for service-linked roles: \(Self.service(of: name))"
    case .notMigratable(.root):
      return "it is not documented that EKS takes the root user of an account"
    case .notMigratable: return "an entry is for a role or a user, and this is neither"
    case .tied: return "several rows match, and which one EKS uses is left to chance"
    case .accountNeedsDirectory(let account):
      return "entries are for single principals: give the answers of `aws iam list-roles` and "
        + "`list-users` of account \(account)"
    case .accountExpanded(let account, let count):
      return "\(count) principals of account \(account) get entries of their own"
    case .refused(let message): return "EKS would refuse the entry: \(message)"
    case .chosen(let what): return "\(what) was chosen"
    }
  }

  private static func list(_ policies: [AccessPolicyAssociation]) -> String {
    policies.map { policy in
      let name = AccessPolicyARN(policy.policyARN)?.name ?? policy.policyARN
      return "\(name) " + (policy.scope.kind == .cluster ? "for the" : "for") + " \(policy.scope)"
    }.joined(separator: " and ")
  }

  private static func list(
    _ groups: [String], _ policies: [AccessPolicyAssociation]
  ) -> String {
    (groups + (policies.isEmpty ? [] : [list(policies)])).joined(separator: ", ")
  }

  private static func list(_ kinds: [AccessEntry.Kind]) -> String {
    kinds.map(\.rawValue).joined(separator: " or ")
  }

  /// How services get their entries that had to be written into aws-auth before.
  private static func service(of role: String) -> String {
    switch role {
    case "AWSServiceRoleForBatch":
      "AWS Batch does once its compute environments say so (eksConfiguration.accessEntry)"
    case "AWSServiceRoleForAmazonEMRContainers":
      "EMR on EKS does for new virtual clusters (eksAccessEntryIntegrated)"
    default: "see the service's own documentation"
    }
  }
}

extension EffectiveMapping.Status {
  /// Why a row is not used: lower case, without a full stop.
  fileprivate var reason: String {
    switch self {
    case .used, .tied: return "the row is used"
    case .replaced(let row):
      return "\(row.title) has the same ARN and stands later, so EKS uses that one"
    case .shadowed(let row): return "\(row.title) is asked first and answers for the principal"
    case .notAsked(let mode):
      return "the cluster does not read aws-auth in the mode \(mode.rawValue)"
    case .matchesNobody(let reasons):
      let words = reasons.map { $0.words }
      return "the row matches nobody: " + words.joined(separator: "; ")
    }
  }
}

extension Resolution.Mismatch {
  fileprivate var words: String {
    switch self {
    case .dropped(let error): "EKS drops it (\(error))"
    case .blanks: "there are blanks in the ARN"
    case .wildcard: "wildcards are compared as they stand"
    case .kind(.assumedRole): "it names a session, not the role"
    case .kind: "it does not name a role or user"
    case .partition(let partition): "there is no partition \(partition)"
    case .region: "the ARN has a region"
    case .path: "the ARN has a path, which sessions do not have"
    case .ssoRoleMatchOff: "sso rows are off on EKS"
    case .ssoPartition: "an sso row with a partition matches nobody"
    }
  }
}

extension MigrationPlan.Assumption {
  /// The assumption in words, with the way to check it: a sentence without a full stop.
  public var description: String {
    statement + (command.map { ": check with `\($0)`" } ?? "")
  }
}
