import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A row that names a permission set in place of a role.
public enum SSOMapping: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "sso-mapping",
    severity: .error,
    summary: "a row names a permission set with \"sso\", which EKS does not look at",
    rationale: """
      aws-iam-authenticator can match the roles of a permission set of IAM Identity Center \
      whatever their suffix, behind the feature gate `SSORoleMatch`. The gate is alpha, off unless \
      somebody turns it on, and EKS documents no way to do that. A row with `sso` matches nobody \
      there. With `partition` it does not even where the gate is on: the authenticator then \
      compares with an ARN whose partition is empty. A row with both `rolearn` and `sso` is \
      dropped altogether.
      """,
    source: "aws-iam-authenticator pkg/config/mapper.go (SSOArnLike), docs/sso_role_matcher.md",
    failing: [
      .mapRoles(
        """
        - ↓sso:
            permissionSetName: OnCall
            accountID: "444455556666"
          username: on-call:{{SessionName}}
          groups: [on-call]
        - ↓sso:
            permissionSetName: OnCall
            accountID: "444455556666"
            partition: aws
          username: on-call:{{SessionName}}
          groups: [on-call]
        - ↓"sso": {permissionSetName: OnCall, accountID: "4444"}
          username: on-call:{{SessionName}}
          groups: [on-call]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_OnCall_0123456789abcdef
          ↓sso: {permissionSetName: OnCall, accountID: "444455556666"}
          username: on-call:{{SessionName}}
          groups: [on-call]
        """),
      .data(
        #"""
        mapRoles: "[{↓\"SSO\": {\"permissionSetName\": \"OnCall\", \"accountID\": \"444455556666\"}}]"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_OnCall_0123456789abcdef
          username: sso:{{SessionName}}
          groups: [sso]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          sso:
          username: deployer
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard !row.dialect.isSelfManaged, case .role(let role) = row.entry.mapping, let sso = role.sso,
      let field = row.entry.field(.sso)
    else { return }
    let hasBoth = role.validationError == .bothRoleARNAndSSO
    findings.report(
      hasBoth ? messageForBoth : message, at: field.key.range, notes: notes(role, sso),
      help: hasBoth ? helpForBoth : help(sso))
  }

  private static let message =
    "the key \"sso\" has no effect on EKS, so this row matches nobody"

  private static let messageForBoth =
    "this row has both \"rolearn\" and \"sso\", so EKS drops it"

  private static func notes(_ role: RoleMapping, _ sso: SSORoleMatcher) -> [Finding.Note] {
    var notes = [Finding.Note]()
    switch role.validationError {
    case nil, .bothRoleARNAndSSO?: break
    case .invalidSSOAccount(let text)? where Placeholder.isUnresolved(arn: text): break
    case .invalidPermissionSetName(let text)? where Placeholder.isUnresolved(arn: text): break
    case .unknownSSOPartition(let text)? where Placeholder.isUnresolved(arn: text): break
    case let error?: notes.append(.init("EKS drops the row, too, since \(error)"))
    }
    notes.append(.init("the feature gate \"SSORoleMatch\" is alpha, and EKS does not offer it"))
    if !sso.partition.isEmpty {
      notes.append(.init("with \"partition\" the row does not match even where the gate is on"))
    }
    return notes
  }

  private static let helpForBoth = "remove \"sso\" and keep the ARN of the role"

  private static func help(_ sso: SSORoleMatcher) -> String {
    let account = sso.accountID.isEmpty ? "<account>" : sso.accountID
    let name = sso.permissionSetName.isEmpty ? "<permission set>" : sso.permissionSetName
    let partition = sso.partition.isEmpty ? "aws" : sso.partition
    return """
      write the role of the permission set in place of "sso": rolearn: \
      arn:\(partition):iam::\(account):role/AWSReservedSSO_\(name)_<16 hex digits>
      """
  }
}
