public import EKSAccess

extension MigrationPlan {
  /// What changes for the principals of the cluster once the plan is carried out and the ConfigMap
  /// is not read any more: nobody may lose access but those whose rows block the mode API.
  ///
  /// - Parameter input: What the plan was made from.
  /// - Returns: The comparison of both sides, each resolved as EKS resolves it.
  public func proof(from input: MigrationInput) -> AccessComparison {
    let options = IdentityResolver.Options(templateSyntax: .authenticator)
    let before = ClusterAccess(
      authenticationMode: input.cluster.mode, accessEntries: input.accessEntries,
      configMap: input.configMap)
    var changed: [PrincipalKey: AccessEntry] = [:]
    for entry in updated { changed[PrincipalKey(entry.principalARN)] = entry }
    let kept = input.accessEntries.map { changed[PrincipalKey($0.principalARN)] ?? $0 }
    let after = ClusterAccess(authenticationMode: .api, accessEntries: kept + created)
    return AccessComparison(
      before: IdentityResolver(before, options: options),
      after: IdentityResolver(after, options: options))
  }
}
