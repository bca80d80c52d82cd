import EKSAccess

/// What a row of aws-auth and an access entry for one principal have in common: everything but the
/// path, which the row lacks, and letter case.
struct PrincipalKey: Hashable {
  private let text: String

  init(_ principal: IAMPrincipal) {
    text = [
      principal.arn.partition, principal.arn.account, principal.kind.rawValue, principal.name,
    ].joined(separator: "\n").lowercased()
  }
}
