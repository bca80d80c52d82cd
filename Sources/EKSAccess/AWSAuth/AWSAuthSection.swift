/// The keys of the `aws-auth` ConfigMap that the authenticator reads.
///
/// The raw values are the keys. They are case-sensitive: `maproles` is another key, and ignored.
public enum AWSAuthSection: String, Sendable, Hashable, Codable, CaseIterable {
  /// Rows with `rolearn` or `sso`; asked first.
  case mapRoles
  /// Rows with `userarn`; asked second.
  case mapUsers
  /// Account numbers; asked last.
  case mapAccounts
}
