import EKSAccessManifests
import KubernetesRBAC

/// What a binding allows with the ConfigMap aws-auth, through the role it gives.
struct BoundGrant {
  /// The labels by which the default role `view` takes in other roles.
  private static let view = AggregationRule(clusterRoleSelectors: [
    LabelSelector(matchLabels: ["rbac.authorization.k8s.io/aggregate-to-view": "true"])
  ])
  private static let everyVerb: AWSAuthGrant.Verbs = [
    .update, .patch, .create, .delete, .deleteCollection,
  ]

  private let rbac: RBACContext
  private var known: [String: AWSAuthGrant] = [:]
  private var sources: [InputRole]?

  init(_ rbac: RBACContext) {
    self.rbac = rbac
  }

  /// What a binding allows; `nil` for a role that is not among the files, and where files that may
  /// be of different clusters disagree.
  mutating func grant(of binding: BindingManifest) -> AWSAuthGrant? {
    let isInNamespace = binding.metadata.namespace == AWSAuthGrant.namespace
    guard binding.isOfCluster || isInNamespace else { return nil }
    let name = binding.roleRef.name
    switch binding.roleRef.kind {
    case "ClusterRole":
      if let known = known[name] { return known }
      let grant = clusterGrant(name)
      known[name] = grant
      return grant
    case "Role" where !binding.isOfCluster:
      return common(rbac.roles(name, ofCluster: false).map(\.grant))
    default: return nil
    }
  }

  private mutating func clusterGrant(_ name: String) -> AWSAuthGrant? {
    let roles = rbac.roles(name, ofCluster: true)
    switch name {
    case "cluster-admin": return nil
    // A file may hold these without the rules that the cluster puts together.
    case "admin", "edit": return AWSAuthGrant(Self.everyVerb)
    case "view" where roles.isEmpty: return aggregated(Self.view)
    default: break
    }
    var grants: [AWSAuthGrant] = []
    for role in roles {
      var grant = role.grant
      if let rule = role.aggregationRule { grant.add(aggregated(rule)) }
      grants.append(grant)
    }
    return common(grants)
  }

  private func common(_ grants: [AWSAuthGrant]) -> AWSAuthGrant? {
    guard var grant = grants.first else { return nil }
    for other in grants.dropFirst() {
      grant.verbs.formIntersection(other.verbs)
      grant.isEverything = grant.isEverything || other.isEverything
    }
    return grant
  }

  /// What the roles allow that a rule of aggregation chooses, and those that they choose in turn.
  private mutating func aggregated(_ rule: AggregationRule) -> AWSAuthGrant {
    let sources = sources ?? rbac.aggregationSources
    self.sources = sources
    var grant = AWSAuthGrant()
    var rest = Array(sources.indices)
    var rules = [rule]
    while let rule = rules.popLast() {
      var unchosen: [Int] = []
      for index in rest {
        guard rule.selects(sources[index].labels) else {
          unchosen.append(index)
          continue
        }
        grant.add(sources[index].grant)
        if let next = sources[index].aggregationRule { rules.append(next) }
      }
      rest = unchosen
    }
    return grant
  }
}
