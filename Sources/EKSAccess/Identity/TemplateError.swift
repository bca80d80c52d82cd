/// A caller is refused because a template could not be filled in.
///
/// The only reason the authenticator has offline is a session name that is not an instance id.
public struct TemplateError: Error, Sendable, Hashable {
  /// The username or group as written.
  public var template: String
  /// The session name; empty for a caller without one.
  public var sessionName: String

  /// Makes an error.
  public init(template: String, sessionName: String) {
    self.template = template
    self.sessionName = sessionName
  }
}

extension TemplateError: CustomStringConvertible {
  /// A sentence without a full stop that names the template and the session.
  public var description: String {
    sessionName.isEmpty
      ? "\"\(template)\" needs an instance id, and the caller has no session name"
      : "\"\(template)\" needs an instance id, and the session name is \"\(sessionName)\""
  }
}
