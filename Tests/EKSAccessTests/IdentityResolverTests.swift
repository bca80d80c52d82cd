import EKSAccess
import Testing

@Suite struct IdentityResolverTests {
  private let dev = "arn:aws:iam::111122223333:role/dev"
  private let session = "arn:aws:sts::111122223333:assumed-role/dev/jane"
  private let jane = "arn:aws:iam::111122223333:user/jane"

  private func resolve(
    _ arn: String, _ map: AWSAuthConfigMap, options: IdentityResolver.Options = .init()
  ) throws -> Resolution {
    IdentityResolver(map, options: options).resolve(try Caller(arn: arn))
  }

  @Test func aRoleIsMapped() throws {
    let map = AWSAuthConfigMap(roles: [
      RoleMapping(roleARN: dev, username: "dev:{{SessionName}}", groups: ["{{AccountID}}", "b"])
    ])
    let identity = KubernetesIdentity(username: "dev:jane", groups: ["111122223333", "b"])
    let resolution = try resolve(session, map)
    #expect(resolution.outcomes == [.mapped(identity, by: MappingRow(.mapRoles, 0))])
    #expect(resolution.identity == identity)
    #expect(!resolution.isAmbiguous)
    #expect(resolution.assumptions.isEmpty)
    #expect(resolution.candidates == [.init(row: MappingRow(.mapRoles, 0), verdict: .won)])
  }

  @Test func nobodyIsMappedByNothing() throws {
    let resolution = try resolve(session, AWSAuthConfigMap())
    #expect(resolution.outcomes == [.notMapped])
    #expect(resolution.candidates.isEmpty)
    #expect(resolution.identity == nil)
  }

  @Test func theSectionOfAnARNDoesNotMatter() throws {
    let map = AWSAuthConfigMap(
      roles: [RoleMapping(roleARN: jane, username: "a")],
      users: [UserMapping(userARN: dev, username: "b")])
    #expect(try resolve(jane, map).identity?.username == "a")
    #expect(try resolve(session, map).identity?.username == "b")
  }

  @Test func rolesComeBeforeUsersAndUsersBeforeAccounts() throws {
    let map = AWSAuthConfigMap(
      roles: [RoleMapping(roleARN: jane, username: "a")],
      users: [UserMapping(userARN: jane, username: "b")],
      accounts: ["111122223333", "111122223333"])
    let resolution = try resolve(jane, map)
    #expect(resolution.identity?.username == "a")
    #expect(
      resolution.candidates == [
        .init(row: MappingRow(.mapRoles, 0), verdict: .won),
        .init(row: MappingRow(.mapUsers, 0), verdict: .askedLater(than: .mapRoles)),
        .init(row: MappingRow(.mapAccounts, 0), verdict: .askedLater(than: .mapRoles)),
      ])
    let account = try resolve("arn:aws:sts::111122223333:assumed-role/other/x", map)
    #expect(
      account.identity == KubernetesIdentity(username: "arn:aws:iam::111122223333:role/other"))
    #expect(account.candidates == [.init(row: MappingRow(.mapAccounts, 0), verdict: .won)])
  }

  @Test func theLastOfEqualRolesWinsInAnyCase() throws {
    let map = AWSAuthConfigMap(roles: [
      RoleMapping(roleARN: dev, username: "a"),
      RoleMapping(roleARN: "arn:AWS:iam::111122223333:role/DEV", username: "b"),
    ])
    let resolution = try resolve(session, map)
    #expect(resolution.identity?.username == "b")
    #expect(
      resolution.candidates == [
        .init(row: MappingRow(.mapRoles, 0), verdict: .replaced(by: MappingRow(.mapRoles, 1))),
        .init(row: MappingRow(.mapRoles, 1), verdict: .won, differsInCase: true),
      ])
  }

  @Test func usersThatDifferInCaseAreTied() throws {
    let map = AWSAuthConfigMap(users: [
      UserMapping(userARN: jane, username: "a"),
      UserMapping(userARN: "arn:aws:iam::111122223333:user/Jane", username: "b"),
      UserMapping(userARN: jane, username: "c"),
    ])
    let resolution = try resolve(jane, map)
    #expect(resolution.isAmbiguous)
    #expect(resolution.identity == nil)
    #expect(resolution.outcomes.compactMap(\.identity?.username) == ["b", "c"])
    #expect(
      resolution.candidates == [
        .init(row: MappingRow(.mapUsers, 0), verdict: .replaced(by: MappingRow(.mapUsers, 2))),
        .init(row: MappingRow(.mapUsers, 1), verdict: .tied, differsInCase: true),
        .init(row: MappingRow(.mapUsers, 2), verdict: .tied),
      ])
  }

  @Test func tiedRowsOfEqualContentGiveOneIdentity() throws {
    let map = AWSAuthConfigMap(users: [
      UserMapping(userARN: jane, username: "a"),
      UserMapping(userARN: "arn:aws:iam::111122223333:user/JANE", username: "a"),
    ])
    let resolution = try resolve(jane, map)
    #expect(resolution.isAmbiguous)
    #expect(resolution.identity?.username == "a")
  }

  @Test func letterCaseIsFoldedBeyondASCII() throws {
    let map = AWSAuthConfigMap(roles: [
      RoleMapping(roleARN: "arn:aws:iam::1:role/\u{212A}ube\u{17F}", username: "a"),
      RoleMapping(roleARN: "arn:aws:iam::1:role/kubes", username: "b"),
      RoleMapping(roleARN: "arn:aws:iam::1:role/\u{131}d", username: "c"),
      RoleMapping(roleARN: "arn:aws:iam::1:role/e\u{301}", username: "d"),
    ])
    let folded = try resolve("arn:aws:sts::1:assumed-role/KubeS/s", map)
    #expect(folded.outcomes.compactMap(\.identity?.username) == ["a", "b"])
    #expect(try resolve("arn:aws:sts::1:assumed-role/id/s", map).outcomes == [.notMapped])
    #expect(try resolve("arn:aws:sts::1:assumed-role/\u{e9}/s", map).outcomes == [.notMapped])
  }

  @Test func aTemplateThatFailsRefusesTheCaller() throws {
    let map = AWSAuthConfigMap(
      roles: [RoleMapping(roleARN: dev, username: "u", groups: ["{{EC2PrivateDNSName}}"])],
      accounts: ["111122223333"])
    let resolution = try resolve(session, map)
    let error = TemplateError(template: "{{EC2PrivateDNSName}}", sessionName: "jane")
    #expect(resolution.outcomes == [.failed(error, by: MappingRow(.mapRoles, 0))])
  }

  @Test func whatIsNotKnownLeavesTheOutcomeOpen() throws {
    let map = AWSAuthConfigMap(roles: [
      RoleMapping(roleARN: dev, username: "dev:{{SessionName}}", groups: ["{{AccountID}}"])
    ])
    let resolution = try resolve(dev, map)
    let identity = KubernetesIdentity(username: "dev:{{SessionName}}", groups: ["111122223333"])
    let row = MappingRow(.mapRoles, 0)
    #expect(resolution.outcomes == [.undetermined(identity, by: row, missing: [.sessionName])])
    #expect(resolution.identity == nil)
  }

  @Test func angleBracketsAreAnAssumption() throws {
    let map = AWSAuthConfigMap(roles: [RoleMapping(roleARN: dev, username: "<<SessionName>>")])
    let assumed = try resolve(session, map)
    #expect(assumed.identity?.username == "jane")
    #expect(assumed.assumptions == [.angleBracketsExpanded(MappingRow(.mapRoles, 0))])
    let exact = try resolve(session, map, options: .init(templateSyntax: .authenticator))
    #expect(exact.identity?.username == "<<SessionName>>")
    #expect(exact.assumptions.isEmpty)
  }
}
