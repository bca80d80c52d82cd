/// Why an ARN does not name somebody who can call a cluster.
public struct CallerError: Error, Sendable, Hashable {
  /// The part of the ARN that is wrong.
  public var reason: ARNError
  /// What the ARN names, or `nil` when it is not an ARN at all.
  public var kind: IAMPrincipal.Kind?

  /// Makes an error.
  public init(reason: ARNError, kind: IAMPrincipal.Kind?) {
    self.reason = reason
    self.kind = kind
  }
}

extension CallerError: CustomStringConvertible {
  /// A sentence without a full stop that says what to name instead, where that is clear.
  public var description: String {
    switch kind {
    case .group where reason.part == .resource:
      "\"\(reason.found)\" is an IAM group, which cannot call anything; name one of its users"
    case .instanceProfile where reason.part == .resource:
      "\"\(reason.found)\" is an instance profile, which cannot call anything; name its role"
    default:
      reason.description
    }
  }
}
