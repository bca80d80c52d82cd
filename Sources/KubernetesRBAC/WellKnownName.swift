/// A name that Kubernetes or EKS gives a meaning to, and what it means.
public struct WellKnownName: Sendable, Hashable {
  /// How a name is compared.
  public enum Form: Sendable, Hashable {
    /// The name itself.
    case exact
    /// Every name that begins with it and goes on, such as `system:node:` and a node's name.
    case prefix
  }

  /// The name, or its beginning.
  public let name: String
  /// How the name is compared.
  public let form: Form
  /// What it means, a sentence without a full stop.
  public let meaning: String

  /// Makes an entry of a list of well-known names.
  public init(_ name: String, _ form: Form = .exact, meaning: String) {
    self.name = name
    self.form = form
    self.meaning = meaning
  }

  /// Whether a name is this one, byte for byte as Kubernetes compares.
  public func matches(_ other: String) -> Bool {
    switch form {
    case .exact:
      return other.utf8.elementsEqual(name.utf8)
    case .prefix:
      return other.utf8.count > name.utf8.count && other.utf8.starts(with: name.utf8)
    }
  }
}
