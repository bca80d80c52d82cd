import EKSAccess

extension MigrationPlanner {
  /// Decides about the row of a node role.
  func planNode(
    _ arn: String, _ principal: IAMPrincipal, _ identity: KubernetesIdentity,
    _ item: inout MigrationPlan.Item
  ) {
    guard principal.kind == .role else {
      item.decision = .cannotMigrate
      item.reasons.append(.nodeIsNoRole)
      return
    }
    if let account = input.cluster.account, principal.account != account {
      item.decision = .cannotMigrate
      item.reasons.append(.nodeOfOtherAccount(principal.arn.account))
      return
    }
    guard let kind = kind(of: principal, identity, &item) else { return }
    item.reasons.append(.node(kind))
    let entry = AccessEntry(principalARN: arn, kind: kind)
    item.entries = [entry]
    // With an entry nodes join without the group for it.
    let given = entry.identity.groups
    let lost = identity.groups.filter { !given.contains($0) && $0 != "system:bootstrappers" }
    if !lost.isEmpty { item.reasons.append(.nodeLosesGroups(lost)) }
    let gained = given.filter { !identity.groups.contains($0) }
    if !gained.isEmpty { item.reasons.append(.nodeGainsGroups(gained)) }
  }

  /// The kind of a role's nodes: chosen, or told by the row or the trust policy.
  private func kind(
    of principal: IAMPrincipal, _ identity: KubernetesIdentity, _ item: inout MigrationPlan.Item
  ) -> AccessEntry.Kind? {
    if let kind = chosenKind(of: principal) {
      item.reasons.append(.chosen("the kind \(kind)"))
      return kind
    }
    let kinds = Self.kinds(of: identity)
    if kinds.count == 1 { return kinds[0] }
    if let told = kindByTrust(of: principal, among: kinds) {
      item.reasons.append(.kindByTrust(service: told.service))
      return told.kind
    }
    item.decision = .needsChoice
    if identity.username.contains("<<") {
      item.reasons.append(.angleBrackets(identity.username))
    } else if kinds.isEmpty {
      item.reasons.append(.usernameOfNodes(identity.username))
    } else if kinds == Self.named {
      item.reasons.append(.kindUnclear(kinds))
    } else {
      item.reasons.append(.severalKinds(kinds))
    }
    return nil
  }

  /// Nodes that are named by their session: hybrid ones, and EC2 instances by their id.
  private static let named: [AccessEntry.Kind] = [.hybridLinux, .ec2]

  /// The kinds of nodes that a row can be for; none where the username is no node's.
  private static func kinds(of identity: KubernetesIdentity) -> [AccessEntry.Kind] {
    let windows: [AccessEntry.Kind] =
      identity.groups.contains("eks:kube-proxy-windows") ? [.ec2Windows] : []
    let fargate: [AccessEntry.Kind] =
      identity.groups.contains("system:node-proxier") ? [.fargateLinux] : []
    switch identity.username {
    case "system:node:{{EC2PrivateDNSName}}":
      return (windows.isEmpty ? [.ec2Linux] : windows) + fargate
    case "system:node:{{SessionName}}", "system:node:{{SessionNameRaw}}":
      return windows + fargate == [] ? named : windows + fargate
    default: return []
    }
  }

  /// The kind that the trust policy of a role tells: who may take the role runs its nodes.
  private func kindByTrust(
    of principal: IAMPrincipal, among kinds: [AccessEntry.Kind]
  ) -> (kind: AccessEntry.Kind, service: String)? {
    let services = input.directory?.principal(principal)?.trustedServices ?? []
    let told = services.compactMap { service -> (kind: AccessEntry.Kind, service: String)? in
      switch service {
      case "eks-fargate-pods.amazonaws.com": (.fargateLinux, service)
      case "ssm.amazonaws.com", "rolesanywhere.amazonaws.com": (.hybridLinux, service)
      case "ec2.amazonaws.com", "ec2.amazonaws.com.cn":
        kinds.first { $0 != .fargateLinux && $0 != .hybridLinux }.map { ($0, service) }
      default: nil
      }
    }
    guard let first = told.first, told.allSatisfy({ $0.kind == first.kind }),
      kinds.contains(first.kind)
    else { return nil }
    return first
  }
}
