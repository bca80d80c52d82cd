/// Why an edit of an aws-auth ConfigMap is refused.
public struct AWSAuthEditError: Error, Sendable, Hashable {
  /// The kind of a refusal.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// The file has no aws-auth ConfigMap.
    case noConfigMap = "no-config-map"
    /// The file has several and none of them is the only `kube-system/aws-auth`.
    case severalConfigMaps = "several-config-maps"
    /// The principal has a row already.
    case duplicate
    /// The principal has no row.
    case unknownPrincipal = "unknown-principal"
    /// The principal has several rows, and one is to be replaced.
    case severalRows = "several-rows"
    /// EKS would drop the row.
    case invalidMapping = "invalid-mapping"
    /// The section, or `data` itself, is not what EKS reads; it must be mended first.
    case unreadable
    /// The section, or `data` itself, stands elsewhere in the file under an anchor.
    case shared
    /// The way in which the section is written does not hold the change without touching more.
    case notExact = "not-exact"
  }

  /// What kind of refusal it is.
  public let code: Code
  /// Why, and what to do about it: lower case, without a full stop.
  public let message: String
  /// The bytes of the file that stand in the way, if there are any.
  public let range: Range<Int>?

  init(_ code: Code, _ message: String, at range: Range<Int>? = nil) {
    self.code = code
    self.message = message
    self.range = range
  }
}

extension AWSAuthEditError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
