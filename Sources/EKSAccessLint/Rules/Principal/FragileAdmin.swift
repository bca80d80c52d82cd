import EKSAccess
import EKSAccessManifests

/// A ConfigMap whose only administrator is a role that comes and goes.
public enum FragileAdmin: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "fragile-admin",
    severity: .warning,
    summary: "the only administrator is a role of IAM Identity Center or of a pipeline",
    rationale: """
      The name of a role of IAM Identity Center ends in sixteen digits that change when its \
      permission set is assigned anew; the role of a pipeline goes with the pipeline. When that \
      role is the only one in `system:masters`, the day it changes nobody is left who could repair \
      aws-auth. A second way in that does not depend on it is needed: another role, or an access \
      entry. The rule looks at `system:masters` alone and stays silent where another group might \
      be one of administrators.
      """,
    source: "EKS user guide, grant IAM users access to Kubernetes with a ConfigMap",
    needsWholeFile: true,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: ↓arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef
          username: admin:{{SessionName}}
          groups: [system:masters]
        - rolearn: arn:aws:iam::444455556666:role/orders-team
          username: orders:{{SessionName}}
          groups: [orders]
        """),
      .mapRoles(
        """
        - rolearn: ↓"arn:aws:iam::444455556666:role/github-actions-deploy"
          username: github-actions
          groups: [system:masters]
        """),
      .data(
        #"mapRoles: "[{\"rolearn\": ↓\"arn:aws:iam::444455556666:role/orders-ci\", \"groups\": [\"system:masters\"]}]""#
      ),
      // The pipeline's role is still the only one.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/jenkins
          username: jenkins
          groups: [system:masters]
        - rolearn: ↓arn:aws:iam::444455556666:role/jenkins
          username: jenkins-admin
          groups: [system:masters]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef
          username: admin:{{SessionName}}
          groups: [system:masters]
        - rolearn: arn:aws:iam::444455556666:role/break-glass
          username: break-glass
          groups: [system:masters]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/precise-circle
          username: operator
          groups: [system:masters]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/AWSReservedSSO_Admin_0123456789abcdef
          username: admin:{{SessionName}}
          groups: [system:masters]
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: operator:{{SessionName}}
          groups: [cluster-admins]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/gitlab-runner
          username: gitlab
          groups: [system:masters]
        - rolearn: ${ADMIN_ROLE}
          username: admin
          groups: ["${ADMIN_GROUP}"]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    // A patch is a part of a ConfigMap, and of a section that EKS cannot read nothing is known.
    guard !configMap.manifest.isFragment,
      configMap.manifest.sections.allSatisfy({ $0.failure == nil })
    else { return }
    guard configMap.rows.contains(where: { $0.hasGroup(masters) }) else { return }
    let admins = countingRows(configMap).filter(mayBeAdmin)
    guard admins.count == 1, let row = admins.first, row.hasGroup(masters),
      let written = row.written, written.kind == .role
    else { return }
    let name = String(written.name)
    if let sso = SSORole(roleName: name) {
      findings.report(
        messageForSSO(sso), at: row.range, notes: [.init(noteForSSO), .init(noteOnCreator)],
        help: help)
    } else if PipelineRoles.isPipeline(name) {
      findings.report(
        message(name), at: row.range, notes: [.init(noteOnCreator)], help: help)
    }
  }

  /// The rows without those whose place a later row of the same principal takes.
  private static func countingRows(_ configMap: ConfigMapSubject) -> [Row] {
    var seen: Set<RowKey> = []
    return configMap.rows.reversed().filter { row in
      RowKey(row).map { seen.insert($0).inserted } ?? true
    }
  }

  private static func mayBeAdmin(_ row: Row) -> Bool {
    row.hasUnresolvedIdentity
      || row.entry.groups.contains {
        $0.value.lowercased().contains("admin") || $0.value == masters
      }
  }

  private static let masters = "system:masters"

  private static func messageForSSO(_ sso: SSORole) -> String {
    """
    the only administrator is a role of permission set "\(sso.permissionSetName)", so nobody is \
    when the permission set is assigned anew
    """
  }

  private static let noteForSSO =
    "a new assignment makes a role with other digits at the end, which this row does not match"

  private static func message(_ name: String) -> String {
    "the only administrator is the pipeline's role \"\(name)\", so nobody is when that role goes"
  }

  private static let noteOnCreator =
    "who made the cluster may be an administrator too, but no ConfigMap shows that"

  private static let help =
    "add a row in \"system:masters\", or an access entry, for a role that is kept for emergencies"
}
