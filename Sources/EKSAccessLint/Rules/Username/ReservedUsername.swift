import EKSAccess
import EKSAccessManifests
import KubernetesRBAC

/// A username that Kubernetes or AWS keeps for itself.
public enum ReservedUsername: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "reserved-username",
    severity: .warning,
    summary: "the username of a person or pipeline begins with a reserved prefix",
    rationale: """
      Usernames that begin with `system:` belong to the components of Kubernetes: in the audit \
      log a person or pipeline looks like one of them, and some of these names have rights by \
      default. Access entries refuse usernames that begin with `system:`, `eks:`, `aws:`, \
      `amazon:` or `iam:`, so such a row cannot be carried over as it is. Nodes need \
      `system:node:` and have rules of their own.
      """,
    source: """
      Kubernetes, "Using RBAC Authorization"; EKS user guide, "Create access entries"
      """,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: ↓system:pipeline
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/scheduler
          username: ↓"system:kube-scheduler"
          groups: [schedulers]
        - rolearn: arn:aws:iam::444455556666:role/developers
          username: ↓aws:{{AccountID}}:{{SessionName}}
          groups: [developers]
        """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:user/alice\", \"username\": ↓\"system:admin\"}]"
        """#),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/pods
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes, system:node-proxier]
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: pipeline:system
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: systems:{{SessionName}}
          groups: [operators]
        - rolearn: arn:aws:iam::444455556666:role/aws-support
          username: aws-support
          groups: [support]
        """),
      // A fixed name of a node is a finding of another rule.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/pipeline
          username: system:node:pipeline
          groups: [deployers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let username = row.username
    guard let prefix = prefixes.first(where: { username.utf8.starts(with: $0.utf8) }),
      !username.utf8.starts(with: "system:node:".utf8), !row.nodeSigns.isNodeByIdentity,
      // A wildcard has a finding of its own.
      !username.utf8.contains(UInt8(ascii: "*")), !Placeholder.isUnresolved(identity: username)
    else { return }
    findings.report(
      message(username, prefix), at: row.usernameRange, notes: notes(username, prefix),
      help: help(username, prefix))
  }

  private static let prefixes = ["system:", "eks:", "aws:", "amazon:", "iam:"]

  private static func message(_ username: String, _ prefix: String) -> String {
    let text = "username \"\(username)\" begins with \"\(prefix)\""
    return switch prefix {
    case "system:": text + ", so this caller looks like a component of Kubernetes in the audit log"
    case "eks:": text + ", so this caller looks like a part of EKS in the audit log"
    default: text + ", which access entries refuse"
    }
  }

  private static func notes(_ username: String, _ prefix: String) -> [Finding.Note] {
    var notes: [Finding.Note] = []
    if let known = WellKnownUsernames.named(username) {
      let isPrefix = known.form == .prefix
      let name = (isPrefix ? "a name that begins with " : "") + "\"\(known.name)\""
      notes.append(.init("\(name) \(known.meaning)"))
    }
    notes.append(
      .init(
        prefix == "system:" || prefix == "eks:"
          ? "access entries refuse such a name, so this row cannot be carried over to one"
          : "this row cannot be carried over to an access entry as it is"))
    return notes
  }

  private static func help(_ username: String, _ prefix: String) -> String {
    let rest = username.utf8.dropFirst(prefix.utf8.count)
    let text = String(decoding: rest, as: UTF8.self)
    return text.isEmpty || text.hasPrefix("{")
      ? "begin with another word" : "write \"\(text)\", or begin with another word"
  }
}
