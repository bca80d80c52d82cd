import KubernetesRBAC

/// What every spelling of a principal has in common: partition, account, kind and name, without
/// the path, which rows of aws-auth lack, and without letter case, which does not count in IAM.
public struct PrincipalKey: Sendable, Hashable {
  private let text: ExactText

  /// Makes the key of a principal.
  public init(_ principal: IAMPrincipal) {
    let parts = [
      principal.arn.partition, principal.arn.account, principal.kind.rawValue, principal.name,
    ]
    text = ExactText(parts.joined(separator: "\n").simpleFolded)
  }

  /// Makes the key of an ARN; a text that is none, such as a reference, is its own key.
  public init(_ arn: String) {
    guard let principal = IAMPrincipal(arn), principal.kind != .other else {
      self.init(text: ExactText(arn))
      return
    }
    self.init((try? principal.canonicalized()) ?? principal)
  }

  private init(text: ExactText) {
    self.text = text
  }
}
