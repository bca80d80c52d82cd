import EKSAccess
import KubernetesRBAC

/// Plans how the rows of aws-auth become access entries.
///
/// The plan starts from what EKS makes of the ConfigMap: the last of two rows with one ARN, nothing
/// of rows that match nobody. Rows that EKS does not use are listed as such and not brought to
/// life. Every row appears in the plan exactly once.
public struct MigrationPlanner: Sendable {
  /// What the plan is made from.
  public let input: MigrationInput
  /// What somebody decided.
  public let options: MigrationOptions

  let validator: AccessEntryValidator
  let rbac: RBACIndex?

  /// Makes a planner.
  public init(_ input: MigrationInput, options: MigrationOptions = MigrationOptions()) {
    self.input = input
    self.options = options
    validator = AccessEntryValidator(
      clusterAccount: input.cluster.account, partition: input.cluster.partition)
    rbac = input.index
  }

  /// The plan, in time that grows with the number of rows.
  public var plan: MigrationPlan {
    let resolver = IdentityResolver(
      ClusterAccess(
        authenticationMode: input.cluster.mode == .api ? .api : nil,
        accessEntries: input.accessEntries, configMap: input.configMap),
      options: .init(templateSyntax: .authenticator))
    var named: Set<PrincipalKey> = []
    let mappings = resolver.effectiveMappings.filter { $0.row.source.isConfigMap }
    for mapping in mappings { named.insert(PrincipalKey(mapping.principal)) }
    var draft = Draft(names: newNames(mappings), rbac)
    let items = mappings.map { mapping in
      mapping.row.source == .mapAccounts
        ? accountItem(mapping, besides: named, &draft) : item(mapping, &draft)
    }
    if input.cluster.mode == nil {
      draft.assume(
        .modeUnknown(cluster: input.cluster.name, region: input.cluster.region))
    }
    if items.contains(where: { $0.isNode && $0.decision == .create }) {
      draft.assume(.managedNodes)
    }
    return MigrationPlan(
      cluster: input.cluster, configMap: input.configMap, items: items.map(checked),
      otherEntries: input.accessEntries.filter { !named.contains(PrincipalKey($0.principalARN)) },
      bindings: draft.bindings, assumptions: draft.assumptions)
  }

  /// The names that are free, where the rows that are used and the entries are known.
  private func newNames(_ mappings: [EffectiveMapping]) -> NewNames {
    var rows: [PrincipalKey: KubernetesIdentity] = [:]
    for mapping in mappings {
      switch mapping.status {
      case .used: rows[PrincipalKey(mapping.principal)] = mapping.identity
      case .shadowed(by: let row) where row.source == .accessEntries:
        rows[PrincipalKey(mapping.principal)] = mapping.identity
      default: break
      }
    }
    let owners = input.accessEntries.map { entry in
      NewNames.Owner(identity: rows[PrincipalKey(entry.principalARN)], entry: entry)
    }
    return NewNames(input.configMap, owners, rbac, options)
  }

  private func item(
    _ mapping: EffectiveMapping, _ draft: inout Draft
  ) -> MigrationPlan.Item {
    var item = MigrationPlan.Item(
      row: mapping.row, principal: mapping.principal, identity: mapping.identity, decision: .create,
      entries: [], reasons: [])
    // As it stands the row matches nobody, and whom it is meant for nobody can tell.
    if mapping.hasPlaceholder {
      item.decision = .needsChoice
      item.reasons.append(.placeholder)
      return item
    }
    switch mapping.status {
    case .used: break
    case .tied:
      item.decision = .needsChoice
      item.reasons.append(.tied)
      return item
    case .shadowed(by: let row) where row.source == .accessEntries:
      item.existing = input.accessEntries[row.index]
    default:
      item.decision = .unused
      item.reasons.append(.unused(mapping.status))
      return item
    }
    guard let principal = IAMPrincipal(mapping.principal), let identity = mapping.identity else {
      return item
    }
    // An entry that stays as it is needs no bindings for what it does not give.
    draft.addsBindings = item.existing == nil || options.updatesEntries
    draft.lackedBindings = []
    resolve(principal, identity, &item, &draft)
    if item.existing != nil { compareWithExisting(&item, lackedBindings: draft.lackedBindings) }
    return item
  }

  /// Decides about a row that EKS uses.
  private func resolve(
    _ principal: IAMPrincipal, _ identity: KubernetesIdentity, _ item: inout MigrationPlan.Item,
    _ draft: inout Draft
  ) {
    if principal.isServiceLinkedRole {
      item.decision = .leave
      item.reasons.append(.serviceLinkedRole(name: principal.name))
      return
    }
    guard principal.partition == input.cluster.partition else {
      item.decision = .unused
      item.reasons.append(.otherPartition(principal.partition))
      return
    }
    guard principal.account != nil, principal.kind == .root || principal.hasPossibleName else {
      item.decision = .unused
      item.reasons.append(.impossiblePrincipal)
      return
    }
    guard principal.kind == .role || principal.kind == .user else {
      item.decision = .cannotMigrate
      item.reasons.append(.notMigratable(principal.kind))
      return
    }
    guard let arn = realARN(of: principal, &item, &draft) else { return }
    if let account = input.cluster.account, principal.account != account {
      item.reasons.append(.otherAccount(principal.arn.account))
    }
    if chosenKind(of: principal)?.isNode ?? identity.isForNodes {
      planNode(arn, principal, identity, &item)
    } else {
      planStandard(arn, principal, identity, &item, &draft)
    }
  }

  /// The ARN with its path and letter case; `nil` when there is no such principal, or when a path
  /// is needed that nobody knows.
  private func realARN(
    of principal: IAMPrincipal, _ item: inout MigrationPlan.Item, _ draft: inout Draft
  ) -> String? {
    let written = principal.description
    if let directory = input.directory, directory.lists(principal) {
      guard let found = directory.principal(principal) else {
        item.decision = .unused
        item.reasons.append(.principalIsGone)
        return nil
      }
      // Users keep their path in aws-auth, so another one is somebody else.
      guard principal.kind != .user || found.arn == written else {
        item.decision = .unused
        item.reasons.append(.userHasPath(found.arn))
        return nil
      }
      if found.arn != written { item.reasons.append(.pathFound(found.arn)) }
      return found.arn
    }
    guard principal.ssoRole != nil else {
      // Users keep their path in aws-auth, roles do not.
      if principal.kind == .role { draft.assume(.pathUnknown(principal: written)) }
      return written
    }
    guard let region = options.ssoRegion else {
      item.decision = .needsChoice
      item.reasons.append(.ssoPathUnknown(role: principal.name))
      return nil
    }
    item.reasons.append(.ssoPath(region: region))
    // The roles of us-east-1 have no region in their path.
    let path = region == "us-east-1" ? "" : region + "/"
    return "arn:\(principal.partition):iam::\(principal.arn.account):role/"
      + "aws-reserved/sso.amazonaws.com/\(path)\(principal.name)"
  }

  /// The kind that somebody chose for a role.
  func chosenKind(of principal: IAMPrincipal) -> AccessEntry.Kind? {
    options.kinds[principal.description] ?? options.kinds[principal.name]
  }

  /// An entry that EKS would refuse is not planned.
  private func checked(_ item: MigrationPlan.Item) -> MigrationPlan.Item {
    guard item.decision == .create || item.decision == .update else { return item }
    var item = item
    for entry in item.entries {
      let refusals = validator.violations(of: entry).filter { $0.reason != .unknownPolicy }
      guard let first = refusals.first else { continue }
      item.decision = .cannotMigrate
      item.reasons.append(
        .refused(first.apiMessage ?? first.reason.summary))
    }
    return item
  }
}

extension EffectiveMapping {
  /// Whether a part of the principal is still to be filled in, in a row that counts otherwise.
  fileprivate var hasPlaceholder: Bool {
    switch status {
    case .used, .tied: break
    case .matchesNobody(let reasons):
      if reasons.contains(where: { if case .dropped = $0 { true } else { false } }) { return false }
    default: return false
    }
    return principal.utf8.contains { "{$<".utf8.contains($0) }
  }
}

extension KubernetesIdentity {
  /// Whether the row is one of nodes, rather than of somebody who is also in a group of nodes.
  fileprivate var isForNodes: Bool {
    username.utf8.starts(with: "system:node:".utf8)
  }
}
