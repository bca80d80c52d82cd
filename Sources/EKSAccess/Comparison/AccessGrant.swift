/// What a cluster gives a principal: a username, groups and access policies.
public struct AccessGrant: Sendable, Hashable {
  /// The principal as it is written: an ARN, or an account id for `mapAccounts`.
  public var principal: String
  /// The row or entry that decides.
  public var row: MappingRow
  /// The username and groups as templates; `nil` for an account, whose callers are named by ARN.
  public var identity: KubernetesIdentity?
  /// The access policies.
  public var policies: [AccessPolicyAssociation]
  /// Whether nodes use it, by the kind of the entry or the groups and username of the row.
  public var isNode: Bool

  /// Makes a grant.
  public init(
    principal: String, row: MappingRow, identity: KubernetesIdentity?,
    policies: [AccessPolicyAssociation] = [], isNode: Bool = false
  ) {
    self.principal = principal
    self.row = row
    self.identity = identity
    self.policies = policies
    self.isNode = isNode
  }

  /// Whether the grant has the policy that gives everything, for the whole cluster.
  public var isClusterAdmin: Bool {
    policies.contains {
      $0.scope.kind == .cluster && AccessPolicyARN($0.policyARN)?.policy == .clusterAdmin
    }
  }
}

extension KubernetesIdentity {
  /// Whether nodes have this identity: the username of a node, or a group that only nodes have.
  public var isNodeIdentity: Bool {
    username.utf8.starts(with: "system:node:".utf8)
      || groups.contains { $0 == "system:nodes" || $0 == "system:bootstrappers" }
  }
}

extension IdentityResolver {
  /// What the cluster gives, for each principal that gets anything: of rows that stand in each
  /// other's way only the one that decides.
  public var grants: [AccessGrant] {
    effectiveMappings.filter { $0.isEffective || isReference($0) }.map { mapping in
      var policies: [AccessPolicyAssociation] = []
      var isNode = mapping.identity?.isNodeIdentity ?? false
      if mapping.row.source == .accessEntries {
        let entry = access.accessEntries[mapping.row.index]
        policies = entry.policies
        isNode = isNode || entry.kind.isNode
      }
      return AccessGrant(
        principal: mapping.principal, row: mapping.row, identity: mapping.identity,
        policies: policies, isNode: isNode)
    }
  }

  /// Whether a row or entry is for a principal whose ARN is not known yet: a reference, or the
  /// placeholder of a template. With a literal path a role's row matches nobody in any case.
  private func isReference(_ mapping: EffectiveMapping) -> Bool {
    guard modeAgainst(mapping.row) == nil, !mapping.principal.isEmpty else { return false }
    let hasPlaceholder = mapping.principal.utf8.contains { "{$<".utf8.contains($0) }
    if mapping.row.source == .accessEntries {
      return hasPlaceholder || ARN(mapping.principal) == nil
    }
    guard hasPlaceholder, case .matchesNobody(let reasons) = mapping.status,
      !reasons.contains(where: { if case .dropped = $0 { true } else { false } })
    else { return false }
    let principal = IAMPrincipal(mapping.principal.withoutReferenceNames)
    return principal.map { !($0.kind == .role && $0.hasPath) } ?? true
  }
}
