/// An `IAMIdentityMapping` object of the authenticator's CRD backend
/// (`iamauthenticator.k8s.aws/v1alpha1`).
public struct IAMIdentityMapping: Sendable, Hashable, Codable {
  /// The ARN of a role, user or session; it is brought to its canonical form before it is compared.
  public var arn: String
  /// The username template.
  public var username: String
  /// The group templates.
  public var groups: [String]

  /// Makes a mapping.
  public init(arn: String, username: String = "", groups: [String] = []) {
    self.arn = arn
    self.username = username
    self.groups = groups
  }
}
