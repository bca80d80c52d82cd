import EKSAccess
import EKSAccessManifests
import YAMLSource

/// An authentication mode under which what is written has no effect, or locks nodes out.
public enum AuthenticationModeRule: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "authentication-mode",
    severity: .error,
    summary: "the authentication mode contradicts the entries, the bootstrap or aws-auth",
    rationale: """
      With CONFIG_MAP, which the EKS API, CloudFormation, ACK, Crossplane and CAPA take where no \
      mode is written, EKS refuses access entries, and the creator of the cluster has to become \
      its administrator. With API, aws-auth is not read any more: nodes whose role has a row \
      there and no access entry leave the cluster. There is no way back from API, and none from \
      API_AND_CONFIG_MAP to CONFIG_MAP.
      """,
    source: """
      EKS user guide, "Change authentication mode to use access entries"; EKS best practices \
      guide, "Cluster Access Manager"; answers of the EKS API
      """,
    needsWholeFile: true,
    failing: [
      Example(
        """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {name: shop, region: eu-central-1}
        accessConfig:
          authenticationMode: ↓CONFIG_MAP
          bootstrapClusterCreatorAdminPermissions: ↓false
          accessEntries:
            - principalARN: arn:aws:iam::444455556666:role/dev
              kubernetesGroups: [developers]
        """),
      Example(
        """
        apiVersion: controlplane.cluster.x-k8s.io/v1beta2
        kind: AWSManagedControlPlane
        metadata: {name: shop}
        spec:
          accessEntries:
            - principalARN: ↓arn:aws:iam::444455556666:role/dev
              kubernetesGroups: [developers]
        """),
      Example(
        """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {name: shop, region: eu-central-1}
        accessConfig:
          authenticationMode: ↓API
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/nodes
              username: system:node:{{EC2PrivateDNSName}}
              groups: [system:bootstrappers, system:nodes]
        """),
      Example(
        """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {name: shop, region: eu-central-1}
        accessConfig:
          authenticationMode: ↓CONFIG_MAP_AND_API
        """),
    ],
    passing: [
      .entries(
        """
        - principalARN: arn:aws:iam::444455556666:role/dev
          kubernetesGroups: [developers]
        """),
      Example(
        """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {name: shop, region: eu-central-1}
        accessConfig:
          authenticationMode: API
          accessEntries:
            - principalARN: arn:aws:iam::444455556666:role/teams/nodes
              type: EC2_LINUX
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/nodes
              username: system:node:{{EC2PrivateDNSName}}
              groups: [system:bootstrappers, system:nodes]
        """),
      Example(
        """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata: {name: shop, region: eu-central-1}
        accessConfig:
          authenticationMode: ${MODE}
          bootstrapClusterCreatorAdminPermissions: false
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for cluster in subject.access.clusters {
      checkName(cluster, &findings)
      checkBootstrap(cluster, &findings)
      checkEntries(of: cluster, subject.access, &findings)
      checkNodes(of: cluster, subject, &findings)
    }
  }

  private static func checkName(_ cluster: ClusterManifest, _ findings: inout FindingCollector) {
    guard cluster.authenticationMode == nil, !cluster.isObserved, let node = cluster.modeNode,
      node.isScalar, node.tag == nil, !Placeholder.isUnresolved(identity: node.string)
    else { return }
    let isLower = cluster.dialect.writesKindsInLowerCase
    let names = AuthenticationMode.allCases.map {
      isLower ? $0.rawValue.lowercased() : $0.rawValue
    }
    findings.report(
      "there is no authentication mode \"\(node.string)\"", at: node.range,
      help: "write \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")")
  }

  private static func checkBootstrap(
    _ cluster: ClusterManifest, _ findings: inout FindingCollector
  ) {
    guard cluster.mode == .configMap, !cluster.isObserved,
      let bootstraps = cluster.bootstrapsCreator, !bootstraps.value
    else { return }
    findings.report(
      "with CONFIG_MAP the creator of the cluster has to become its administrator",
      at: bootstraps.range,
      notes: [
        .init(
          "the EKS API answers: bootstrapClusterCreatorAdminPermissions must be true if cluster "
            + "authentication mode is set to CONFIG_MAP")
      ],
      help: "set it to true, or choose the mode API_AND_CONFIG_MAP or API")
  }

  private static func checkEntries(
    of cluster: ClusterManifest, _ access: AccessContext, _ findings: inout FindingCollector
  ) {
    guard cluster.mode == .configMap,
      let entry = access.entries.first(where: {
        $0.manifest.cluster != nil && $0.manifest.cluster == cluster.cluster
      }), !entry.manifest.isObserved
    else { return }
    let note = Finding.Note(
      "the EKS API answers: The cluster's authentication mode must be set to one of [API, "
        + "API_AND_CONFIG_MAP] to perform this operation.")
    guard let mode = cluster.modeNode else {
      findings.report(
        "the cluster has the mode CONFIG_MAP, since none is written, and so EKS refuses entries",
        at: entry.range(of: .principalARN),
        notes: [.init("the cluster is here", at: head(of: cluster)), note],
        help: "give the cluster the authentication mode API_AND_CONFIG_MAP")
      return
    }
    findings.report(
      "with the mode CONFIG_MAP EKS refuses the access entries of the cluster", at: mode.range,
      notes: [.init("an entry is here", at: entry.range(of: .principalARN)), note],
      help: "write API_AND_CONFIG_MAP, which cannot be taken back")
  }

  private static func head(of cluster: ClusterManifest) -> Range<Int> {
    cluster.node.pairs.first?.key.range ?? cluster.node.range
  }

  /// The nodes that only aws-auth knows, where one cluster and one ConfigMap are in the input.
  private static func checkNodes(
    of cluster: ClusterManifest, _ subject: LintSubject, _ findings: inout FindingCollector
  ) {
    let access = subject.access
    guard cluster.mode == .api, !cluster.isObserved, subject.mapsOfEKS.count == 1,
      access.clusters.count == 1, !access.hasOtherClusters, let mode = cluster.modeNode
    else { return }
    let known = Set(
      access.all.compactMap { IAMPrincipal($0.entry.principalARN) }.map(PrincipalKey.init))
    guard !access.entries.contains(where: { $0.isUnresolved(.principalARN) }) else { return }
    for row in subject.mapsOfEKS[0].rows
    where row.nodeSigns.isNodeByIdentity && row.entry.isKept {
      guard let written = row.entry.arn, let principal = IAMPrincipal(written.value),
        !known.contains(PrincipalKey(principal))
      else { continue }
      findings.report(
        "with the mode API aws-auth is not read, and \(principal.name) has no access entry: its "
          + "nodes leave the cluster", at: mode.range,
        notes: [.init("the row of the nodes is here", at: written.range)],
        help: "make an access entry of the type of the nodes first, then change the mode")
      return
    }
  }
}
