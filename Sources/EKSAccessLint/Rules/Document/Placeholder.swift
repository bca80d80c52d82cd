import EKSAccess
import EKSAccessManifests
import YAMLSource

extension Placeholder: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "placeholder",
    severity: .error,
    summary: "a value is still the text of an example that somebody has to replace",
    rationale: """
      EKS takes `<ARN of instance role>`, `ACCOUNT_ID` or `YOUR_ROLE` literally: the row matches \
      nobody, or gives a group that does not exist. Nodes whose role is meant do not join. \
      Expressions that another program replaces, such as `${ACCOUNT_ID}`, are left alone.
      """,
    source: "EKS user guide auth-configmap and launch-workers, whose files have such places",
    failing: [
      .mapRoles(
        """
        - rolearn: ↓<ARN of instance role (not instance profile)>
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::↓ACCOUNT_ID:role/deployer
          username: ↓YOUR_NAME
          groups: ["↓<group>"]
        """),
      .data(
        #"""
        mapAccounts: "- \"↓XXXXXXXXXXXX\"\n"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::${ACCOUNT_ID}:role/deployer
          username: $YOUR_NAME
          groups: ["{{ TEAM_ARN }}", todo_app-users, insert_jobs]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:<<EC2PrivateDNSName>>
          groups: [system:bootstrappers, system:nodes]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    for row in configMap.rows {
      if row.isUnresolved, let arn = row.entry.arn { check(arn, &findings) }
      if let username = row.entry.username { check(username, &findings) }
      for group in row.entry.groups { check(group, &findings) }
    }
    for section in configMap.manifest.sections {
      for account in section.accounts { check(account, &findings) }
    }
  }

  private static func check(_ value: Located<String>, _ findings: inout FindingCollector) {
    let text = value.value
    guard let part = toFillIn(text) else { return }
    let start = text.utf8.distance(from: text.startIndex, to: part.startIndex)
    let end = text.utf8.distance(from: text.startIndex, to: part.endIndex)
    // An alias has its own place, and its text stands elsewhere.
    let range = value.node.isAlias ? nil : value.node.positionMap?.sourceRange(of: start..<end)
    findings.report(
      "\"\(part)\" is a placeholder, which EKS takes literally", at: range ?? value.range,
      help: "write the real value in its place")
  }
}
