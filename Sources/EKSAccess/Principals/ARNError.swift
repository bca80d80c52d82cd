/// Why a text is not an ARN, or why an ARN does not name somebody who can call a cluster.
public struct ARNError: Error, Sendable, Hashable {
  /// The part of an ARN that is wrong.
  public enum Part: String, Sendable, Hashable, CaseIterable {
    /// The text does not start with `arn:`.
    case prefix
    /// The text has fewer than six sections.
    case sections
    /// The partition is not one of ``Partition/known``.
    case partition
    /// The service is neither `iam` nor `sts`.
    case service
    /// The resource is not a role, a user, root, a role session or a federated user.
    case resource
    /// A role session lacks its session name.
    case session
  }

  /// The part that is wrong.
  public var part: Part
  /// What stands there: the whole text for ``Part/prefix`` and ``Part/sections``, else the part.
  public var found: String

  /// Makes an error about one part.
  public init(_ part: Part, found: String) {
    self.part = part
    self.found = found
  }
}

extension ARNError: CustomStringConvertible {
  /// A sentence without a full stop, such as `partition "aws-foo" is not known`.
  public var description: String {
    switch part {
    case .prefix:
      return "\"\(found)\" does not start with \"arn:\""
    case .sections:
      return "\"\(found)\" has fewer than six sections separated by \":\""
    case .partition:
      return "partition \"\(found)\" is not known"
    case .service:
      return "service \"\(found)\" does not name a caller, expected one of \"iam\", \"sts\""
    case .resource:
      return "resource \"\(found)\" is not a role, user, root, role session or federated user"
    case .session:
      return "role session \"\(found)\" lacks a session name"
    }
  }
}
