import EKSAccess
import Testing

@Suite struct CallerTests {
  @Test func aRoleSessionIsLookedUpAsItsRole() throws {
    let caller = try Caller(arn: "arn:aws:sts::111122223333:assumed-role/dev/jane")
    #expect(caller.canonicalARN == "arn:aws:iam::111122223333:role/dev")
    #expect(caller.sessionName == "jane")
    #expect(caller.accountID == "111122223333")
    #expect(caller.accessKeyID == nil)
    #expect(caller.privateDNSName == nil)
  }

  @Test func aRoleStandsForAnySessionAndLosesItsPath() throws {
    let caller = try Caller(arn: "arn:aws:iam::1:role/team/dev")
    #expect(caller.canonicalARN == "arn:aws:iam::1:role/dev")
    #expect(caller.principal.path == "/team/")
    #expect(caller.sessionName == nil)
    #expect(try Caller(arn: "arn:aws:iam::1:role/dev", sessionName: "s").sessionName == "s")
  }

  @Test func whatSTSAnswersIsTakenAsItIs() throws {
    let caller = try Caller(callerIdentity: "arn:aws:iam::1:role/team/dev")
    #expect(caller.canonicalARN == "arn:aws:iam::1:role/team/dev")
    #expect(caller.sessionName?.isEmpty == true)
  }

  @Test(arguments: ["arn:aws:iam::1:user/team/jane", "arn:aws:iam::1:root"])
  func othersHaveNoSession(_ arn: String) throws {
    let caller = try Caller(arn: arn)
    #expect(caller.canonicalARN == arn)
    #expect(caller.sessionName?.isEmpty == true)
  }

  @Test func givenValuesReplaceThoseOfTheARN() throws {
    let caller = try Caller(
      arn: "arn:aws:sts::1:federated-user/bob", sessionName: "bob", accountID: "2",
      accessKeyID: "ASIA", privateDNSName: "ip")
    #expect(caller.sessionName == "bob")
    #expect(caller.accountID == "2")
    #expect(caller.accessKeyID == "ASIA")
    #expect(caller.privateDNSName == "ip")
  }

  @Test(arguments: [
    (
      "arn:aws:iam::1:group/devs", IAMPrincipal.Kind?.some(.group), ARNError.Part.resource,
      "\"group/devs\" is an IAM group, which cannot call anything; name one of its users"
    ),
    (
      "arn:aws:iam::1:instance-profile/n", .instanceProfile, .resource,
      "\"instance-profile/n\" is an instance profile, which cannot call anything; name its role"
    ),
    (
      "arn:aws:sts::1:assumed-role/dev", .assumedRole, .session,
      "role session \"assumed-role/dev\" lacks a session name"
    ),
    ("arn:aws-foo:iam::1:group/x", .group, .partition, "partition \"aws-foo\" is not known"),
    ("dev", nil, .prefix, "\"dev\" does not start with \"arn:\""),
    (
      "arn:aws:iam:role/dev", nil, .sections,
      "\"arn:aws:iam:role/dev\" has fewer than six sections separated by \":\""
    ),
  ])
  func errorsNameThePartAndTheKind(
    _ arn: String, _ kind: IAMPrincipal.Kind?, _ part: ARNError.Part, _ text: String
  ) {
    let error = #expect(throws: CallerError.self) { try Caller(arn: arn) }
    #expect(error?.kind == kind)
    #expect(error?.reason.part == part)
    #expect(error?.description == text)
  }
}
