import EKSAccess
import EKSAccessManifests
import Testing

@Suite struct IAMListsTests {
  private static let text = """
    {"Roles": [
      {"Path": "/team/", "RoleName": "n", "Arn": "arn:aws:iam::444455556666:role/team/n",
       "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
         {"Effect": "Allow", "Principal": {"Service": ["ec2.amazonaws.com", "x"]}},
         {"Effect": "Deny", "Principal": {"Service": "y"}},
         {"Effect": "Allow", "Principal": {"AWS": "*"}}]}},
      {"Arn": "arn:aws:iam::444455556666:role/m",
       "AssumeRolePolicyDocument": {"Statement":
         {"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}}}}]}
    {"Users": [{"Path": "/", "UserName": "jane", "Arn": "arn:aws:iam::444455556666:user/jane"}]}
    {"Roles": "none"}
    """

  @Test func rolesAndUsersAreRead() {
    let lists = ManifestFile(Array(Self.text.utf8)).iamLists
    #expect(
      lists.map { $0.principals.map { String($0.arn.suffix(6)) } } == [
        ["team/n", "role/m"], ["r/jane"],
      ])
    #expect(
      lists.first?.principals.map(\.trustedServices) == [
        ["ec2.amazonaws.com", "x"], ["ssm.amazonaws.com"],
      ])
  }

  @Test func aDirectoryKnowsWhomItLists() throws {
    var directory = IAMDirectory()
    for list in ManifestFile(Array(Self.text.utf8)).iamLists { directory.add(list.principals) }
    func principal(_ arn: String) throws -> IAMPrincipal {
      try IAMPrincipal(parsing: "arn:aws:iam::\(arn)")
    }
    #expect(
      directory.principal(try principal("444455556666:role/N"))?.arn
        == "arn:aws:iam::444455556666:role/team/n")
    #expect(directory.principal(try principal("444455556666:user/n")) == nil)
    #expect(directory.lists(try principal("444455556666:role/x")))
    #expect(!directory.lists(try principal("777788889999:role/x")))
    #expect(directory.principals(ofAccount: "444455556666").count == 3)
  }

  @Test(arguments: [
    (#""IsTruncated": true"#, false), (#""NextToken": "abc""#, false), (#""Marker": "abc""#, false),
    (#""IsTruncated": false"#, true), (#""NextToken": null"#, true),
  ])
  func aListTellsWhetherItIsComplete(member: String, isComplete: Bool) throws {
    let text = #"{"Roles": [{"Arn": "arn:aws:iam::444455556666:role/team/n"}], \#(member)}"#
    let list = try #require(ManifestFile(Array(text.utf8)).iamLists.first)
    #expect(list.isComplete == isComplete)
    var directory = IAMDirectory()
    // Another page, which is the last one, does not make up for what stands between.
    directory.add(list.principals, isComplete: list.isComplete)
    directory.add([.init(arn: "arn:aws:iam::444455556666:role/z")])
    func isKnown(_ name: String) throws -> Bool {
      directory.lists(try IAMPrincipal(parsing: "arn:aws:iam::444455556666:role/" + name))
    }
    #expect(try isKnown("n") && isKnown("z"))
    #expect(try isKnown("gone") == isComplete)
    #expect(directory.principals(ofAccount: "444455556666").count == (isComplete ? 2 : 0))
  }
}
