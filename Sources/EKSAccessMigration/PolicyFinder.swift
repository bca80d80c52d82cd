import EKSAccess
import KubernetesRBAC

/// Finds access policies that give what bindings give.
struct PolicyFinder {
  let rbac: RBACIndex
  let partition: Partition

  /// The policies that give what bindings give, no more and no less, each where it is given.
  ///
  /// - Parameter bindings: The bindings.
  /// - Returns: The associations; `nil` where there are none, where rules are not known, and where
  ///   a role is put together from others, of which the cluster can have more than are known.
  func associations(
    inPlaceOf bindings: [RBACIndex.Binding]
  ) -> [AccessPolicyAssociation]? {
    guard !bindings.isEmpty, !bindings.contains(where: rbac.mayGrow) else { return nil }
    let rules = rbac.rules(of: bindings)
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

  /// The policies that anybody may associate and whose rules are known.
  private static let candidates = AccessPolicy.catalogue.filter {
    $0.audience == .principals && $0.rules != nil
  }

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
      rules.permissions(beyond: others + given(policies)).isEmpty
    }
    guard !isEnough([]) else { return [] }
    var policies = candidates.filter { given([$0]).permissions(beyond: others + rules).isEmpty }
    guard isEnough(policies) else { return nil }
    for policy in policies {
      let fewer = policies.filter { $0 != policy }
      if isEnough(fewer) { policies = fewer }
    }
    return policies
  }
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
