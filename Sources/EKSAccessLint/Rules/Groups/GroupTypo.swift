import EKSAccess
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// A group that is nearly one of Kubernetes' own, or only begins like one.
public enum GroupTypo: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "group-typo",
    severity: .error,
    summary: "a group is a misspelt name of Kubernetes, or a `system:` group that does not exist",
    rationale: """
      Nothing checks the groups of a row: `system:master` is a group like any other, to which \
      nobody has bound a role. Kubernetes compares names exactly, letter case included, so the \
      caller is let in and may do nothing. Names that begin with `system:` are reserved for \
      Kubernetes; those that it does not define have no meaning, and access entries refuse all of \
      them. The groups that nodes need are checked together with their rows.
      """,
    source: """
      Kubernetes, "Using RBAC Authorization" (default roles and role bindings); EKS user guide, \
      "Create access entries"
      """,
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/platform
          username: platform:{{SessionName}}
          groups: [system:masters]
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: operator:{{SessionName}}
          groups:
            - ↓system:master
        - rolearn: arn:aws:iam::444455556666:role/support
          username: support:{{SessionName}}
          groups: [↓System:Masters, ↓"systems:masters", support, ↓sytsme:master]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/platform
            username: platform:{{SessionName}}
            groups: [system:masters]
          - rolearn: arn:aws:iam::444455556666:role/operators
            username: operator:{{SessionName}}
            groups:
              - system:masters
          - rolearn: arn:aws:iam::444455556666:role/support
            username: support:{{SessionName}}
            groups: [system:masters, "system:masters", support, system:masters]
          """),
      .data(
        #"""
        mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:user/alice\", \"groups\": [↓\"system-monitoring\"]}]"
        """#,
        fixed: #"""
          mapUsers: "[{\"userarn\": \"arn:aws:iam::444455556666:user/alice\", \"groups\": [\"system:monitoring\"]}]"
          """#),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/auditors
          username: auditor:{{SessionName}}
          groups: [↓system:readonly]
        """),
      // The right group is there already.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes, ↓system:node]
        """),
    ],
    passing: [
      // Whatever it is called: a binding gives it something.
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/readers
              username: reader:{{SessionName}}
              groups: [system:readonly]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: readers}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects:
          - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:readonly"}
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/operators
          username: operator:{{SessionName}}
          groups: [system:authenticated, "system:serviceaccounts:jobs", system:monitoring]
        - rolearn: arn:aws:iam::444455556666:role/support
          username: support:{{SessionName}}
          groups: [masters, nodes, team:masters, "system:{{AccountID}}"]
        - rolearn: arn:aws:iam::444455556666:role/developers
          username: developer:{{SessionName}}
          groups: ["${GROUP}", "<system:master>", "system:master - system:nodes", "system:*"]
        """),
      // The rule about the groups of nodes reports these.
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/blue-nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstraper, system:node]
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps { check(configMap, subject, &findings) }
  }

  private static func check(
    _ configMap: ConfigMapSubject, _ subject: LintSubject, _ findings: inout FindingCollector
  ) {
    // Rows repeat few groups, and each is judged once.
    var sound = subject.options.knownGroups
    for row in configMap.rows {
      for group in row.entry.groups where !sound.contains(group.value) {
        if let mistake = Mistake(group.value),
          subject.rbac?.binding(of: group.value, as: .group) == nil
        {
          report(mistake, group, row, &findings)
        } else {
          sound.insert(group.value)
        }
      }
    }
  }

  /// What is wrong with a name.
  private enum Mistake {
    /// It is nearly a group of Kubernetes or EKS.
    case misspelt(String)
    /// It begins like a group of Kubernetes and is near none.
    case unknown

    init?(_ text: String) {
      if let meant = GroupTypo.meant(by: text) {
        self = .misspelt(meant)
      } else if text.utf8.starts(with: "system:".utf8), GroupTypo.isFinal(text),
        WellKnownGroups.named(text) == nil
      {
        self = .unknown
      } else {
        return nil
      }
    }
  }

  /// The group of Kubernetes or EKS that a text was probably meant to be; `nil` where it is one.
  static func meant(by text: String) -> String? {
    guard WellKnownGroups.named(text) == nil,
      let nearest = Suggestion.nearest(unscrambled(text), in: names), isFinal(text)
    else { return nil }
    return nearest
  }

  private static let names = WellKnownGroups.all.filter { $0.form == .exact }.map { $0.name }

  /// The text with `system` before its colon where it has the letters of that word in another
  /// order, one of them perhaps wrong: `susmte:master`.
  private static func unscrambled(_ text: String) -> String {
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return text }
    var left = Array(text[..<colon].utf8)
    guard left.count == 6 else { return text }
    for letter in "system".utf8 {
      if let place = left.firstIndex(where: { $0 | 0x20 == letter }) { left.remove(at: place) }
    }
    return left.count < 2 ? "system" + text[colon...] : text
  }

  /// Whether nothing in a text is for another rule to judge: templates, lists, wildcards.
  private static func isFinal(_ text: String) -> Bool {
    !text.utf8.contains { " \t\n,{<*".utf8.contains($0) }
      && !Placeholder.isUnresolved(identity: text)
  }

  private static func report(
    _ mistake: Mistake, _ group: Located<String>, _ row: Row,
    _ findings: inout FindingCollector
  ) {
    switch mistake {
    case .misspelt(let meant):
      let isThere = row.hasGroup(meant)
      // The rule about the groups of nodes names a missing one, and its misspelling.
      if !isThere, row.lacksAsNode(meant) { return }
      findings.report(
        "group \"\(group.value)\" is not \"\(meant)\", so this row gives none of its rights",
        at: group.range, notes: [.init("\"\(meant)\" \(meaning(meant))")],
        help: isThere ? "remove it: \"\(meant)\" is there already" : "write \"\(meant)\"",
        fix: isThere ? nil : Fix(.safe, group.node.replacing(with: meant)))
    case .unknown:
      findings.report(
        "group \"\(group.value)\" does not exist, so this row gives nothing with it",
        at: group.range,
        notes: [
          .init("no component uses it, and names that begin with \"system:\" are reserved"),
          .init("access entries refuse such a group, even where a binding names it"),
        ],
        help: "write a group of your own without \"system:\", and bind a role to it")
    }
  }

  private static func meaning(_ name: String) -> String {
    WellKnownGroups.named(name)?.meaning ?? ""
  }
}

extension Row {
  /// The first group that was probably meant to be a well-known one.
  func misspelling(of name: String) -> Located<String>? {
    entry.groups.first { GroupTypo.meant(by: $0.value) == name }
  }

  /// Whether the rule about the groups of nodes says that this one is missing.
  fileprivate func lacksAsNode(_ name: String) -> Bool {
    (name == NodeSigns.nodes || name == NodeSigns.bootstrappers)
      && (nodeSigns.hasNodeUsername || nodeSigns.hasJoiningGroup) && !hasUnresolvedGroup
  }
}
