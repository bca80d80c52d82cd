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
      let name = group.replacing("{{AccountID}}", with: principal.arn.account)
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
      guard !entry.policies.contains(policy) else { return }
      entry.policies.append(policy)
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
    guard let rbac, case let bindings = rbac.bindings(ofGroup: group), !bindings.isEmpty else {
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
    for binding in bindings where rbac.mayGrow(binding) {
      draft.assume(.defaultRole(binding.binding.roleRef.name))
    }
  }

  /// Gives a group with a reserved name another one, and its bindings copies for that one; or
  /// access policies in its place, if these give the same.
  private func rename(
    _ group: String, _ entry: inout AccessEntry, _ item: inout MigrationPlan.Item,
    _ draft: inout Draft
  ) {
    if rbac != nil { draft.assume(.bindingsAreAll) }
    let old = Subject.named(group, .group)
    let chosen = options.groupNames[group]
    if chosen == nil, let policies = draft.policies(inPlaceOf: old, rbac, input.cluster.partition) {
      for policy in policies { entry.associate(policy) }
      item.reasons.append(.groupBecomesPolicies(group, policies))
      return
    }
    let name = chosen ?? draft.names.group(for: group)
    if !entry.groups.contains(name) { entry.groups.append(name) }
    if let rbac {
      carryBindings(from: old, to: .named(name, .group), rbac, &draft)
      item.reasons.append(.groupRenamed(group, to: name))
    } else if chosen != nil {
      item.reasons.append(.groupRenamed(group, to: name))
    } else {
      item.decision = .needsChoice
      item.reasons.append(.groupNeedsBindings(group, to: name))
    }
  }

  /// Adds what lacks for a group or user to be bound as another one is.
  private func carryBindings(
    from old: Subject, to new: Subject, _ rbac: RBACIndex, _ draft: inout Draft
  ) {
    for binding in rbac.bindings(of: old) {
      let copy = binding.copy(for: new)
      if !rbac.has(copy) { draft.add(copy) }
    }
  }

  /// The username of the entry; `nil` where EKS makes the right one by itself.
  private func username(
    _ old: String, _ principal: IAMPrincipal, _ entry: inout AccessEntry,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) -> String? {
    if let chosen = options.usernames[principal.description] ?? options.usernames[principal.name] {
      item.reasons.append(.chosen("the username \(chosen)"))
      if chosen != old { carryUsers(from: old, to: chosen, &entry, &item, &draft) }
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
    let name: String? = isWithKey ? nil : accepted(old, principal, &draft)
    if name == entry.defaultUsername {
      item.reasons.append(.defaultUsername)
      return nil
    }
    let isSame = name == old || name == old.replacing("{{AccountID}}", with: principal.arn.account)
    if !isSame {
      item.reasons.append(.usernameChanges(old, to: name))
      carryUsers(from: old, to: name, &entry, &item, &draft)
    }
    return name
  }

  /// The nearest username that EKS takes.
  private func accepted(
    _ old: String, _ principal: IAMPrincipal, _ draft: inout Draft
  ) -> String {
    let resolved = old.replacing("{{AccountID}}", with: principal.arn.account)
    var name = resolved
    if AccessEntryValidator.reservedPrefix(of: name) != nil {
      name = NewNames.withoutReservedPrefix(name)
      if name.isEmpty { name = principal.name }
    }
    if AccessEntryValidator.lacksColon(username: name),
      let variable = name.firstRange(of: "{{SessionName")
    {
      name.insert(":", at: variable.lowerBound)
    }
    guard name != resolved else { return name }
    let new = draft.names.username(for: resolved, nearest: name, account: principal.arn.account)
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
    draft.assume(.bindingsAreAll)
    if UsernameTemplate(old).isConstant(),
      let policies = draft.policies(
        inPlaceOf: .named(old, .user), rbac, input.cluster.partition)
    {
      for policy in policies { entry.associate(policy) }
      item.reasons.append(.userBecomesPolicies(old, policies))
      return
    }
    guard let new else {
      if !rbac.users(of: UsernameTemplate(old)).isEmpty {
        draft.assume(.usersAreNotBound(username: old))
      }
      return
    }
    guard draft.isFirst(from: old, to: new) else { return }
    for pair in rbac.users(of: UsernameTemplate(old), becoming: UsernameTemplate(new)) {
      carryBindings(from: pair.old, to: pair.new, rbac, &draft)
    }
  }
}

extension MigrationPlanner {
  /// Decides about a row of `mapAccounts`: everybody of the account may log in, by the ARN.
  func accountItem(
    _ mapping: EffectiveMapping, besides named: Set<PrincipalKey>, _ draft: inout Draft
  ) -> MigrationPlan.Item {
    var item = MigrationPlan.Item(
      row: mapping.row, principal: mapping.principal, identity: nil, decision: .create, entries: [],
      reasons: [])
    guard mapping.status == .used else {
      item.decision = .unused
      item.reasons.append(.unused(mapping.status))
      return item
    }
    let principals = input.directory?.principals(ofAccount: mapping.principal) ?? []
    guard !principals.isEmpty else {
      item.decision = .cannotMigrate
      item.reasons.append(.accountNeedsDirectory(mapping.principal))
      return item
    }
    let existing = Set(input.accessEntries.map { PrincipalKey($0.principalARN) })
    for found in principals {
      guard let principal = IAMPrincipal(found.arn), !principal.isServiceLinkedRole else {
        continue
      }
      let key = PrincipalKey(principal)
      guard !named.contains(key), !existing.contains(key) else { continue }
      // The username is what the row gives: the ARN that EKS looks callers up by.
      let username = (try? principal.strippingPath())?.description
      let isDefault = principal.kind == .user && username == found.arn
      item.entries.append(
        AccessEntry(principalARN: found.arn, username: isDefault ? nil : username))
    }
    item.reasons.append(.accountExpanded(mapping.principal, count: item.entries.count))
    if item.entries.isEmpty { item.decision = .alreadyThere }
    return item
  }

  /// Decides about a row whose principal has an entry, which EKS uses in place of the row.
  func compareWithExisting(_ item: inout MigrationPlan.Item) {
    guard let existing = item.existing, item.decision == .create, let planned = item.entries.first
    else {
      // Whatever the row needs, EKS does not use it.
      if item.existing != nil { item.decision = .differs }
      return
    }
    item.entries = []
    guard existing.kind == planned.kind else {
      item.decision = .differs
      item.reasons.append(.entryHasKind(existing.kind, needed: planned.kind))
      return
    }
    var merged = existing
    let missing = planned.groups.filter { !existing.groups.contains($0) }
    merged.groups += missing
    let policies = planned.policies.filter { wanted in
      !existing.policies.contains {
        $0.policyARN == wanted.policyARN && $0.scope.covers(wanted.scope)
      }
    }
    for policy in policies {
      // An entry has a policy once; associating it again changes its scope.
      merged.policies.removeAll { $0.policyARN == policy.policyARN }
      merged.policies.append(policy)
    }
    if !missing.isEmpty || !policies.isEmpty {
      let names = missing + policies.map { $0.policyARN }
      item.reasons.append(.entryLacksGroups(names))
    }
    if planned.kind == .standard, existing.identity.username != planned.identity.username {
      item.reasons.append(.entryHasUsername(existing.identity.username))
    }
    guard merged != existing else {
      item.decision = .alreadyThere
      item.reasons.append(.sameAsEntry)
      return
    }
    item.decision = options.updatesEntries ? .update : .differs
    if options.updatesEntries { item.entries = [merged] }
  }
}
