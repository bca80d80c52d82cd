import EKSAccess
import Testing

@Suite struct ClusterAccessTests {
  private static let role = "arn:aws:iam::444455556666:role/dev"
  private static let session = "arn:aws:sts::444455556666:assumed-role/dev/jane@example.org"

  private func access(_ mode: AuthenticationMode? = nil) -> ClusterAccess {
    ClusterAccess(
      authenticationMode: mode,
      accessEntries: [
        AccessEntry(
          principalARN: "arn:aws:iam::444455556666:role/team/dev", username: "entry:dev",
          groups: ["entries"])
      ],
      configMap: AWSAuthConfigMap(
        roles: [RoleMapping(roleARN: Self.role, username: "row", groups: ["rows"])]),
      identityMappings: [IAMIdentityMapping(arn: Self.session, username: "object")])
  }

  private func resolution(_ mode: AuthenticationMode?) throws -> Resolution {
    IdentityResolver(access(mode)).resolve(try Caller(arn: Self.session))
  }

  @Test(arguments: [nil, AuthenticationMode.apiAndConfigMap])
  func anEntryReplacesTheRowAsAWhole(mode: AuthenticationMode?) throws {
    let resolution = try resolution(mode)
    #expect(resolution.identity == KubernetesIdentity(username: "entry:dev", groups: ["entries"]))
    #expect(
      resolution.candidates.map(\.verdict) == [
        .won, .askedLater(than: .accessEntries), .askedLater(than: .accessEntries),
      ])
  }

  @Test func theModeDecidesWhichSourcesAreAsked() throws {
    let configMap = try resolution(.configMap)
    #expect(configMap.identity?.username == "row")
    #expect(configMap.candidates.first?.verdict == .notAsked(.configMap))
    var access = access(.api)
    access.accessEntries = []
    let api = IdentityResolver(access).resolve(try Caller(arn: Self.session))
    #expect(api.outcomes == [.notMapped])
    #expect(api.candidates.map(\.verdict) == [.notAsked(.api), .notAsked(.api)])
  }

  @Test func identityMappingsAreAskedLast() throws {
    var access = access()
    access.accessEntries = []
    access.configMap = AWSAuthConfigMap()
    let caller = try Caller(arn: Self.session)
    #expect(IdentityResolver(access).resolve(caller).identity?.username == "object")
  }

  @Test(arguments: [
    (AccessEntry.Kind.standard, "arn:aws:sts::444455556666:assumed-role/dev/jane-example.org"),
    (.fargateLinux, "system:node:jane-example.org"), (.hybridLinux, "system:node:jane-example.org"),
  ])
  func entriesWithoutUsernameGetTheOneThatEKSMakes(kind: AccessEntry.Kind, name: String) throws {
    let access = ClusterAccess(accessEntries: [
      AccessEntry(principalARN: "arn:aws:iam::444455556666:role/team/dev", kind: kind)
    ])
    let identity = IdentityResolver(access).identity(of: try Caller(arn: Self.session))
    #expect(identity?.username == name)
  }

  @Test func theShortAnswerIsTheLongOne() throws {
    for mode in [nil, AuthenticationMode.configMap, .api] {
      let resolver = IdentityResolver(access(mode))
      let caller = try Caller(arn: Self.session)
      #expect(resolver.identity(of: caller) == resolver.resolve(caller).identity)
    }
  }

  @Test func theTableMarksRowsThatNobodyGets() throws {
    let access = ClusterAccess(
      accessEntries: [AccessEntry(principalARN: "arn:aws:iam::444455556666:role/a")],
      configMap: AWSAuthConfigMap(
        roles: [
          RoleMapping(roleARN: "arn:aws:iam::444455556666:role/a"),
          RoleMapping(roleARN: "arn:aws:iam::444455556666:role/path/b"),
          RoleMapping(roleARN: "arn:aws:iam::444455556666:role/c"),
          RoleMapping(roleARN: "arn:aws:iam::444455556666:role/C"),
          RoleMapping(roleARN: "arn:aws:sts::444455556666:assumed-role/d/s"),
          RoleMapping(roleARN: "arn:aws:iam::444455556666:role/e*"),
        ],
        users: [
          UserMapping(userARN: "arn:aws:iam::444455556666:user/u"),
          UserMapping(userARN: "arn:aws:iam::444455556666:user/U"),
        ], accounts: ["444455556666"]))
    let table = IdentityResolver(access).effectiveMappings
    #expect(
      table.map(\.status) == [
        .used, .shadowed(by: MappingRow(.accessEntries, 0)),
        .matchesNobody([.path("/path/", callers: "/")]),
        .replaced(by: MappingRow(.mapRoles, 3)), .used, .matchesNobody([.kind(.assumedRole)]),
        .matchesNobody([.wildcard]), .tied, .tied, .used,
      ])
  }

  @Test func theReverseNamesRowsAndConditions() throws {
    let resolver = IdentityResolver(
      AWSAuthConfigMap(
        roles: [
          RoleMapping(
            roleARN: Self.role, username: "dev:{{SessionName}}", groups: ["a", "t-{{AccountID}}"]),
          RoleMapping(roleARN: "arn:aws:iam::444455556666:role/path/x", username: "dev:jane"),
        ],
        users: [UserMapping(userARN: "arn:aws:iam::444455556666:user/u", username: "dev:jane")],
        accounts: ["777788889999"]))
    let named = resolver.sources(ofUsername: "dev:jane")
    #expect(named.map(\.mapping.row) == [MappingRow(.mapRoles, 0), MappingRow(.mapUsers, 0)])
    #expect(named.map(\.condition) == [[.sessionName: "jane"], [:]])
    #expect(resolver.sources(ofGroup: "a").map(\.condition) == [[:]])
    #expect(
      resolver.sources(ofGroup: "t-444455556666").map(\.condition) == [[.accountID: "444455556666"]]
    )
    #expect(resolver.sources(ofGroup: "t-4").isEmpty)
    let account = resolver.sources(ofUsername: "arn:aws:iam::777788889999:user/v")
    #expect(account.map(\.mapping.row) == [MappingRow(.mapAccounts, 0)])
  }
}
