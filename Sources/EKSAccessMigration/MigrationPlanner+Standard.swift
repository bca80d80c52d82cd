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
    entry.username = username(identity.username, principal, entry, &item, &draft)
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

  /// Gives a group with a reserved name another one, and its bindings copies for that one.
  private func rename(
    _ group: String, _ entry: inout AccessEntry, _ item: inout MigrationPlan.Item,
    _ draft: inout Draft
  ) {
    let chosen = options.groupNames[group]
    let name = chosen ?? draft.newName(of: group)
    if !entry.groups.contains(name) { entry.groups.append(name) }
    if let bindings {
      for binding in bindings.bindings(ofGroup: group) {
        draft.add(binding.copy(for: Self.subject(.group, name)))
      }
      item.reasons.append(.groupRenamed(group, to: name))
    } else if chosen != nil {
      item.reasons.append(.groupRenamed(group, to: name))
    } else {
      item.decision = .needsChoice
      item.reasons.append(.groupNeedsBindings(group, to: name))
    }
  }

  /// The username of the entry; `nil` where EKS makes the right one by itself.
  private func username(
    _ old: String, _ principal: IAMPrincipal, _ entry: AccessEntry,
    _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) -> String? {
    if let chosen = options.usernames[principal.description] ?? options.usernames[principal.name] {
      item.reasons.append(.chosen("the username \(chosen)"))
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
      carryBindings(from: old, to: name, &draft)
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
      name = Draft.withoutReservedPrefix(name)
      if name.isEmpty { name = principal.name }
    }
    if AccessEntryValidator.lacksColon(username: name),
      let variable = name.firstRange(of: "{{SessionName")
    {
      name.insert(":", at: variable.lowerBound)
    }
    guard name != resolved else { return name }
    let new = draft.newUsername(for: resolved, name) { name in
      bindings?.users(of: name).isEmpty == false
    }
    if bindings == nil { draft.assume(.usernameIsFree(new)) }
    return new
  }

  /// Copies the bindings of users whose names change.
  private func carryBindings(from old: String, to new: String?, _ draft: inout Draft) {
    guard let bindings else { return draft.assume(.usersAreNotBound(username: old)) }
    for user in bindings.users(of: old) {
      guard let new else {
        draft.assume(.usersAreNotBound(username: old))
        continue
      }
      var name = new
      for (variable, value) in user.values {
        name = name.replacing("{{\(variable.rawValue)}}", with: value)
      }
      draft.add(user.binding.copy(for: Self.subject(.user, name)))
    }
  }

  private static func subject(_ kind: Subject.Kind, _ name: String) -> Subject {
    Subject(kind: kind, apiGroup: "rbac.authorization.k8s.io", name: name)
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
