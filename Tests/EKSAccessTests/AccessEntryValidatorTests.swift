import EKSAccess
import Testing

@Suite struct AccessEntryValidatorTests {
  private static let role = "arn:aws:iam::444455556666:role/team/dev"
  private static let view = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  private let validator = AccessEntryValidator(
    clusterAccount: AccountID("444455556666"), partition: .aws)

  private func reasons(_ entry: AccessEntry) -> [AccessEntryViolation.Reason] {
    validator.violations(of: entry).map(\.reason)
  }

  @Test(arguments: AccessEntry.Kind.known)
  func plainEntriesOfEveryKindAreFine(kind: AccessEntry.Kind) {
    #expect(reasons(AccessEntry(principalARN: Self.role, kind: kind)) == [])
  }

  @Test(
    arguments: [
      ("arn:aws:sts::444455556666:assumed-role/dev/jane", .notAPrincipal(.assumedRole)),
      ("arn:aws:iam::444455556666:group/devs", .notAPrincipal(.group)),
      ("arn:aws:iam::444455556666:instance-profile/x", .notAPrincipal(.instanceProfile)),
      ("arn:aws:iam::444455556666:role/dev*", .wildcardPrincipal),
      ("arn:aws:iam::4444:role/dev", .malformedPrincipal), ("dev", .malformedPrincipal),
      ("arn:aws:iam::444455556666:role/", .malformedPrincipal),
      ("arn:aws:iam::444455556666:role/dev ", .malformedPrincipal),
      ("arn:aws-foo:iam::444455556666:role/dev", .malformedPrincipal),
      ("arn:aws:s3:::bucket", .malformedPrincipal),
      (
        "arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef", .ssoRoleWithoutPath
      ),
      (
        "arn:aws:iam::444455556666:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS",
        .serviceLinkedRole
      ),
      ("arn:aws-cn:iam::444455556666:role/dev", .foreignPartition(.aws)),
      ("arn:aws:iam::444455556666:user/jane", nil), ("arn:aws:iam::777788889999:role/dev", nil),
      ("arn:${AWS::Partition}:iam::${AWS::AccountId}:role/dev", nil), ("${Role.Arn}", nil),
    ] as [(String, AccessEntryViolation.Reason?)])
  func principals(arn: String, reason: AccessEntryViolation.Reason?) {
    #expect(reasons(AccessEntry(principalARN: arn)) == [reason].compactMap { $0 })
  }

  @Test func theUnknownPartOfAnARNHidesNothingElse() {
    let arn =
      "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/x/AWSServiceRoleForX"
    #expect(reasons(AccessEntry(principalARN: arn)) == [.serviceLinkedRole])
  }

  @Test func nodesAreRolesOfTheClustersAccount() throws {
    let foreign = AccessEntry(
      principalARN: "arn:aws:iam::777788889999:role/node", kind: .ec2Linux)
    let own = try #require(AccountID("444455556666"))
    #expect(reasons(foreign) == [.needsOwnAccount(own)])
    #expect(AccessEntryValidator().violations(of: foreign).isEmpty)
    let user = AccessEntry(principalARN: "arn:aws:iam::444455556666:user/jane", kind: .hybridLinux)
    #expect(reasons(user) == [.needsRole])
  }

  @Test(
    arguments: [
      ("system:jane", .reservedPrefix("system:")), ("eks:x", .reservedPrefix("eks:")),
      ("aws:x", .reservedPrefix("aws:")), ("amazon:x", .reservedPrefix("amazon:")),
      ("iam:x", .reservedPrefix("iam:")), ("john{{SessionName}}", .sessionNameWithoutColon),
      ("{{SessionNameRaw}}", .sessionNameWithoutColon), ("sts:x", nil),
      ("jo:hn{{SessionName}}", nil),
      (":john{{SessionName}}", nil), ("plain", nil), ("${Prefix}{{SessionName}}", nil),
      ("x{{SessionName", nil),
    ] as [(String, AccessEntryViolation.Reason?)])
  func usernames(name: String, reason: AccessEntryViolation.Reason?) {
    let entry = AccessEntry(principalARN: Self.role, username: name)
    #expect(reasons(entry) == [reason].compactMap { $0 })
  }

  @Test func reservedGroupsAreRefusedOneByOne() {
    let entry = AccessEntry(
      principalARN: Self.role, groups: ["devs", "system:masters", "eks:kube-proxy-windows", "devs"])
    let violations = validator.violations(of: entry)
    #expect(violations.map(\.field) == [.group(1), .group(2), .group(3)])
    #expect(
      violations.first?.apiMessage
        == "The kubernetes group name system:masters is invalid, it cannot start with system:")
    #expect(violations.last?.reason == .repeatedGroup)
  }

  @Test(arguments: [
    AccessEntry.Kind.ec2Linux, .ec2Windows, .fargateLinux, .hybridLinux, .ec2,
  ])
  func nodesGetTheirIdentityFromEKS(kind: AccessEntry.Kind) {
    let entry = AccessEntry(
      principalARN: Self.role, kind: kind, username: "n", groups: ["g"],
      policies: [AccessPolicyAssociation(policyARN: Self.view)])
    let expected: [AccessEntryViolation.Reason] =
      [.usernameOnNode, .groupsOnNode] + (kind == .ec2 ? [] : [.policiesOnNode])
    #expect(reasons(entry) == expected)
    #expect(validator.violations(of: entry, unresolved: [.kind]).isEmpty)
  }

  @Test(
    arguments: [
      ("arn:aws:iam::aws:policy/AmazonEKSViewPolicy", .malformedPolicyARN),
      ("arn:${AWS::Partition}:iam::aws:policy/AmazonEKSViewPolicy", .malformedPolicyARN),
      (
        "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        .foreignPolicyPartition(.aws)
      ),
      ("arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewer", .unknownPolicy),
      ("arn:${AWS::Partition}:eks::aws:cluster-access-policy/AmazonEKSViewer", .unknownPolicy),
      ("arn:${AWS::Partition}:eks::aws:cluster-access-policy/AmazonEKSViewPolicy", nil),
      ("${Policy}", nil),
    ] as [(String, AccessEntryViolation.Reason?)])
  func policies(arn: String, reason: AccessEntryViolation.Reason?) {
    let entry = AccessEntry(
      principalARN: Self.role, policies: [AccessPolicyAssociation(policyARN: arn)])
    #expect(reasons(entry) == [reason].compactMap { $0 })
  }

  @Test(
    arguments: [
      (AccessScope.namespaces([]), .scopeWithoutNamespaces),
      (AccessScope(kind: .cluster, namespaces: ["x"]), .namespacesNotAllowed),
      (AccessScope(kind: .init(rawValue: "Cluster")), .unknownScope),
      (.cluster, nil), (.namespaces(["x"]), nil),
    ] as [(AccessScope, AccessEntryViolation.Reason?)])
  func scopes(scope: AccessScope, reason: AccessEntryViolation.Reason?) {
    let entry = AccessEntry(
      principalARN: Self.role,
      policies: [AccessPolicyAssociation(policyARN: Self.view, scope: scope)])
    #expect(reasons(entry) == [reason].compactMap { $0 })
    #expect(validator.violations(of: entry, unresolved: [.policies]).isEmpty)
  }

  @Test func countsAreLimited() {
    let many = (0..<21).map { _ in AccessPolicyAssociation(policyARN: Self.view) }
    let reasons = reasons(AccessEntry(principalARN: Self.role, policies: many))
    #expect(reasons.first == .tooManyPolicies(20))
    #expect(reasons.dropFirst().allSatisfy { $0 == .repeatedPolicy })
    #expect(reasons.count == 21)
  }

  @Test(arguments: [
    (["aws:x": ""], 1), (["": ""], 1), ([String(repeating: "k", count: 129): ""], 1),
    (["k": String(repeating: "v", count: 257)], 1), (["team": "web"], 0),
    (Dictionary(uniqueKeysWithValues: (0..<51).map { ("k\($0)", "") }), 1),
  ])
  func tagsKeepTheirLimits(tags: [String: String], count: Int) {
    let violations = validator.violations(of: AccessEntry(principalARN: Self.role, tags: tags))
    #expect(violations.count == count)
    #expect(violations.allSatisfy { $0.field == .tags })
  }

  @Test func unknownKindsAreToldAndKept() {
    let entry = AccessEntry(principalARN: Self.role, kind: .init(rawValue: "ec2_linux"))
    #expect(reasons(entry) == [.unknownKind])
    #expect(!entry.kind.isNode)
  }
}
