import EKSAccess
import Foundation
import Testing

@Suite struct AWSAuthConfigMapTests {
  private static func sso(
    _ name: String = "Admin", _ account: String = "111122223333", _ partition: String = ""
  ) -> SSORoleMatcher {
    SSORoleMatcher(permissionSetName: name, accountID: account, partition: partition)
  }

  @Test(arguments: [
    (RoleMapping(roleARN: "anything"), nil),
    (RoleMapping(), MappingError.missingRoleARN),
    (RoleMapping(roleARN: "x", sso: sso()), .bothRoleARNAndSSO),
    (RoleMapping(sso: sso()), nil),
    (RoleMapping(sso: sso("a_Z+=,.@-9", "000000000000", "aws-eusc")), nil),
    (RoleMapping(sso: sso("Admin", "1111")), .invalidSSOAccount("1111")),
    (RoleMapping(sso: sso("a b")), .invalidPermissionSetName("a b")),
    (RoleMapping(sso: sso("")), .invalidPermissionSetName("")),
    (RoleMapping(sso: sso("\u{fc}")), .invalidPermissionSetName("\u{fc}")),
    (
      RoleMapping(sso: sso(String(repeating: "x", count: 33))),
      .invalidPermissionSetName(String(repeating: "x", count: 33))
    ),
    (RoleMapping(sso: sso("Admin", "111122223333", "AWS")), .unknownSSOPartition("AWS")),
  ])
  func rowsOfRolesAreValidated(_ row: RoleMapping, _ expected: MappingError?) {
    #expect(row.validationError == expected)
  }

  @Test func rowsOfUsersNeedAnARN() {
    #expect(UserMapping().validationError == .missingUserARN)
    #expect(UserMapping(userARN: " ").validationError == nil)
  }

  @Test func aPartitionBreaksTheEffectivePattern() {
    #expect(
      Self.sso().effectivePattern == "arn:aws:iam::111122223333:role/awsreservedsso_admin_*")
    #expect(
      Self.sso("Admin", "111122223333", "aws-cn").effectivePattern
        == "arn::iam::111122223333:role/awsreservedsso_admin_*")
    #expect(
      Self.sso("Admin", "111122223333", "aws-cn").intendedPattern
        == "arn:aws-cn:iam::111122223333:role/AWSReservedSSO_Admin_*")
  }

  @Test func codingUsesTheKeysOfTheConfigMap() throws {
    let map = AWSAuthConfigMap(
      roles: [
        RoleMapping(roleARN: "a", username: "u", groups: ["g"]), RoleMapping(sso: Self.sso()),
      ],
      users: [UserMapping(userARN: "b")], accounts: ["111122223333"])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(map), as: UTF8.self)
    #expect(
      text == #"{"mapAccounts":["111122223333"],"mapRoles":["#
        + #"{"groups":["g"],"rolearn":"a","username":"u"},"#
        + #"{"groups":[],"sso":{"accountID":"111122223333","permissionSetName":"Admin"},"#
        + #""username":""}],"mapUsers":[{"groups":[],"userarn":"b","username":""}]}"#)
    #expect(try JSONDecoder().decode(AWSAuthConfigMap.self, from: Data(text.utf8)) == map)
  }

  @Test func absentAndNullFieldsAreEmpty() throws {
    let text = #"{"mapRoles":[{"rolearn":"a","groups":null},{}],"mapAccounts":null}"#
    let map = try JSONDecoder().decode(AWSAuthConfigMap.self, from: Data(text.utf8))
    #expect(map == AWSAuthConfigMap(roles: [RoleMapping(roleARN: "a"), RoleMapping()]))
  }
}
