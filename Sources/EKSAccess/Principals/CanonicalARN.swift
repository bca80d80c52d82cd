extension IAMPrincipal {
  /// The principal under which aws-iam-authenticator looks a caller up (`pkg/arn/arn.go`).
  ///
  /// A role session becomes its role, in IAM and with everything between `assumed-role/` and the
  /// last slash as resource; users, roles, root and federated users stay as they are. The account
  /// is not checked, neither are names.
  ///
  /// - Throws: ``ARNError`` naming the part that is wrong: an unknown partition, a service other
  ///   than IAM and STS, a resource that is no caller, or a role session without session name.
  public func canonicalized() throws(ARNError) -> IAMPrincipal {
    guard partition.isKnown else { throw ARNError(.partition, found: arn.partition) }
    guard arn.service == "iam" || arn.service == "sts" else {
      throw ARNError(.service, found: arn.service)
    }
    switch kind {
    case .role, .user, .root, .federatedUser:
      return self
    case .assumedRole:
      guard sessionName != nil else { throw ARNError(.session, found: arn.resource) }
      let words = arn.resource.slashSeparated.dropFirst().dropLast()
      return IAMPrincipal(arn.asRole(words.joined(separator: "/")))
    case .group, .instanceProfile, .other:
      throw ARNError(.resource, found: arn.resource)
    }
  }

  /// The text of ``canonicalized()``, or `nil` when the ARN does not name a caller.
  public var canonicalARN: String? {
    (try? canonicalized())?.description
  }

  /// The principal without the path of a role, as `StripPath` in aws-iam-authenticator
  /// `pkg/arn/arn.go` has it.
  ///
  /// Only a role with a path changes; it also loses the region, which IAM does not use. This is
  /// the form in which a role has to stand in aws-auth, where a path never matches.
  ///
  /// - Throws: ``ARNError`` for an unknown partition.
  public func strippingPath() throws(ARNError) -> IAMPrincipal {
    guard partition.isKnown else { throw ARNError(.partition, found: arn.partition) }
    let words = arn.resource.slashSeparated
    guard words[0] == "role", words.count > 2, let name = words.last else { return self }
    return IAMPrincipal(arn.asRole(name))
  }
}

extension ARN {
  fileprivate func asRole(_ name: String) -> ARN {
    ARN(partition: partition, service: "iam", account: account, resource: "role/\(name)")
  }
}
