import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A document that does not parse.
public enum YAMLSyntax: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "yaml-syntax",
    severity: .error,
    summary: "a document with aws-auth is not YAML",
    rationale: """
      kubectl refuses such a file, and nothing in it is applied. The usual reasons are a text after \
      `|` that is not indented deeper than its key, a comment in the first column in the middle of \
      that text, a missing `metadata:`, and prose around the manifest. Documents that do not \
      mention aws-auth or one of its keys are left alone.
      """,
    source: "YAML 1.1 (yaml.org/spec/1.1), EKS user guide auth-configmap",
    failing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapRoles: |
          ↓- rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
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
            - rolearn: arn:aws:iam::444455556666:role/deployer
        ↓#      username: old-name
              username: deployer
              groups: [deployers]
        """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
          ↓name: aws-auth
          namespace: kube-system
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/deployer
              username: deployer
              groups: [deployers]
        """),
      Example(
        """
        ↓This grants access to the deployers.
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data: {}
        """),
      Example(
        """
        {"kind": "ConfigMap", "metadata": {"name": "aws-auth"}, "data": {"mapRoles": "[]"}↓
        """),
      Example(
        """
        {"accessEntry": {"principalArn": "arn:aws:iam::444455556666:role/dev", "username": "dev"}↓
        """),
    ],
    passing: [
      Example(
        """
        apiVersion: apps/v1
        kind: Deployment
          metadata:
            name: not-ours
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
            # a comment in the text
            - rolearn: arn:aws:iam::444455556666:role/deployer
              username: deployer
              groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    // What a template shows of aws-auth was read.
    guard subject.file.template == nil else { return }
    let bytes = subject.file.bytes
    for problem in subject.file.stream.problems
    where (subject.file.section != nil || mentionsAccess(bytes[problem.document], problem))
      && TemplateEvidence.findSource(in: problem.document, of: bytes) == nil
    {
      let diagnosis = SyntaxDiagnosis(problem, in: TextLines(problem.document, of: bytes))
      let reason = diagnosis.earlyEnd() ?? diagnosis.reason()
      findings.report(
        "\(reason.message), "
          + (reason.consequence ?? consequence(subject.file, bytes[problem.document], problem)),
        at: reason.range, notes: reason.notes, help: reason.help)
    }
  }

  private static func consequence(
    _ file: ManifestFile, _ bytes: ArraySlice<UInt8>, _ problem: YAMLProblem
  ) -> String {
    if let section = file.section { return "so EKS drops every row of \"\(section.rawValue)\"" }
    return mentionsAWSAuth(bytes, problem)
      ? "so kubectl refuses the manifest" : "so no tool can read the access entries"
  }

  private static func mentionsAccess(_ bytes: ArraySlice<UInt8>, _ problem: YAMLProblem) -> Bool {
    mentionsAWSAuth(bytes, problem)
      || !Mentions(in: bytes, wanted: .accessEntries).isEmpty
  }

  /// In UTF-16 every other byte of the words is zero.
  private static func mentionsAWSAuth(_ bytes: ArraySlice<UInt8>, _ problem: YAMLProblem) -> Bool {
    problem.kind == .characters(.wideEncoding)
      ? ManifestFile.mentionsAWSAuth(bytes.filter { $0 != 0 })
      : ManifestFile.mentionsAWSAuth(bytes)
  }
}
