import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A key of `data` that EKS does not know.
public enum UnknownSection: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "unknown-section",
    severity: .warning,
    summary: "a key of `data` is none that EKS reads",
    rationale: """
      EKS reads `mapRoles`, `mapUsers` and `mapAccounts` of aws-auth. It passes over any other key \
      without a word: rows below a misspelled key give nobody access.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (ParseMap)",
    failing: [
      .data(
        """
        ↓mapRolez: |
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
        """),
      .data(
        """
        mapUsers: "[]"
        ↓owner: platform-team
        """),
    ],
    passing: [
      .data(
        """
        mapRoles: "[]"
        mapUsers: "[]"
        mapAccounts: "[]"
        """),
      .data("maproles: ''"),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: tools
        data:
          color: blue
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let manifest = configMap.manifest
    guard manifest.isFragment || manifest.isNamedAWSAuth else { return }
    let names = AWSAuthSection.allCases.map(\.rawValue)
    for node in manifest.keys where !AWSAuthManifest.isSectionLike(node) {
      let key = node.string
      guard !Placeholder.isUnresolved(identity: key)
      else { continue }
      let suggestion = Suggestion.nearest(key, in: names)
      findings.report(
        "\"\(key)\" is no key that EKS reads of aws-auth, so what stands there has no effect",
        at: node.range,
        notes: [.init("the keys that it reads are \"mapRoles\", \"mapUsers\" and \"mapAccounts\"")],
        help: suggestion.map { "did you mean \"\($0)\"?" } ?? "remove the key")
    }
  }
}

extension AWSAuthManifest {
  /// Whether the object is named aws-auth, in this or another spelling.
  var isNamedAWSAuth: Bool {
    guard let name = object.name, name.isScalar else { return false }
    return Self.isAWSAuthSpelling(name.string)
  }

  static func isAWSAuthSpelling(_ name: String) -> Bool {
    name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." && $0 != " " } == "awsauth"
  }
}
