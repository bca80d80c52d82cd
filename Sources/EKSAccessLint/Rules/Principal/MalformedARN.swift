import EKSAccess

/// Text that is no ARN of a role or user.
public enum MalformedARN: RowRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "malformed-arn",
    severity: .error,
    summary: "a text that is no ARN of a role or user stands where one belongs",
    rationale: """
      EKS does not check the ARNs in aws-auth when the ConfigMap is written. It compares each of \
      them with the ARN of a caller, `arn:<partition>:iam::<account>:role/<name>` or \
      `…:user/<path and name>`, and a text of another form matches nobody. Usual mistakes are a \
      single colon before the account, a region, an ARN pasted into another one, the ARN of \
      something that cannot call, such as a cluster, and letters lost while editing.
      """,
    source: "aws-iam-authenticator pkg/arn/arn.go (Canonicalize)",
    failing: [
      .mapRoles(
        """
        - rolearn: ↓arn:aws:iam:444455556666:role/one-colon
          username: x
          groups: [developers]
        - rolearn: ↓arn:aws:iam::arn:aws:iam::444455556666:role/doubled
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam:↓eu-west-1:444455556666:role/with-region
          username: x
          groups: [developers]
        - rolearn: arn:aws:↓eks:eu-west-1:444455556666:cluster/orders
          username: x
          groups: [developers]
        - rolearn: ↓developers
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam::444455556666:↓ro1e/digit-for-letter
          username: x
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: ↓arn:aws:iam::44445ser/alice
          username: alice
          groups: [developers]
        - userarn: ↓arn:aws:iam::444455556666:user/
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:↓alice
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:user/↓alice;
          username: alice
          groups: [developers]
        - userarn: arn:aws:iam::444455556666:↓policy/developers
          username: alice
          groups: [developers]
        """),
      .data(
        #"""
        mapRoles: "[{\"rolearn\": \"arn:aws:↓sts::444455556666:role/deployer\", \"username\": \"x\"}]"
        """#),
      .mapRoles(
        """
        - rolearn: ↓'rolearn:arn:aws:iam::444455556666:role/deployer'
          username: x
          groups: [developers]
        - rolearn: ↓>-
            arn:aws:iam::444455556666/role/slash-for-colon
          username: x
          groups: [developers]
        """),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: ARN:AWS:IAM::444455556666:Role/EKS.node=1+2,3@x_y-z
          username: x
          groups: [developers]
        - rolearn: arn:aws:iam::444455556666:role/arn
          username: x
          groups: [developers]
        """),
      .mapUsers(
        """
        - userarn: arn:aws:iam::444455556666:user/team!/alice@example.com
          username: alice
          groups: [developers]
        - userarn: arn:aws:sts::444455556666:federated-user/alice
          username: alice
          groups: [developers]
        """),
      .mapRoles(
        """
        - rolearn: <ARN of instance role>
          username: x
          groups: [developers]
        - rolearn: ${ROLE}
          username: x
          groups: [developers]
        """),
    ])

  /// Looks for the mistake in a row.
  public static func check(
    _ row: Row, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let written = row.written, let flaw = written.flaw, flaw != .wildcard else { return }
    let range = place(of: flaw, written).map(row.range(of:)) ?? row.range
    findings.report(
      message(flaw, written) + ", so this row matches nobody", at: range,
      notes: [.init("expected " + form(row, account: "<account>", name: "<name>"))],
      help: help(row, written))
  }

  /// The part that is wrong.
  private static func place(
    of flaw: WrittenPrincipal.Flaw, _ written: WrittenPrincipal
  ) -> Substring? {
    guard let parts = written.parts else { return nil }
    switch flaw {
    case .region: return parts.region
    case .service: return parts.service
    case .type, .missingType: return parts.resource
    case .missingName, .character, .length: return written.name.isEmpty ? nil : written.name
    default: return nil
    }
  }

  private static func message(
    _ flaw: WrittenPrincipal.Flaw, _ written: WrittenPrincipal
  ) -> String {
    switch flaw {
    case .wildcard, .notARN:
      return "\"\(written.text)\" is not an ARN"
    case .textBefore(let count):
      return "\"\(String(decoding: written.text.utf8.prefix(count), as: UTF8.self))\" "
        + "stands before the ARN"
    case .missing(.region):
      return "a colon is missing between \"iam\" and the account"
    case .missing(let part):
      return "the ARN lacks the \(part.rawValue)"
    case .unseparatedAccount:
      return "no colon ends the account of the ARN"
    case .tooFewParts(let count):
      return "the ARN has \(count) of the 6 parts that colons separate"
    case .tooManyColons:
      return "the ARN has a colon too many before the account"
    case .region:
      return "the ARN has the region \"\(written.parts?.region ?? "")\", but IAM has no regions"
    case .service:
      return serviceMessage(written)
    case .type:
      return "\"\(written.parts?.type ?? "")\" is neither a role nor a user"
    case .missingType:
      return "\"\(written.parts?.resource ?? "")\" lacks \"role/\" or \"user/\" before it"
    case .missingName:
      return "the ARN ends without a name"
    case .character(let character):
      return "the name \"\(written.name)\" holds \"\(character)\", which IAM does not allow"
    case .length(let length):
      return "the name has \(length) characters, but IAM allows 64"
    }
  }

  private static func serviceMessage(_ written: WrittenPrincipal) -> String {
    guard let parts = written.parts else { return "" }
    switch parts.type {
    case "role", "user", "federated-user":
      return "the ARN of a \(parts.type) has the service \"\(parts.service)\""
    default:
      return "this is the ARN of a \"\(parts.type)\" of the service \"\(parts.service)\""
    }
  }

  private static func help(_ row: Row, _ written: WrittenPrincipal) -> String {
    if let candidate = ARNRepair.candidate(for: written.text, in: row.section) {
      return "write \(candidate)"
    }
    let account = written.account?.rawValue ?? "<account>"
    let isName =
      written.flaw == .notARN && written.text.allSatisfy(\.isAllowedInNames)
      && AccountID(written.text) == nil
    return "write " + form(row, account: account, name: isName ? written.text : "<name>")
  }

  private static func form(_ row: Row, account: String, name: String) -> String {
    "arn:aws:iam::\(account):\(row.section == .mapUsers ? "user" : "role")/\(name)"
  }
}
