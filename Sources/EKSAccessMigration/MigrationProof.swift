public import EKSAccess
import KubernetesRBAC

extension MigrationPlan {
  /// What changes for the principals of the cluster once the plan is carried out and the ConfigMap
  /// is not read any more: nobody may lose access but those whose rows block the mode API.
  ///
  /// Where the bindings of the cluster are known, whoever gets another username, group or policy is
  /// judged by what the rules of roles and policies allow before, and after with the bindings that
  /// the plan adds. Otherwise a group that gets another name counts as the same. Rows whose
  /// principal does not exist are left out, and so are rows of accounts whose principals all get
  /// entries.
  ///
  /// - Parameter input: What the plan was made from.
  /// - Returns: The comparison of both sides, each resolved as EKS resolves it.
  public func proof(from input: MigrationInput) -> AccessComparison {
    let options = IdentityResolver.Options(templateSyntax: .authenticator)
    var rows = filledIn(input.configMap)
    if input.rbac == nil { rows = renamed(rows) }
    let before = ClusterAccess(
      authenticationMode: input.cluster.mode, accessEntries: input.accessEntries,
      configMap: usedRows(of: rows))
    var changed: [PrincipalKey: AccessEntry] = [:]
    for entry in updated { changed[PrincipalKey(entry.principalARN)] = entry }
    let kept = input.accessEntries.map { changed[PrincipalKey($0.principalARN)] ?? $0 }
    // The principals of an account get what the row of the account gave them.
    let made = items.filter { $0.decision == .create && $0.row.source != .mapAccounts }
    let after = ClusterAccess(
      authenticationMode: .api, accessEntries: kept + made.flatMap(\.entries))
    return AccessComparison(
      before: IdentityResolver(before, options: options),
      after: IdentityResolver(after, options: options),
      rbac: input.index.map { ($0, $0.adding(bindings.map(\.indexed))) })
  }

  /// The rows with the accounts in their usernames and groups, which entries have as text.
  private func filledIn(_ configMap: AWSAuthConfigMap) -> AWSAuthConfigMap {
    var configMap = configMap
    configMap.roles = configMap.roles.map { role in
      var role = role
      role.username = role.username.withAccount(of: role.roleARN)
      role.groups = role.groups.map { $0.withAccount(of: role.roleARN) }
      return role
    }
    configMap.users = configMap.users.map { user in
      var user = user
      user.username = user.username.withAccount(of: user.userARN)
      user.groups = user.groups.map { $0.withAccount(of: user.userARN) }
      return user
    }
    return configMap
  }

  /// The rows without those for principals that there are not.
  private func usedRows(of configMap: AWSAuthConfigMap) -> AWSAuthConfigMap {
    let gone = Set(
      items.filter { item in
        item.reasons.contains { reason in
          switch reason {
          case .principalIsGone, .impossiblePrincipal, .otherPartition, .userHasPath: true
          case .accountExpanded: !item.decision.keepsRow
          default: false
          }
        }
      }.map(\.row))
    guard !gone.isEmpty else { return configMap }
    var configMap = configMap
    configMap.roles = configMap.roles.enumerated()
      .filter { !gone.contains(MappingRow(.mapRoles, $0.offset)) }.map(\.element)
    configMap.users = configMap.users.enumerated()
      .filter { !gone.contains(MappingRow(.mapUsers, $0.offset)) }.map(\.element)
    configMap.accounts = configMap.accounts.enumerated()
      .filter { !gone.contains(MappingRow(.mapAccounts, $0.offset)) }.map(\.element)
    return configMap
  }

  /// The rows with the new names of their groups.
  private func renamed(_ configMap: AWSAuthConfigMap) -> AWSAuthConfigMap {
    var configMap = configMap
    for item in items {
      for case .groupRenamed(let old, let new) in item.reasons {
        func rename(_ groups: inout [String]) {
          groups = groups.map { $0 == old ? new : $0 }
        }
        switch item.row.source {
        case .mapRoles: rename(&configMap.roles[item.row.index].groups)
        case .mapUsers: rename(&configMap.users[item.row.index].groups)
        default: break
        }
      }
    }
    return configMap
  }
}
