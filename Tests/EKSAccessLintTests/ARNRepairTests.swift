import EKSAccess
import Testing

@testable import EKSAccessLint

@Suite struct ARNRepairTests {
  static let role = "arn:aws:iam::444455556666:role/deployer"

  @Test(arguments: [
    "arn:aws:iam:444455556666:role/deployer",
    "arn:aws:iam:::444455556666:role/deployer",
    "arn:aws:iam::444455556666/role/deployer",
    "arn:aws:iam:444455556666::role/deployer",
    "arn:aws:iam:eu-west-1:444455556666:role/deployer",
    "arn:aws:sts::444455556666:role/deployer",
    "arn:aws:aim::444455556666:role/deployer",
    "arn:iam::444455556666:role/deployer",
    "arn::iam::444455556666:role/deployer",
    "arn:aws::444455556666:role/deployer",
    "aws:iam::444455556666:role/deployer",
    "arm:aws:iam::444455556666:role/deployer",
    "arn:aws:iam::arn:aws:iam::444455556666:role/deployer",
    "- rolearn: arn:aws:iam::444455556666:role/deployer",
    "arn:aws:iam::444455556666:role/team/arn:aws:iam::444455556666:role/team/deployer",
    "arn:aws:iam::444455556666:ro1e/deployer",
    "arn:aws:iam::444455556666:roles/deployer",
    "arn:aws:iam::444455556666:role:deployer",
    "arn:aws:iam::444455556666:role/deployer/",
    "arn:aws:iam::444455556666:deployer",
  ])
  func findsTheOnlyCandidate(text: String) {
    #expect(WrittenPrincipal(text).flaw != nil)
    #expect(ARNRepair.candidate(for: text, in: .mapRoles) == Self.role)
  }

  @Test(arguments: [
    "developers", "444455556666", "arn:aws:eks:eu-west-1:444455556666:cluster/orders",
    "arn:aws:iam::44445ser/alice", "arn:aws:iam::444455556666:policy/deployer",
    "arn:aws:iam:4444:role/deployer", "arn:aws-foo:iam:444455556666:role/deployer",
    "arn:aws:iam::444455556666:777788889999:role/deployer",
    "arn:aws:iam::444455556666:role/deploy;er", "arn:aws:iam::444455556666:role/",
    "arn:aws:s3:::bucket/444455556666/role/x", "arn:", "", ":", "/",
  ])
  func doesNotGuess(text: String) {
    #expect(ARNRepair.candidate(for: text, in: .mapRoles) == nil)
  }

  @Test func takesTheKindOfABareNameFromTheSection() {
    let user = ARNRepair.candidate(for: "arn:aws:iam::444455556666:alice", in: .mapUsers)
    #expect(user == "arn:aws:iam::444455556666:user/alice")
  }

  @Test func keepsThePathOfUsersAlone() {
    let text = "arn:aws-cn:iam:444455556666:user/team/alice"
    #expect(
      ARNRepair.candidate(for: text, in: .mapUsers)
        == "arn:aws-cn:iam::444455556666:user/team/alice")
    let role = WrittenPrincipal("arn:aws:iam::444455556666:role/team/deployer")
    #expect(role.corrected == Self.role)
  }
}
