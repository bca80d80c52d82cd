import KubernetesRBAC

/// Compares what principals may do, each combination of what matters once.
struct PermissionJudge {
  private struct Question: Hashable {
    var before: KubernetesIdentity
    var after: KubernetesIdentity
    var oldPolicies: [AccessPolicyAssociation]
    var newPolicies: [AccessPolicyAssociation]
    var isNamedAlike: Bool
  }

  private let before: RBACIndex
  private let after: RBACIndex
  private let changes: RBACIndex.Changes
  private let isComplete: Bool
  private var answers: [Question: PermissionComparison] = [:]

  init(_ before: RBACIndex, _ after: RBACIndex, isComplete: Bool) {
    self.isComplete = isComplete
    self.before = before
    self.after = after
    changes = before.changes(to: after)
  }

  /// What becomes of a principal that can log in on both sides; `nil` for nodes and where nothing
  /// changes that matters.
  mutating func permissions(of change: AccessComparison.Change) -> PermissionComparison? {
    guard !change.isNode, let old = change.before, let new = change.after,
      let identity = old.identity, let newIdentity = new.identity,
      isComplete || change.lostGroups.allSatisfy({ !before.bindings(ofGroup: $0).isEmpty })
    else { return nil }
    let isNamedAlike = identity.username == newIdentity.username
    if isNamedAlike, identity.groups == newIdentity.groups, old.policies == new.policies,
      !changes.concern(identity)
    {
      return nil
    }
    let question = Question(
      before: anonymized(identity, before), after: anonymized(newIdentity, after),
      oldPolicies: old.policies, newPolicies: new.policies, isNamedAlike: isNamedAlike)
    if let answer = answers[question] { return answer }
    let answer = PermissionComparison(
      before: .init(identity: identity, policies: old.policies, rbac: before),
      after: .init(identity: newIdentity, policies: new.policies, rbac: after))
    answers[question] = answer
    return answer
  }

  /// The identity without a username that no binding names.
  private func anonymized(_ identity: KubernetesIdentity, _ rbac: RBACIndex) -> KubernetesIdentity {
    let template = UsernameTemplate(identity.username)
    guard template.isConstant(), rbac.bindings(ofUser: template.text).isEmpty,
      identity.username != "system:anonymous"
    else { return identity }
    return KubernetesIdentity(username: "", groups: identity.groups)
  }
}
