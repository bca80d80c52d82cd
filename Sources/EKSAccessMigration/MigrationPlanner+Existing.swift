import EKSAccess

extension MigrationPlanner {
  /// Decides about a row whose principal has an entry, which EKS uses in place of the row.
  ///
  /// - Parameters:
  ///   - item: The row.
  ///   - lackedBindings: The bindings of the row that nothing has in the place of its names.
  func compareWithExisting(_ item: inout MigrationPlan.Item, lackedBindings: [String]) {
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
    for policy in policies { merged.associate(policy) }
    if !missing.isEmpty || !policies.isEmpty {
      item.reasons.append(.entryLacks(missing, policies))
    }
    if planned.kind == .standard {
      if existing.identity.username != planned.identity.username {
        merged.username = planned.username
        item.reasons.append(.entryHasUsername(existing.identity.username))
      }
      let groups = existing.groups.filter { !planned.groups.contains($0) }
      let others = existing.policies.filter { policy in
        !planned.policies.contains { $0.policyARN == policy.policyARN }
      }
      if !groups.isEmpty || !others.isEmpty {
        item.reasons.append(.entryGivesMore(groups, others))
      }
    }
    if !lackedBindings.isEmpty { item.reasons.append(.entryLacksBindings(lackedBindings)) }
    guard merged != existing || !lackedBindings.isEmpty else {
      item.decision = .alreadyThere
      item.reasons.append(.sameAsEntry)
      return
    }
    item.decision = options.updatesEntries ? .update : .differs
    if options.updatesEntries { item.entries = [merged] }
  }
}
