import EKSAccess
import Foundation
import Testing

@Suite struct IAMPrincipalTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    var text: String
    var kind: IAMPrincipal.Kind
    var path = "/"
    var name: String
    var session: String?
    var testDescription: String { text }
  }

  @Test(arguments: [
    Shape(text: "arn:aws:iam::1:role/dev", kind: .role, name: "dev"),
    Shape(text: "arn:aws:iam::1:role/a/b/dev", kind: .role, path: "/a/b/", name: "dev"),
    Shape(text: "arn:aws:iam::1:role", kind: .role, name: ""),
    Shape(text: "arn:aws:iam::1:user/team/jane", kind: .user, path: "/team/", name: "jane"),
    Shape(text: "arn:aws:iam::1:root", kind: .root, name: "root"),
    Shape(text: "arn:aws:iam::1:group/devs", kind: .group, name: "devs"),
    Shape(text: "arn:aws:iam::1:instance-profile/n", kind: .instanceProfile, name: "n"),
    Shape(text: "arn:aws:sts::1:federated-user/bob", kind: .federatedUser, name: "bob"),
    Shape(text: "arn:aws:sts::1:assumed-role/n/i-1", kind: .assumedRole, name: "n", session: "i-1"),
    Shape(text: "arn:aws:sts::1:assumed-role/n", kind: .assumedRole, name: "n"),
    Shape(
      text: "arn:aws:sts::1:assumed-role/a/n/s", kind: .assumedRole, path: "/a/", name: "n",
      session: "s"),
    Shape(text: "arn:aws:iam::1:Role/dev", kind: .other, name: "Role/dev"),
    Shape(text: "arn:aws:eks:x:1:cluster/c", kind: .other, name: "cluster/c"),
  ])
  func partsOfTheResource(_ shape: Shape) throws {
    let principal = try IAMPrincipal(parsing: shape.text)
    #expect(principal.kind == shape.kind)
    #expect(principal.path == shape.path)
    #expect(principal.name == shape.name)
    #expect(principal.sessionName == shape.session)
    #expect(principal.description == shape.text)
    let coded = try JSONEncoder().encode([principal])
    #expect(try JSONDecoder().decode([IAMPrincipal].self, from: coded) == [principal])
  }

  @Test(arguments: [
    ("arn:aws:sts::1:assumed-role/dev/s", "arn:aws:iam::1:role/dev"),
    ("arn:aws:sts::1:assumed-role/a/b/s", "arn:aws:iam::1:role/a/b"),
    ("arn:aws:sts:eu-west-1:1:assumed-role/dev/", "arn:aws:iam::1:role/dev"),
    ("arn:aws:iam::1:root", "arn:aws:iam::1:root"),
    ("arn:aws-cn:sts::1:federated-user/x", "arn:aws-cn:sts::1:federated-user/x"),
  ])
  func canonicalARNs(_ text: String, _ expected: String) throws {
    #expect(try IAMPrincipal(parsing: text).canonicalized().description == expected)
  }

  @Test(arguments: [
    ("arn:aws-foo:iam::1:role/dev", ARNError.Part.partition, "aws-foo"),
    ("arn:aws:s3:::bucket", .service, "s3"),
    ("arn:aws:iam::1:group/devs", .resource, "group/devs"),
    ("arn:aws:sts::1:role/dev", .resource, "role/dev"),
    ("arn:aws:sts::1:assumed-role/dev", .session, "assumed-role/dev"),
  ])
  func canonicalizationNamesThePart(_ text: String, _ part: ARNError.Part, _ found: String) throws {
    let principal = try IAMPrincipal(parsing: text)
    #expect(principal.canonicalARN == nil)
    #expect(throws: ARNError(part, found: found)) { try principal.canonicalized() }
  }

  @Test func onlyRolesLoseTheirPath() throws {
    func stripped(_ text: String) throws -> String {
      try IAMPrincipal(parsing: text).strippingPath().description
    }
    #expect(try stripped("arn:aws:iam:x:1:role/a/b") == "arn:aws:iam::1:role/b")
    #expect(try stripped("arn:aws:iam:x:1:role/b") == "arn:aws:iam:x:1:role/b")
    #expect(try stripped("arn:aws:iam::1:user/a/b") == "arn:aws:iam::1:user/a/b")
    #expect(throws: ARNError(.partition, found: "")) { try stripped("arn::iam::1:role/a/b") }
  }

  @Test func rolesOfIdentityCenterAreRecognised() throws {
    let role = try IAMPrincipal(
      parsing: "arn:aws:sts::1:assumed-role/AWSReservedSSO_Dev_Ops_0123456789abcdef/jane")
    #expect(role.ssoRole?.permissionSetName == "Dev_Ops")
    #expect(role.ssoRole?.suffix == "0123456789abcdef")
  }

  @Test(arguments: [
    "AWSReservedSSO_Dev", "AWSReservedSSO__0123456789abcdef", "AWSReservedSSO_0123456789abcdef",
    "AWSReservedSSO_Dev_0123456789ABCDEF", "AWSReservedSSO_Dev-0123456789abcdef", "Dev",
    "awsreservedsso_Dev_0123456789abcdef", "AWSReservedSSO_Dev_123456789abcdef",
  ])
  func otherNamesAreNotOfIdentityCenter(_ name: String) {
    #expect(SSORole(roleName: name) == nil)
  }

  @Test(arguments: [
    ("role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS", true),
    ("role/AWSServiceRoleForBatch", true), ("role/team/AWSServiceRoleForBatch", false),
    ("user/AWSServiceRoleForBatch", false), ("role/dev", false),
  ])
  func serviceLinkedRolesAreRecognised(_ resource: String, _ expected: Bool) throws {
    let principal = try IAMPrincipal(parsing: "arn:aws:iam::1:\(resource)")
    #expect(principal.isServiceLinkedRole == expected)
  }
}
