import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A section whose text is not YAML, or YAML that has no JSON form.
public enum MappingSyntax: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "mapping-syntax",
    severity: .error,
    summary: "the text of a section is not YAML, so EKS drops the whole section",
    rationale: """
      `mapRoles` is a string to Kubernetes, so the API server accepts any text. The authenticator \
      parses the text afterwards. When that fails it writes a line to its log and keeps nothing of \
      the section, not even what it knew before: one wrong blank takes the access of every role, \
      the nodes' included. Sections that parse stay in effect.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (ParseMap)",
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
           ↓groups: [deployers]
        """),
      .mapRoles(
        """
        - groups:
          - deployers
            ↓rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
          ↓- rolearn: arn:aws:iam::444455556666:role/auditor
            username: auditor
            groups: [auditors]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          ↓- deployers
        """),
      .mapRoles(
        """
        - groups:
          - deployers
        ↓rolearn: arn:aws:iam::444455556666:role/deployer
        username: deployer
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          ↓username:alice
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: ↓team: alice
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: ↓"alice
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
        ↓\tusername: deployer
        \tgroups: [deployers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: !!int ↓deployer
          groups: [deployers]
        """),
      Example(
        #"""
        {
          "apiVersion": "v1",
          "kind": "ConfigMap",
          "metadata": {"name": "aws-auth", "namespace": "kube-system"},
          "data": {
            "mapRoles": "- rolearn: arn:aws:iam::444455556666:role/deployer\n   ↓username: deployer\n"
          }
        }
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - groups:
          - deployers
          rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: {{SessionName}}
          groups: [deployers]
        """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapRoles: |
            {{- range .Values.roles }}
            - rolearn: {{ .arn }}
              username: {{ .name }}
            {{- end }}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for (configMap, section) in subject.unreadableSections {
      let reason: SyntaxReason
      switch section.failure {
      case .syntax(let problem)?:
        let lines = TextLines(textOf: section.value, in: subject.file.bytes)
        reason = SyntaxDiagnosis(problem, in: lines).reason()
      case .notJSON(let notJSON)?: reason = Self.reason(notJSON)
      default: continue
      }
      guard UnquotedTemplate.places(in: section, of: subject.file).isEmpty,
        TemplateEvidence.find(of: section, in: configMap, of: subject.file)
          == nil
      else { continue }
      findings.report(
        message(reason, section, in: configMap), at: reason.range,
        notes: reason.notes + (configMap.dialect.refusal == nil ? [.init(note)] : []),
        help: reason.help)
    }
  }

  private static func message(
    _ reason: SyntaxReason, _ section: AWSAuthSectionText, in manifest: AWSAuthManifest
  ) -> String {
    if let consequence = reason.consequence { return "\(reason.message), \(consequence)" }
    if let refusal = manifest.dialect.refusal { return "\(reason.message), so \(refusal)" }
    let what = section.section == .mapAccounts ? "account" : "row"
    return "\(reason.message), so EKS cannot parse \"\(section.section.rawValue)\" and drops every "
      + "\(what) of it"
  }

  private static let note = "EKS reads a section as a whole; the other sections stay in effect"

  private static func reason(_ notJSON: NotJSON) -> SyntaxReason {
    let (message, help) =
      switch notJSON.kind {
      case .collectionKey: ("a mapping or list is used as a key", "put the text in quotes")
      case .nullKey: ("a key is empty", "write the name of the key before the colon")
      case .number:
        ("\"\(notJSON.node.string)\" is a number without JSON form", "put the value in quotes")
      case .tag(let tag):
        ("\"\(notJSON.node.string)\" does not fit the tag \"\(tag)\"", "remove the tag")
      case .merge: ("\"<<\" merges a value that is no mapping", "merge mappings alone")
      case .escape:
        (
          "the quoted text has an escape that YAML does not know",
          "write the character itself, / in place of \\/"
        )
      }
    return SyntaxReason(message: message, range: notJSON.node.range, help: help)
  }
}

extension LintSubject {
  /// The sections that EKS cannot read, with the ConfigMaps that they stand in.
  var unreadableSections: [(configMap: AWSAuthManifest, section: AWSAuthSectionText)] {
    configMaps.flatMap { configMap in
      configMap.manifest.sections.filter { $0.failure != nil }.map { (configMap.manifest, $0) }
    }
  }
}
