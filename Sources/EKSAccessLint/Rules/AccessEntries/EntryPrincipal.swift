import EKSAccess
import EKSAccessManifests
import YAMLSource

/// An access entry for something that is no IAM principal.
public enum EntryPrincipal: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-principal",
    severity: .error,
    summary: "the principal of an access entry is not the full ARN of a role or user",
    rationale: """
      An access entry names one existing IAM role or user by its real ARN, path included: the \
      opposite of aws-auth, where a path never matches. The ARN of a role session, of a group or \
      with a wildcard is refused, and so is a role of IAM Identity Center without \
      `aws-reserved/sso.amazonaws.com/<region>/` before its name.
      """,
    source: """
      EKS API reference, CreateAccessEntry (principalArn); EKS user guide, "Create access entries"
      """,
    fix: .safe,
    failing: [
      .entries(
        """
        - principalARN: ↓arn:aws:sts::444455556666:assumed-role/deployer/terminal
          kubernetesGroups: [deployers]
        """,
        fixed: """
          - principalARN: arn:aws:iam::444455556666:role/deployer
            kubernetesGroups: [deployers]
          """),
      .entries(
        """
        - principalARN: ↓arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef
          kubernetesGroups: [admins]
        - principalARN: ↓arn:aws:iam::444455556666:group/developers
          kubernetesGroups: [developers]
        - principalARN: ↓"arn:aws:iam::444455556666:role/dev-*"
          kubernetesGroups: [developers]
        - principalARN: ↓arn:aws:iam::4444:role/dev
          kubernetesGroups: [developers]
        - principalARN: ↓developers
          kubernetesGroups: [developers]
        """),
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef
          kubernetesGroups: [admins]
        - principalARN: arn:aws:iam::444455556666:user/team/alice
          kubernetesGroups: [developers]
        - principalARN: arn:aws:iam::${ACCOUNT_ID}:role/dev
          kubernetesGroups: [developers]
        - principalARN: "{{ .Values.role }}"
          kubernetesGroups: [developers]
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations {
      guard let text = text(for: violation.reason, entry) else { continue }
      let role = violation.reason == .notAPrincipal(.assumedRole) ? role(of: entry) : nil
      findings.report(
        text.message, at: entry.range(of: violation.field), notes: violation.notes,
        help: role.map { "write \($0), with its path if it has one" } ?? text.help,
        fix: role.flatMap {
          Fix(.safe, entry.node(of: violation.field)?.replacing(with: $0))
        })
    }
  }

  /// The role behind a session, unless its ARN needs a path that the session does not tell.
  private static func role(of entry: EntrySubject) -> String? {
    guard let principal = entry.principal, principal.ssoRole == nil,
      let role = try? principal.canonicalized()
    else { return nil }
    return role.description
  }

  private static func text(
    for reason: AccessEntryViolation.Reason, _ entry: EntrySubject
  ) -> (message: String, help: String)? {
    switch reason {
    case .notAPrincipal(.assumedRole):
      return (
        "this is the ARN of a role session, and access entries are for the role",
        "write the ARN of the role, with its path: `aws iam get-role` prints it"
      )
    case .notAPrincipal(.group):
      return (
        "this is an IAM group, and access entries are for roles and users",
        "make an entry for a role that the members of the group may assume"
      )
    case .notAPrincipal:
      return (
        "this is an instance profile, and access entries are for roles and users",
        "write the ARN of the role in the profile: `aws iam get-instance-profile` prints it"
      )
    case .wildcardPrincipal:
      return (
        "an access entry is for one principal, so EKS refuses a wildcard",
        "make an entry for each principal"
      )
    case .ssoRoleWithoutPath:
      return (
        "a role of IAM Identity Center is written without its path, so EKS does not find it",
        "write role/aws-reserved/sso.amazonaws.com/<region>/<name>: `aws iam get-role` prints it"
      )
    case .malformedPrincipal:
      return (
        "\"\(entry.entry.principalARN)\" is not the ARN of a role or user",
        "write arn:<partition>:iam::<account>:role/<path and name>"
      )
    case .foreignPartition(let partition):
      return (
        "the principal is in another partition than the cluster, which is in \(partition)",
        "write the ARN of a principal of \(partition)"
      )
    default: return nil
    }
  }
}
