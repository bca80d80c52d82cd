import EKSAccessManifests
import YAMLSource

/// An item of eksctl's `iamIdentityMappings` that eksctl refuses.
public enum EksctlMapping: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "eksctl-mapping",
    severity: .error,
    summary: "eksctl refuses an item of iamIdentityMappings",
    rationale: """
      An item is one of three: a row with `arn` and a username or groups, an `account` alone, or a \
      `serviceName` with its `namespace`. eksctl refuses mixtures of them, and ARNs that are of \
      neither a role nor a user, before or while it makes the cluster.
      """,
    source: "eksctl pkg/apis/eksctl.io/v1alpha5/identitymapping.go, pkg/iam/mapping.go",
    fix: .safe,
    failing: [
      Example(
        """
        iamIdentityMappings:
          - account: ↓444455556666
        """,
        fixed: """
          iamIdentityMappings:
            - account: "444455556666"
          """),
      Example(
        """
        iamIdentityMappings:
          - account: ↓"444455556666"
            groups: [viewers]
        """),
      Example(
        """
        iamIdentityMappings:
          - arn: ↓arn:aws:iam::444455556666:role/deployer
        """),
      Example(
        """
        iamIdentityMappings:
          - arn: ↓arn:aws:iam::444455556666:instance-profile/deployer
            username: deployer
            groups: [deployers]
        """),
      Example(
        """
        iamIdentityMappings:
          - serviceName: ↓emr-containers
          - namespace: ↓emr
          - serviceName: ↓emr-containers
            namespace: emr
            arn: arn:aws:iam::444455556666:role/emr
            username: emr
            groups: [emr]
        """),
    ],
    passing: [
      Example(
        """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {name: orders, region: eu-west-1}
        iamIdentityMappings:
          - arn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
            noDuplicateARNs: true
          - account: "444455556666"
          - serviceName: emr-containers
            namespace: emr
        """),
      Example(
        """
        iamIdentityMappings:
          - arn: ${role_arn}
            groups: [deployers]
          - arn: ""
            username: deployer
          - arn: arn:aws:iam::444455556666:role/auditor
            group: [auditors]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard !subject.file.eksctlConfigs.isEmpty else { return }
    let misspelt = misspelt(subject)
    for config in subject.file.eksctlConfigs {
      for refusal in config.refusals
      where refusal.value != .noIdentity || !misspelt.contains(refusal.range.lowerBound) {
        let (message, help) = words(refusal.value)
        findings.report(
          "\(message), which eksctl refuses", at: refusal.range, help: help,
          fix: refusal.value == .accountNotText ? Fix(.safe, refusal.node.quoting) : nil)
      }
    }
  }

  /// Where the ARNs of rows begin that have their username or groups behind a key that eksctl does
  /// not know.
  private static func misspelt(_ subject: LintSubject) -> Set<Int> {
    Set(
      subject.configMaps.flatMap(\.rows).filter {
        $0.lacksRequiredIdentity && ($0.hasMisspelled(.username) || $0.hasMisspelled(.groups))
      }.map(\.range.lowerBound))
  }

  private static func words(
    _ refusal: EksctlClusterConfig.Refusal
  ) -> (message: String, help: String) {
    switch refusal {
    case .accountWithOthers:
      ("\"account\" stands beside other keys", "give the account an item of its own")
    case .accountNotText: ("\"account\" is not text", "put the account id in quotes")
    case .serviceWithARN:
      (
        "\"serviceName\" stands beside \"arn\", \"username\" and \"groups\"",
        "give the service an item of its own"
      )
    case .serviceWithoutNamespace:
      ("\"serviceName\" has no \"namespace\"", "write the namespace of the service")
    case .namespaceWithoutService:
      (
        "\"namespace\" has no \"serviceName\"",
        "write serviceName: emr-containers, or remove the namespace"
      )
    case .noIdentity:
      ("the row has neither a username nor groups", "write a username and groups")
    case .neitherRoleNorUser:
      ("the ARN is of neither a role nor a user", "write the ARN of a role or user")
    }
  }
}
