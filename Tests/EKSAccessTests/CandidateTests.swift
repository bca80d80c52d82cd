import EKSAccess
import Testing

@Suite struct CandidateTests {
  private static let account = "111122223333"

  private func verdicts(
    _ caller: String, _ map: AWSAuthConfigMap, ssoRoleMatch: Bool = false
  ) throws -> [Resolution.Verdict] {
    let resolver = IdentityResolver(map, options: .init(ssoRoleMatch: ssoRoleMatch))
    return resolver.resolve(try Caller(arn: caller)).candidates.map(\.verdict)
  }

  @Test(arguments: [
    ("iam::111122223333:role/team/Dev", [Resolution.Mismatch.path("/team/", callers: "/")]),
    ("iam::111122223333:role/Team/dev", [.path("/Team/", callers: "/")]),
    ("sts::111122223333:assumed-role/Dev/jane", [.kind(.assumedRole)]),
    ("iam::111122223333:instance-profile/Dev", [.kind(.instanceProfile)]),
    ("iam::111122223333:user/Dev", [.kind(.user)]),
    ("iam::111122223333:role/Dev ", [.blanks]),
    ("iam::111122223333:role/team/ Dev", [.blanks, .path("/team/", callers: "/")]),
    ("iam:eu-west-1:111122223333:role/Dev", [.region("eu-west-1")]),
    ("iam::111122223333:role/D*", [.wildcard]),
    ("iam::*:role/*", [.wildcard]),
    ("iam::111122223333:role/D?v\t", [.blanks, .wildcard]),
  ])
  func rowsThatMeanTheCallerSayWhyTheyDoNotMatch(
    _ rest: String, _ reasons: [Resolution.Mismatch]
  ) throws {
    let text = "arn:aws:\(rest)"
    let caller = "arn:aws:sts::111122223333:assumed-role/Dev/s"
    let roles = AWSAuthConfigMap(roles: [RoleMapping(roleARN: text)])
    #expect(try verdicts(caller, roles) == [.cannotMatch(reasons)])
    let users = AWSAuthConfigMap(users: [UserMapping(userARN: text)])
    #expect(try verdicts(caller, users) == [.cannotMatch(reasons)])
  }

  @Test func partitionsAndOddCaseAreSeen() throws {
    let map = AWSAuthConfigMap(roles: [
      RoleMapping(roleARN: "arn:aws-cn:iam::\(Self.account):role/Dev"),
      RoleMapping(roleARN: "ARN:aws:iam::\(Self.account):role/Team/Dev"),
    ])
    #expect(
      try verdicts("arn:aws:sts::\(Self.account):assumed-role/Dev/s", map) == [
        .cannotMatch([.partition("aws-cn")]),
        .cannotMatch([.path("/team/", callers: "/")]),
      ])
  }

  @Test func aUserNeedsThePath() throws {
    let map = AWSAuthConfigMap(users: [
      UserMapping(userARN: "arn:aws:iam::\(Self.account):user/jane")
    ])
    #expect(
      try verdicts("arn:aws:iam::\(Self.account):user/team/jane", map)
        == [.cannotMatch([.path("/", callers: "/team/")])])
  }

  @Test(arguments: [
    "arn:aws:iam::111122223333:role/other", "arn:aws:iam::444455556666:role/Dev", "Dev",
    "arn:aws:iam::111122223333:role/Dev-*", "arn:aws:iam::444455556666:role/*", "",
    "arn:aws:eks:eu-west-1:111122223333:cluster/Dev",
  ])
  func rowsForOthersAreNoCandidates(_ text: String) throws {
    let map = AWSAuthConfigMap(
      roles: [RoleMapping(roleARN: text)], users: [UserMapping(userARN: text)],
      accounts: ["444455556666"])
    #expect(try verdicts("arn:aws:sts::111122223333:assumed-role/Dev/s", map).isEmpty)
  }

  private static func sso(_ name: String, partition: String = "") -> RoleMapping {
    RoleMapping(
      sso: SSORoleMatcher(permissionSetName: name, accountID: account, partition: partition),
      username: name)
  }

  @Test func rowsWithPermissionSetsNeedTheGate() throws {
    let caller = "arn:aws:sts::\(Self.account):assumed-role/AWSReservedSSO_a_b_0123456789abcdef/s"
    let map = AWSAuthConfigMap(roles: [
      Self.sso("a"), Self.sso("A_B"), Self.sso("a_b", partition: "aws"), Self.sso("c"),
    ])
    #expect(
      try verdicts(caller, map) == [
        .cannotMatch([.ssoRoleMatchOff]), .cannotMatch([.ssoRoleMatchOff]),
        .cannotMatch([.ssoRoleMatchOff, .ssoPartition("aws")]),
      ])
    #expect(
      try verdicts(caller, map, ssoRoleMatch: true)
        == [.tied, .tied, .cannotMatch([.ssoPartition("aws")])])
  }

  @Test func equalPermissionSetsReplaceOneAnother() throws {
    let caller = "arn:aws:sts::\(Self.account):assumed-role/AWSReservedSSO_a_0123456789abcdef/s"
    let role = "arn:aws:iam::\(Self.account):role/AWSReservedSSO_a_0123456789abcdef"
    let map = AWSAuthConfigMap(roles: [
      Self.sso("a"), Self.sso("A"), RoleMapping(roleARN: role, username: "r"),
    ])
    #expect(
      try verdicts(caller, map, ssoRoleMatch: true)
        == [.replaced(by: MappingRow(.mapRoles, 1)), .tied, .tied])
  }

  @Test func aPermissionSetDoesNotMatchUnderAPath() throws {
    let map = AWSAuthConfigMap(roles: [Self.sso("a")])
    let resolver = IdentityResolver(map, options: .init(ssoRoleMatch: true))
    let caller = try Caller(
      callerIdentity: "arn:aws:iam::\(Self.account):role/x/AWSReservedSSO_a_0123456789abcdef")
    #expect(resolver.resolve(caller).outcomes == [.notMapped])
  }

  @Test func droppedRowsAreSaidToBe() throws {
    var row = Self.sso("a")
    row.roleARN = "arn:aws:iam::\(Self.account):role/Dev"
    let map = AWSAuthConfigMap(roles: [row, RoleMapping(), Self.sso("not valid")])
    #expect(
      try verdicts("arn:aws:sts::\(Self.account):assumed-role/Dev/s", map)
        == [.cannotMatch([.dropped(.bothRoleARNAndSSO)])])
  }

  @Test func candidatesStandInTheOrderOfAsking() throws {
    let role = "arn:aws:iam::\(Self.account):role/Dev"
    let map = AWSAuthConfigMap(
      roles: (0..<20).map { _ in RoleMapping(roleARN: role) },
      users: (0..<20).map { _ in UserMapping(userARN: role) }, accounts: [Self.account])
    let resolution = IdentityResolver(map).resolve(try Caller(arn: role))
    let rows = resolution.candidates.map(\.row)
    #expect(rows.count == 41)
    #expect(rows == rows.sorted())
    #expect(resolution.outcomes.map(\.row) == [MappingRow(.mapRoles, 19)])
  }

  @Test func tenThousandRowsAreFound() throws {
    let map = AWSAuthConfigMap(
      roles: (0..<10_000).map { number in
        RoleMapping(roleARN: "arn:aws:iam::\(Self.account):role/R\(number)", username: "\(number)")
      })
    let resolver = IdentityResolver(map)
    for number in stride(from: 0, to: 10_000, by: 97) {
      let caller = try Caller(arn: "arn:aws:sts::\(Self.account):assumed-role/r\(number)/s")
      let resolution = resolver.resolve(caller)
      #expect(resolution.identity?.username == "\(number)")
      #expect(resolution.candidates.count == 1)
    }
  }
}
