import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A session name in the username of an access entry without a colon before it.
public enum EntrySessionNameColon: EntryRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "entry-session-name-colon",
    severity: .error,
    summary: "the username of an access entry has a session name and no colon before it",
    rationale: """
      The caller chooses the session name. So that nobody can choose a whole username, EKS wants a \
      colon somewhere before `{{SessionName}}` and refuses other entries. Roles and bindings that \
      name the user have to follow when the username changes.
      """,
    source: "EKS user guide, \"Create access entries\" (Username)",
    fix: .unsafe,
    failing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesUsername: ↓dev-{{SessionName}}
          kubernetesGroups: [developers]
        - principalARN: arn:aws:iam::444455556666:role/ops
          kubernetesUsername: ↓"{{SessionNameRaw}}"
          kubernetesGroups: [operators]
        """,
        fixed: """
          - principalARN: arn:aws:iam::444455556666:role/dev
            kubernetesUsername: dev-:{{SessionName}}
            kubernetesGroups: [developers]
          - principalARN: arn:aws:iam::444455556666:role/ops
            kubernetesUsername: ":{{SessionNameRaw}}"
            kubernetesGroups: [operators]
          """)
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesUsername: de:v-{{SessionName}}
          kubernetesGroups: [developers]
        - principalARN: arn:aws:iam::444455556666:role/ops
          kubernetesUsername: ops-{{AccountID}}
          kubernetesGroups: [operators]
        - principalARN: arn:aws:iam::444455556666:role/qa
          kubernetesUsername: ${PREFIX}{{SessionName}}
          kubernetesGroups: [testers]
        """)
    ])

  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector
  ) {
    for violation in entry.violations where violation.reason == .sessionNameWithoutColon {
      let username = entry.entry.username ?? ""
      let corrected = withColon(username)
      findings.report(
        "a session name needs a colon before it, so EKS refuses this username",
        at: entry.range(of: violation.field), notes: violation.notes,
        help: "write \"\(corrected)\", and the same in bindings that name the user",
        fix: Fix(.unsafe, entry.node(of: violation.field)?.replacing(with: corrected)))
    }
  }

  private static func withColon(_ username: String) -> String {
    let bytes = Array(username.utf8)
    let start =
      bytes.indices.first { bytes[$0...].starts(with: "{{SessionName".utf8) } ?? bytes.startIndex
    return String(decoding: bytes[..<start] + [UInt8(ascii: ":")] + bytes[start...], as: UTF8.self)
  }
}
