extension AccessEntryValidator {
  func principalViolations(
    _ entry: AccessEntry, kindIsKnown: Bool
  ) -> [AccessEntryViolation] {
    let kind = entry.kind
    var violations: [AccessEntryViolation] = []
    let arn = entry.principalARN.withoutReferenceNames
    if let problem = principalProblem(arn) { violations.append(problem) }
    if !kind.isKnown { violations.append(.init(.kind, .unknownKind)) }
    guard violations.isEmpty, kind.needsOwnRole, kindIsKnown,
      let principal = IAMPrincipal(arn)
    else { return violations }
    let kinds = "[EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]"
    if principal.kind != .role, !principal.arn.resource.utf8.containsReference {
      violations.append(
        .init(
          .principalARN, .needsRole,
          apiMessage: "AccessEntry principalArn must be IAM role when using types \(kinds)"))
    } else if let own = clusterAccount, let account = principal.account, account != own {
      violations.append(
        .init(
          .principalARN, .needsOwnAccount(own),
          apiMessage: "AccessEntry principalArn must be from the same account as the cluster when "
            + "using types \(kinds)"))
    }
    return violations
  }

  private func principalProblem(_ text: String) -> AccessEntryViolation? {
    func refused(
      _ reason: AccessEntryViolation.Reason, _ message: String? = nil
    ) -> AccessEntryViolation {
      AccessEntryViolation(.principalARN, reason, apiMessage: message)
    }
    let format = "The principalArn parameter format is not valid"
    let invalid = "The specified principalArn is invalid: invalid principal."
    guard let principal = IAMPrincipal(text) else {
      return text.utf8.containsReference ? nil : refused(.malformedPrincipal, format)
    }
    let arn = principal.arn
    if arn.service.utf8.containsReference || arn.resource.utf8.first == UInt8(ascii: "$") {
      return nil
    }
    switch principal.kind {
    case .role, .user: break
    case .assumedRole: return refused(.notAPrincipal(.assumedRole), format)
    // Of these two AWS documents neither that they work nor that they do not.
    case .root, .federatedUser: return nil
    case .group, .instanceProfile: return refused(.notAPrincipal(principal.kind), invalid)
    case .other: return refused(.malformedPrincipal, format)
    }
    if text.utf8.contains(where: { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }) {
      return refused(.wildcardPrincipal, invalid)
    }
    let partitionIsOpen = arn.partition.utf8.containsReference
    let accountIsOpen = arn.account.utf8.containsReference
    if !arn.region.isEmpty || principal.name.isEmpty || text.utf8.contains(where: \.isBlank)
      || !partitionIsOpen && !principal.partition.isKnown
      || !accountIsOpen && principal.account == nil
    {
      return refused(.malformedPrincipal, format)
    }
    if principal.isServiceLinkedRole {
      return refused(
        .serviceLinkedRole,
        "The caller is not allowed to modify access entries with a principalArn value of a Service "
          + "Linked Role")
    }
    if principal.kind == .role, principal.ssoRole != nil, !principal.hasPath {
      return refused(.ssoRoleWithoutPath, invalid)
    }
    if let partition, !partitionIsOpen, principal.partition != partition {
      return refused(.foreignPartition(partition))
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self <= 0x20 }
}
