import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A mapRoles without any row for nodes.
public enum NoNodeMapping: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "no-node-mapping",
    severity: .error,
    summary: "mapRoles is written and holds no row for nodes",
    rationale: """
      `mapRoles` is one string: applying a manifest replaces the whole of it. A file that holds \
      only the rows of people takes away the rows that EKS and node groups put there, and the \
      nodes turn NotReady when their tokens run out. Where all nodes join through access \
      entries, aws-auth needs no rows for them.
      """,
    source: "EKS user guide, \"Grant IAM users access to Kubernetes with a ConfigMap\"",
    needsWholeFile: true,
    failing: [
      .data(
        """
        ↓mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/developers
            username: developer:{{SessionName}}
            groups: [developers]
        """)
    ],
    passing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: people-only, namespace: access}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/developers
              username: developer:{{SessionName}}
              groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/alice
          username: alice
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue
          username: "${USERNAME}"
          groups: ["${GROUP}"]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    // A script may have looked first whether there is a map already.
    guard subject.file.template?.kind != .program else { return }
    for configMap in subject.configMaps { check(configMap, subject.options, &findings) }
  }

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard !options.nodesUseAccessEntries, configMap.manifest.dialect.replacesSections,
      !configMap.manifest.dialect.isConfigMap || configMap.manifest.object.kind != nil,
      configMap.manifest.object.name == nil || configMap.manifest.isNamedAWSAuth,
      let section = configMap.manifest[.mapRoles], section.failure == nil, !section.isEmpty,
      !configMap.rows.contains(where: mayBeNodeRow)
    else { return }
    findings.report(
      "mapRoles has no row for nodes; applying it removes the rows that nodes join with",
      at: section.key.range,
      notes: [.init("applying the manifest replaces mapRoles as a whole")],
      help: "add the row of each node role, or apply only where all nodes use access entries")
  }

  private static func mayBeNodeRow(_ row: Row) -> Bool {
    if row.hasUnresolvedIdentity { return true }
    let signs = row.nodeSigns
    return signs.isNodeByIdentity || signs.isNodeByName || signs.isFargateByName
      || signs.username == .otherTemplate && row.username.hasPrefix("system:node:")
  }
}
