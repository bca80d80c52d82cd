import EKSAccess

extension String {
  /// The text with an account in place of its variable, which entries are not known to fill in.
  func withAccount(_ account: String) -> String { replacing("{{AccountID}}", with: account) }

  /// The text with the account of a principal, where its ARN is one.
  func withAccount(of arn: String) -> String {
    ARN(arn).map { withAccount($0.account) } ?? self
  }
}
