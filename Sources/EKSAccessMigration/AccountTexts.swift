import EKSAccess

extension String {
  /// The text with an account in place of its variable, which entries are not known to fill in.
  func withAccount(_ account: String) -> String {
    // Most texts have no variable, and to look for one as a text takes long.
    utf8.contains(UInt8(ascii: "{")) ? replacing("{{AccountID}}", with: account) : self
  }

  /// The text with the account of a principal, where its ARN is one.
  func withAccount(of arn: String) -> String {
    ARN(arn).map { withAccount($0.account) } ?? self
  }
}
