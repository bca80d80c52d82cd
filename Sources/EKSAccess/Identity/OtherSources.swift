/// Look-ups in the sources besides the ConfigMap, by hashed keys.
struct OtherSources: Sendable {
  private var entries: [ExactText: [Int]] = [:]
  private var mappings: [ExactText: [Int]] = [:]

  init(_ access: ClusterAccess) {
    for (index, entry) in access.accessEntries.enumerated() {
      guard let principal = IAMPrincipal(entry.principalARN) else { continue }
      entries[Self.key(principal), default: []].append(index)
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
    entries[Self.key(caller)] ?? []
  }

  func mappings(of caller: Caller) -> [Int] {
    mappings[ExactText(caller.canonicalARN.simpleFolded)] ?? []
  }

  private static func key(_ principal: IAMPrincipal) -> ExactText {
    let parts = [
      principal.arn.partition, principal.arn.account, principal.kind.rawValue, principal.name,
    ]
    return ExactText(parts.joined(separator: "\n").simpleFolded)
  }
}
