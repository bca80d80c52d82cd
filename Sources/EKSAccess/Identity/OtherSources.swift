import KubernetesRBAC

/// Look-ups in the sources besides the ConfigMap, by hashed keys.
struct OtherSources: Sendable {
  private var entries: [PrincipalKey: [Int]] = [:]
  private var mappings: [ExactText: [Int]] = [:]

  init(_ access: ClusterAccess) {
    for (index, entry) in access.accessEntries.enumerated() {
      guard let principal = IAMPrincipal(entry.principalARN) else { continue }
      entries[PrincipalKey(principal), default: []].append(index)
    }
    for (index, mapping) in access.identityMappings.enumerated() {
      guard let arn = IAMPrincipal(mapping.arn)?.canonicalARN else { continue }
      mappings[ExactText(arn.simpleFolded), default: []].append(index)
    }
  }

  /// The entries whose principal has the caller's account, kind and name. EKS keeps the principal's
  /// unique id, which no file has; within an account the name is unique for a kind, whatever the
  /// path.
  func entries(naming caller: IAMPrincipal) -> [Int] {
    entries[PrincipalKey(caller)] ?? []
  }

  func mappings(of caller: Caller) -> [Int] {
    mappings[ExactText(caller.canonicalARN.simpleFolded)] ?? []
  }
}
