import EKSAccess
import KubernetesRBAC

extension MigrationPlanner {
  /// Decides about the row of a person, pipeline or workload.
  func planStandard(
    _ arn: String, _ principal: IAMPrincipal, _ identity: KubernetesIdentity,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) {
    var entry = AccessEntry(principalARN: arn)
    for group in identity.groups { plan(group: group, principal, &entry, &item, &draft) }
    entry.username = username(identity.username, principal, &entry, &item, &draft)
    item.entries = [entry]
  }

  private func plan(
    group: String, _ principal: IAMPrincipal, _ entry: inout AccessEntry,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) {
    func choose(_ reason: MigrationPlan.Reason) {
      item.decision = .needsChoice
      item.reasons.append(reason)
    }
    var group = group
    if !UsernameTemplate(group).isConstant() {
      let name = group.withAccount(principal.arn.account)
      guard UsernameTemplate(name).isConstant() else { return choose(.groupTemplate(group)) }
      item.reasons.append(.groupFilledIn(group, as: name))
      group = name
    }
    if let policy = options.groupPolicies[group] {
      return replace(group, by: policy, &entry, &item, &draft)
    }
    switch group {
    case "system:masters":
      let policy = AccessPolicyAssociation(
        policyARN: AccessPolicy.clusterAdmin.arn(in: input.cluster.partition))
      entry.associate(policy)
      item.reasons.append(.clusterAdmin)
    case "system:authenticated":
      item.reasons.append(.groupOfEverybody(group))
    case "system:nodes", "system:bootstrappers", "system:node-proxier", "eks:kube-proxy-windows":
      choose(.nodeGroup(group))
    default:
      if AccessEntryValidator.reservedPrefix(of: group) != nil {
        rename(group, &entry, &item, &draft)
      } else if entry.groups.contains(group) {
        item.reasons.append(.repeatedGroup(group))
      } else {
        entry.groups.append(group)
      }
    }
  }

  /// Gives an access policy in place of a group, as somebody chose.
  private func replace(
    _ group: String, by policy: AccessPolicy, _ entry: inout AccessEntry,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) {
    guard let rbac, case let bindings = rbac.bindings(ofGroup: group), !bindings.isEmpty,
      bindings.allSatisfy(\.tellsNamespace)
    else {
      item.decision = .needsChoice
      item.reasons.append(.policyNeedsBindings(group, policy))
      return
    }
    let finder = PolicyFinder(rbac: rbac, partition: input.cluster.partition)
    let association = finder.association(of: policy, inPlaceOf: bindings)
    entry.associate(association)
    item.reasons.append(.groupReplaced(group, by: association))
    draft.assume(.bindingsAreAll)
    draft.assume(.policyRules)
    for binding in bindings where rbac.isOpenEnded(binding.object.roleRef) {
      draft.assume(.roleIsComplete(binding.object.roleRef.name))
    }
  }

  /// Gives a group with a reserved name another one, and its bindings copies for that one; or
  /// access policies in its place, if these give the same.
  private func rename(
    _ group: String, _ entry: inout AccessEntry, _ item: inout MigrationPlan.Item,
    _ draft: inout Draft
  ) {
    let old = Subject.named(group, .group)
    let chosen = options.groupNames[group]
    if chosen == nil, !isRenamed(old, item),
      let policies = draft.policies(inPlaceOf: old, rbac, input.cluster.partition)
    {
      for policy in policies { entry.associate(policy) }
      item.reasons.append(.groupBecomesPolicies(group, policies))
      return
    }
    let name = chosen ?? draft.names.group(for: group)
    if !entry.groups.contains(name) { entry.groups.append(name) }
    if let rbac {
      draft.carryBindings(from: old, to: .named(name, .group), rbac)
      item.reasons.append(.groupRenamed(group, to: name))
    } else if chosen != nil {
      item.reasons.append(.groupRenamed(group, to: name))
    } else {
      item.decision = .needsChoice
      item.reasons.append(.groupNeedsBindings(group, to: name))
    }
  }

  /// Whether the entry that is there has a group, not of the row, that is bound as another one is:
  /// its new name by an earlier migration.
  private func isRenamed(_ group: Subject, _ item: MigrationPlan.Item) -> Bool {
    guard let rbac, let existing = item.existing, !rbac.bindings(of: group).isEmpty else {
      return false
    }
    return existing.groups.contains { name in
      item.identity?.groups.contains(name) != true && rbac.areTwins(group, .named(name, .group))
    }
  }

  /// The username of the entry; `nil` where EKS makes the right one by itself.
  private func username(
    _ old: String, _ principal: IAMPrincipal, _ entry: inout AccessEntry,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) -> String? {
    let resolved = old.withAccount(principal.arn.account)
    if let chosen = options.usernames[principal.description] ?? options.usernames[principal.name] {
      item.reasons.append(.chosen("the username \(chosen)"))
      if chosen != resolved { carryUsers(from: resolved, to: chosen, &entry, &item, &draft) }
      return chosen
    }
    guard !old.isEmpty else {
      item.reasons.append(.noUsername)
      return nil
    }
    let variables = UsernameTemplate(old).variables()
    if variables.contains(.ec2PrivateDNSName) {
      item.decision = .needsChoice
      item.reasons.append(.usernameOfNodes(old))
      return nil
    }
    // Who calls with which key is nobody's business in an entry.
    let isWithKey = variables.contains(.accessKeyID)
    let name: String? = isWithKey ? nil : accepted(resolved, principal, &draft)
    if name == entry.defaultUsername {
      item.reasons.append(.defaultUsername)
      return nil
    }
    if name != resolved {
      item.reasons.append(.usernameChanges(old, to: name))
      carryUsers(from: resolved, to: name, &entry, &item, &draft)
    }
    return name
  }

  /// The nearest username that EKS takes.
  private func accepted(
    _ old: String, _ principal: IAMPrincipal, _ draft: inout Draft
  ) -> String {
    var name = old
    if AccessEntryValidator.reservedPrefix(of: name) != nil {
      name = NewNames.withoutReservedPrefix(name)
      if name.isEmpty { name = principal.name }
    }
    if AccessEntryValidator.lacksColon(username: name),
      let variable = name.firstRange(of: "{{SessionName")
    {
      name.insert(":", at: variable.lowerBound)
    }
    guard name != old else { return name }
    let new = draft.names.username(for: old, nearest: name, account: principal.arn.account)
    if rbac == nil { draft.assume(.usernameIsFree(new)) }
    return new
  }

  /// Copies the bindings of users whose names change; a user who is alone may get access policies
  /// in their place, if these give the same.
  private func carryUsers(
    from old: String, to new: String?, _ entry: inout AccessEntry,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) {
    guard let rbac else { return draft.assume(.usersAreNotBound(username: old)) }
    let template = UsernameTemplate(old)
    if template.isConstant(),
      let policies = draft.policies(inPlaceOf: .named(old, .user), rbac, input.cluster.partition)
    {
      for policy in policies { entry.associate(policy) }
      item.reasons.append(.userBecomesPolicies(old, policies))
      return
    }
    guard let new else {
      let users = rbac.users(of: template).map(\.name)
      if !users.isEmpty {
        item.decision = .needsChoice
        item.reasons.append(.usersAreBound(users))
      }
      return
    }
    draft.carryUsers(from: template, to: UsernameTemplate(new), rbac)
  }
}
