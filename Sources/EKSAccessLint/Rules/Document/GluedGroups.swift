import EKSAccessManifests
import YAMLSource

/// Several groups in one item of the list.
public enum GluedGroups: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "glued-groups",
    severity: .error,
    summary: "one item of `groups` holds several groups or blanks",
    rationale: """
      `- system:bootstrappers - system:nodes` on one line, or a second dash indented deeper than \
      the first, is a single group whose name has blanks in it. Kubernetes compares group names \
      exactly, so the caller is in none of the groups that were meant; nodes do not join.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/yaml/aws-auth-space-out-of-place.yaml",
    fix: .unsafe,
    failing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            - ↓system:bootstrappers - system:nodes
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/eks-node-role
            username: system:node:{{EC2PrivateDNSName}}
            groups:
              - system:bootstrappers
              - system:nodes
          """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:{{EC2PrivateDNSName}}
          groups:
            - ↓system:bootstrappers
             - system:nodes
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: [↓"deployers, auditors"]
        """,
        fixed: """
          - rolearn: arn:aws:iam::444455556666:role/deployer
            username: deployer
            groups: [deployers, auditors]
          """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/deployer
          username: deployer
          groups: ["team:{{ SessionName }}", "<name of the group>", "CN=deployers,OU=people"]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard separators.contains(where: row.groupBytes.contains) else { return }
    for group in row.entry.groups {
      let text = group.value
      guard text.utf8.contains(where: isSeparator) else { continue }
      guard !Placeholder.isUnresolved(identity: text), !text.contains("{{") else { continue }
      let parts = parts(of: text)
      let hasBlank = text.utf8.contains { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
      guard hasBlank || (parts.count > 1 && parts.contains { $0.hasPrefix("system:") }) else {
        continue
      }
      // Kubernetes allows blanks in the name of a group; only pieces of a list are surely wrong.
      let isSure =
        text.contains(",") || text.contains("-system:") || text.contains(" -")
        || parts.contains { $0.hasPrefix("system:") }
      findings.report(
        parts.count > 1
          ? "group \"\(text)\" is one name with blanks or commas in it, so the row gives none of its "
            + "\(parts.count) groups"
          : "group \"\(text)\" has blanks around its name, which count",
        at: group.range, notes: [.init("Kubernetes compares group names exactly")],
        help: "write \(parts.count > 1 ? "one item for each group" : parts.first ?? "the group")",
        fix: parts.isEmpty
          ? nil
          : Fix(.unsafe, row.entry.field(.groups)?.value.replacing(item: group.node, with: parts)),
        severity: isSure || parts.count < 2 ? nil : .warning)
    }
  }

  private static let separators: [UInt8] = [0x20, 0x09, 0x0A, UInt8(ascii: ",")]

  private static func isSeparator(_ byte: UInt8) -> Bool { separators.contains(byte) }

  /// The groups that were meant: words between blanks, commas and dashes.
  private static func parts(of text: String) -> [String] {
    text.split { $0 == " " || $0 == "," || $0 == "\n" || $0 == "\t" }
      .map { $0.hasPrefix("-") ? String($0.dropFirst()) : String($0) }
      .filter { !$0.isEmpty }
  }
}
