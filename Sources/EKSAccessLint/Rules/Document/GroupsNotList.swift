import EKSAccessManifests
import YAMLSource

/// Groups that are one word, a number or a mapping.
public enum GroupsNotList: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "groups-not-list",
    severity: .error,
    summary: "`groups` is not a list, so the row gives no groups",
    rationale: """
      EKS keeps the row and leaves its groups empty: callers are let in and may do nothing, with \
      403 on every request. Even a single group must be written as a list.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go; Go encoding/json",
    fix: .safe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: ↓deployers
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers]
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            ↓-system:bootstrappers
            -system:nodes
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/eks-node-role
            username: system:node:{{EC2PrivateDNSName}}
            groups:
              - system:bootstrappers
              - system:nodes
          """),
      Example(
        #"""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: aws-auth, namespace: kube-system}
        data:
          mapUsers: '[{"userarn": "arn:aws:iam::444455556666:user/alice", "username": "alice",
            "groups": ↓"developers"}]'
        """#,
        fixed: #"""
          apiVersion: v1
          kind: ConfigMap
          metadata: {name: aws-auth, namespace: kube-system}
          data:
            mapUsers: '[{"userarn": "arn:aws:iam::444455556666:user/alice", "username": "alice",
              "groups": ["developers"]}]'
          """#),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups:
            ↓deployers:
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [deployers]
        - rolearn: arn:aws:iam::444455556666:role/auditor
          username: auditor
          groups:
          - auditors
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: ${DEPLOYER_GROUPS}
        """),
    ])

  /// Looks for the mistake in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps {
      for row in configMap.rows { check(row, subject.file.bytes, &findings) }
    }
  }

  private static func check(_ row: Row, _ bytes: [UInt8], _ findings: inout FindingCollector) {
    guard !row.entry.isPlain, row.dialect.decoding != .weak,
      let value = row.entry.field(.groups)?.value, !value.isSequence, !value.isNull,
      !Placeholder.isUnresolved(identity: value.string)
    else { return }
    let text = value.string
    let items = text.split { $0 == " " || $0 == "\n" }.map(String.init)
    let areGlued = value.isScalar && items.allSatisfy { $0.hasPrefix("-") && $0.count > 1 }
    let what = value.isScalar && text.count < 60 ? "\"\(text)\"" : "a \(value.typeName)"
    findings.report(
      "\"groups\" is \(what), not a list, so \(row.dialect.refusal ?? "the row gives no groups")",
      at: value.range,
      help: areGlued
        ? "write a blank behind each dash" : help(value),
      fix: areGlued ? glued(value, items, bytes) : wrapped(value))
  }

  private static func help(_ value: YAMLNode) -> String {
    if value.style == .literal || value.style == .folded, value.isScalar {
      return "remove the | or > behind groups:"
    }
    guard value.isScalar, isOneGroup(value.string) else {
      return "write a list with one group for each item"
    }
    return "write [\(YAMLWriter.scalar(value.string))]"
  }

  private static func isOneGroup(_ text: String) -> Bool {
    !text.isEmpty && !text.contains { $0 == " " || $0 == "," || $0 == "\n" }
  }

  private static func wrapped(_ value: YAMLNode) -> Fix? {
    guard value.isScalar, !value.isAlias, value.range == value.fullRange,
      value.style != .literal, value.style != .folded, isOneGroup(value.string)
    else { return nil }
    let item =
      value.style == .plain
      ? YAMLWriter.scalar(value.string) : YAMLWriter.doubleQuoted(value.string)
    return Fix(.safe, value.edit(range: value.range, writing: "[\(item)]"))
  }

  /// A blank behind each dash that begins a line.
  private static func glued(_ value: YAMLNode, _ items: [String], _ bytes: [UInt8]) -> Fix? {
    guard !value.isAlias, value.style == .plain else { return nil }
    var edits: [SourceEdit] = []
    var isLineStart = true
    for place in value.range {
      let byte = bytes[place]
      if byte == UInt8(ascii: "-"), isLineStart {
        edits.append(SourceEdit(range: (place + 1)..<(place + 1), replacement: " "))
      }
      isLineStart = byte == 0x0A || (isLineStart && byte == 0x20)
    }
    return edits.count == items.count ? Fix(.safe, edits) : nil
  }
}
