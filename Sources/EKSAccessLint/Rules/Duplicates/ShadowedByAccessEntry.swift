import EKSAccess
import EKSAccessManifests

/// A row of aws-auth whose principal has an access entry that gives less.
public enum ShadowedByAccessEntry: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "shadowed-by-access-entry",
    severity: .error,
    summary: "an access entry replaces a row of aws-auth and does not give what the row gives",
    rationale: """
      EKS asks the access entries first. An entry for a principal replaces its row in aws-auth as \
      a whole: neither the username nor the groups of the row are added. An entry without groups \
      and policies therefore takes away everything that the row gave. The rule looks where the \
      input holds one ConfigMap and the entries of one cluster.
      """,
    source: """
      EKS user guide, "Migrating existing aws-auth ConfigMap entries to access entries"; \
      aws-iam-authenticator pkg/server/server.go (doMapping)
      """,
    needsWholeFile: true,
    failing: [
      shadowed(
        row: """
          - rolearn: ↓arn:aws:iam::444455556666:role/dev
            username: dev:{{SessionName}}
            groups: [developers, viewers]
          """,
        entry: "kubernetesUsername: dev:{{SessionName}}\n      kubernetesGroups: [viewers]"),
      shadowed(
        row: """
          - rolearn: ↓arn:aws:iam::444455556666:role/dev
            username: dev:{{SessionName}}
            groups: [system:masters]
          """, entry: "type: STANDARD"),
    ],
    passing: [
      shadowed(
        row: """
          - rolearn: arn:aws:iam::444455556666:role/dev
            username: dev:{{SessionName}}
            groups: [developers]
          - rolearn: arn:aws:iam::444455556666:role/ops
            username: ops
            groups: [operators]
          """,
        entry: "kubernetesUsername: dev:{{SessionName}}\n      kubernetesGroups: [developers, more]"
      ),
      shadowed(
        row: """
          - rolearn: arn:aws:iam::444455556666:role/dev
            username: dev:{{SessionName}}
            groups: [system:masters]
          """,
        entry: """
          kubernetesUsername: dev:{{SessionName}}
                accessPolicies:
                  - policyARN: arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy
                    accessScope: {type: cluster}
          """),
      shadowed(
        row: """
          - rolearn: arn:aws:iam::444455556666:role/dev
            username: system:node:{{EC2PrivateDNSName}}
            groups: [system:bootstrappers, system:nodes]
          """, entry: "type: EC2_LINUX"),
    ])

  private static func shadowed(row: String, entry: String) -> Example {
    let rows = row.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    return Example(
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: aws-auth, namespace: kube-system}
      data:
        mapRoles: |
      \(rows)
      ---
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {name: shop, region: eu-central-1}
      accessConfig:
        accessEntries:
          - principalARN: arn:aws:iam::444455556666:role/teams/dev
            \(entry)
      """)
  }

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    guard subject.mapsOfEKS.count == 1, subject.isOneCluster else { return }
    let entries = subject.entriesByPrincipal
    guard !entries.isEmpty else { return }
    for row in subject.mapsOfEKS[0].rows where row.entry.isKept {
      guard let arn = row.entry.arn, let principal = IAMPrincipal(arn.value),
        let entry = entries[PrincipalKey(principal)], !row.hasUnresolvedIdentity
      else { continue }
      check(row, arn.range, entry, subject, &findings)
    }
  }

  private static func check(
    _ row: Row, _ range: Range<Int>, _ entry: InputAccess.Entry, _ subject: LintSubject,
    _ findings: inout FindingCollector
  ) {
    guard entry.unresolved.isDisjoint(with: [.kind, .groups, .policies, .username]) else { return }
    let identity = entry.entry.identity
    var lost = row.entry.groups.map(\.value).filter { !identity.groups.contains($0) }
    // Nodes with an entry do not need the group that they join with.
    if entry.entry.kind.isNode { lost.removeAll { $0 == "system:bootstrappers" } }
    if entry.entry.policies.contains(where: {
      AccessPolicyARN($0.policyARN)?.policy == .clusterAdmin && $0.scope.kind == .cluster
    }) {
      lost.removeAll { $0 == "system:masters" }
    }
    // What EKS answers about an entry does not tell its policies.
    if entry.isObserved, entry.entry.policies.isEmpty { lost.removeAll { $0 == "system:masters" } }
    guard !lost.isEmpty else { return }
    let isEmpty = identity.groups.isEmpty && entry.entry.policies.isEmpty && !entry.isObserved
    findings.report(
      "an access entry replaces this row and does not give "
        + (lost.count == 1 ? "the group " : "the groups ")
        + lost.map { "\"\($0)\"" }.joined(separator: ", ")
        + (isEmpty ? ": it gives nothing at all" : ""),
      at: range, notes: [.init("the entry is here", at: entry.place, from: subject.path)],
      help: "give the entry what the row gives, or remove one of the two")
  }
}

extension LintSubject {
  /// Whether the ConfigMaps and entries of the run can be those of one cluster.
  fileprivate var isOneCluster: Bool {
    !hasOtherMaps && !access.clusters.contains { $0.mode == .configMap }
      && Set(access.all.compactMap(\.cluster)).count < 2
  }

  fileprivate var entriesByPrincipal: [PrincipalKey: InputAccess.Entry] {
    var entries: [PrincipalKey: InputAccess.Entry] = [:]
    for entry in access.all where !entry.unresolved.contains(.principalARN) {
      guard let principal = IAMPrincipal(entry.entry.principalARN) else { continue }
      // A list of principals tells less than a description of the entry.
      let key = PrincipalKey(principal)
      if let known = entries[key], known.unresolved.count <= entry.unresolved.count { continue }
      entries[key] = entry
    }
    return entries
  }
}
