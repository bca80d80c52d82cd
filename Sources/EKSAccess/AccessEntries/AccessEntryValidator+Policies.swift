extension AccessEntryValidator {
  func policyViolations(_ entry: AccessEntry) -> [AccessEntryViolation] {
    guard !entry.policies.isEmpty else { return [] }
    if entry.kind.refusesPolicies {
      return [
        .init(
          .policies, .policiesOnNode,
          apiMessage: "This operation can only be performed on Access Entries with a type of "
            + "\"STANDARD\".")
      ]
    }
    var violations: [AccessEntryViolation] = []
    if entry.policies.count > Self.maximumPolicies {
      violations.append(.init(.policies, .tooManyPolicies(Self.maximumPolicies)))
    }
    var seen: Set<String> = []
    for (index, association) in entry.policies.enumerated() {
      violations += Self.violations(of: association, at: index, partition: partition)
      if !seen.insert(association.policyARN).inserted {
        violations.append(.init(.policy(index), .repeatedPolicy))
      }
    }
    return violations
  }

  private static func violations(
    of association: AccessPolicyAssociation, at index: Int, partition: Partition?
  ) -> [AccessEntryViolation] {
    var violations: [AccessEntryViolation] = []
    let text = association.policyARN.withoutReferenceNames
    let notFound = "The specified policyArn could not be found."
    if let arn = AccessPolicyARN(text) {
      let isOpen = arn.partition.rawValue.utf8.containsReference
      if !isOpen, let partition, arn.partition != partition {
        violations.append(
          .init(.policy(index), .foreignPolicyPartition(partition), apiMessage: notFound))
      } else if !isOpen, !arn.partition.isKnown {
        violations.append(.init(.policy(index), .malformedPolicyARN, apiMessage: notFound))
      } else if arn.policy == nil {
        violations.append(.init(.policy(index), .unknownPolicy, apiMessage: notFound))
      }
    } else if !text.utf8.containsReference || ARN(text)?.service == "iam" {
      violations.append(
        .init(
          .policy(index), .malformedPolicyARN,
          apiMessage: "The policyArn parameter format is not valid"))
    }
    switch association.scope.kind {
    case .namespace where association.scope.namespaces.isEmpty:
      violations.append(
        .init(
          .scope(index), .scopeWithoutNamespaces,
          apiMessage: "At least 1 namespace must be provided if the type is set as namespace"))
    case .cluster where !association.scope.namespaces.isEmpty:
      violations.append(
        .init(
          .namespaces(index), .namespacesNotAllowed,
          apiMessage: "accessScope should not include namespaces if the type is not set as "
            + "namespace"))
    case .cluster, .namespace: break
    default:
      if !association.scope.kind.rawValue.utf8.containsReference {
        violations.append(.init(.scope(index), .unknownScope))
      }
    }
    return violations
  }

  func tagViolations(_ tags: [String: String]) -> [AccessEntryViolation] {
    var problems: [String] = []
    if tags.count > 50 { problems.append("an entry has at most 50 tags, these are \(tags.count)") }
    for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
      if key.utf8.starts(with: "aws:".utf8) {
        problems.append("the tag \"\(key)\" begins with aws:, which AWS keeps for itself")
      }
      if key.isEmpty || key.unicodeScalars.count > 128 {
        problems.append("the key of a tag has 1 to 128 characters, \"\(key)\" does not")
      }
      if value.unicodeScalars.count > 256 {
        problems.append(
          "the value of a tag has at most 256 characters, that of \"\(key)\" has more")
      }
    }
    return problems.map { .init(.tags, .tag($0)) }
  }
}
