import EKSAccess
import EKSAccessManifests
import YAMLSource

/// An account without quotes.
public enum UnquotedAccount: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unquoted-account",
    severity: .warning,
    summary: "an account in mapAccounts has no quotes, so other tools read a number",
    rationale: """
      EKS reads accounts without quotes as they are written. Other tools read a number: eksctl \
      refuses the section, and what goes through Helm, Terraform or jq comes out as \
      `7.77788889999e+11`, without its leading zero, or as another number, since digits from 0 to \
      7 behind a zero are octal. In quotes every tool reads the same account.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (ParseMap)",
    fix: .safe,
    failing: [
      .data(
        """
        mapAccounts: |
          - ↓777788889999
          - ↓044455556666  # audit
          - "444455556666"
        """,
        fixed: """
          mapAccounts: |
            - "777788889999"
            - "044455556666"  # audit
            - "444455556666"
          """),
      .data(
        #"""
        mapAccounts: "[↓777788889999]"
        """#,
        fixed: #"""
          mapAccounts: "[\"777788889999\"]"
          """#),
    ],
    passing: [
      .data(
        """
        mapAccounts: |
          - "777788889999"
          - '044455556666'
          - 7777-8888-9999
          - ${ACCOUNT}
          - !!str 777788889999
        """)
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard configMap.manifest.dialect.decoding != .strict else { return }
    for account in configMap.manifest[.mapAccounts]?.accounts ?? [] {
      switch account.node.scalar {
      case .integer?, .float?: break
      default: continue
      }
      let written = account.value
      findings.report(
        "account \(written) has no quotes, so tools other than EKS read \(reading(written))",
        at: account.range,
        notes: [.init("eksctl refuses it, and other tools write the number back in another form")],
        help: "write \(YAMLWriter.doubleQuoted(written))", fix: Fix(.safe, account.node.quoting))
    }
  }

  private static func reading(_ written: String) -> String {
    written.hasPrefix("0") ? "a number without its leading zero" : "a number"
  }
}
