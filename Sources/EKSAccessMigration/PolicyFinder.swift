import EKSAccess
import KubernetesRBAC

/// Finds access policies that give what bindings give.
struct PolicyFinder {
  let rbac: RBACIndex
  let partition: Partition

  /// The policies that give what bindings give, no more and no less, each where it is given.
  ///
  /// - Parameter bindings: The bindings.
  /// - Returns: The associations; `nil` where there are none, where rules or a namespace are not
  ///   known, and where a role is put together from others, of which the cluster can have more than
  ///   are known.
  func associations(
    inPlaceOf bindings: [RBACIndex.Binding]
  ) -> [AccessPolicyAssociation]? {
    guard !bindings.isEmpty, bindings.allSatisfy(\.tellsNamespace),
      !bindings.contains(where: { rbac.isOpenEnded($0.object.roleRef) })
    else { return nil }
    let rules = rbac.rules(of: bindings.map(\.grant))
    guard rules.unknown.isEmpty,
      let ofCluster = Self.policies(for: rules.cluster, beyond: [], isOfCluster: true)
    else { return nil }
    var associations = ofCluster.map { association($0, .cluster) }
    var namespaces: [AccessPolicy: [String]] = [:]
    for namespace in rules.namespaces.keys.sorted() {
      guard
        let policies = Self.policies(
          for: rules.namespaces[namespace] ?? [], beyond: rules.cluster, isOfCluster: false)
      else { return nil }
      for policy in policies { namespaces[policy, default: []].append(namespace) }
    }
    associations += Self.candidates.compactMap { policy in
      namespaces[policy].map { association(policy, .namespaces($0)) }
    }
    return associations.isEmpty ? nil : associations
  }

  /// A policy in all places where bindings give something.
  func association(
    of policy: AccessPolicy, inPlaceOf bindings: [RBACIndex.Binding]
  ) -> AccessPolicyAssociation {
    let namespaces = bindings.compactMap(\.namespace)
    return association(
      policy,
      bindings.contains { $0.isOfCluster } ? .cluster : .namespaces(Set(namespaces).sorted()))
  }

  private func association(
    _ policy: AccessPolicy, _ scope: AccessScope
  ) -> AccessPolicyAssociation {
    AccessPolicyAssociation(policyARN: policy.arn(in: partition), scope: scope)
  }

  /// The policies that can stand in for roles.
  ///
  /// AmazonEKSAdminPolicy is not among them: who may create RoleBindings by it alone can give no role
  /// away, since Kubernetes asks RBAC for that. Nor are those whose rules are not told by the table
  /// of the user guide (``AccessPolicy/rulesDate``).
  private static let candidates = [
    "AmazonEKSClusterAdminPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy",
    "AmazonEKSAdminViewPolicy",
  ].compactMap(AccessPolicy.named)

  /// The fewest policies that together give some rules, none of them more than that.
  private static func policies(
    for rules: [PolicyRule], beyond others: [PolicyRule], isOfCluster: Bool
  ) -> [AccessPolicy]? {
    func given(_ policies: some Sequence<AccessPolicy>) -> [PolicyRule] {
      var scoped = ScopedRules()
      for policy in policies { scoped.add(policy.rules ?? [], in: isOfCluster ? nil : "") }
      return scoped.rules(in: "")
    }
    func isEnough(_ policies: [AccessPolicy]) -> Bool {
      (others + given(policies)).cover(rules)
    }
    guard !isEnough([]) else { return [] }
    var policies = candidates.filter { (others + rules).cover(given([$0])) }
    guard isEnough(policies) else { return nil }
    for policy in policies {
      let fewer = policies.filter { $0 != policy }
      if isEnough(fewer) { policies = fewer }
    }
    return policies
  }
}

extension RBACIndex.Binding {
  /// Whether it tells where it holds. The namespace of a file without one is that of whoever applies
  /// it.
  var tellsNamespace: Bool { isOfCluster || object.metadata.namespace != nil }
}

extension AccessEntry {
  /// Adds an association; one of the same policy gets both scopes.
  mutating func associate(_ association: AccessPolicyAssociation) {
    guard let index = policies.firstIndex(where: { $0.policyARN == association.policyARN }) else {
      policies.append(association)
      return
    }
    let scope = policies[index].scope
    guard !scope.covers(association.scope) else { return }
    policies[index].scope =
      association.scope.covers(scope)
      ? association.scope
      : .namespaces(Set(scope.namespaces + association.scope.namespaces).sorted())
  }
}
