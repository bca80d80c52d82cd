public import EKSAccess

extension MigrationPlan {
  /// What changes for the principals of the cluster once the plan is carried out and the ConfigMap
  /// is not read any more: nobody may lose access but those whose rows block the mode API.
  ///
  /// A group that gets another name counts as the same, since the plan copies its bindings. Rows
  /// whose principal does not exist are left out.
  ///
  /// - Parameter input: What the plan was made from.
  /// - Returns: The comparison of both sides, each resolved as EKS resolves it.
  public func proof(from input: MigrationInput) -> AccessComparison {
    let options = IdentityResolver.Options(templateSyntax: .authenticator)
    let before = ClusterAccess(
      authenticationMode: input.cluster.mode, accessEntries: input.accessEntries,
      configMap: usedRows(of: renamed(input.configMap)))
    var changed: [PrincipalKey: AccessEntry] = [:]
    for entry in updated { changed[PrincipalKey(entry.principalARN)] = entry }
    let kept = input.accessEntries.map { changed[PrincipalKey($0.principalARN)] ?? $0 }
    let after = ClusterAccess(authenticationMode: .api, accessEntries: kept + created)
    return AccessComparison(
      before: IdentityResolver(before, options: options),
      after: IdentityResolver(after, options: options))
  }
  /// The rows without those for principals that there are not.
  private func usedRows(of configMap: AWSAuthConfigMap) -> AWSAuthConfigMap {
    let gone = Set(
      items.filter { item in
        item.reasons.contains { reason in
          switch reason {
          case .principalIsGone, .impossiblePrincipal, .otherPartition: true
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
