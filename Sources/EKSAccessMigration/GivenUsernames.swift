import EKSAccess
import KubernetesRBAC

/// Usernames and templates that are given to somebody.
struct GivenUsernames {
  /// In the order of their bytes.
  private var constants: [String] = []
  private var templates: [String: [UsernameTemplate]] = [:]
  private var all: Set<String> = []

  init(_ usernames: [String]) {
    constants = Set(usernames).filter { !addTemplate($0) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }

  mutating func insert(_ username: String) {
    guard !addTemplate(username) else { return }
    constants.insert(username, at: constants.insertionIndex(of: username))
  }

  /// Adds a username to all, and to the templates if it is one.
  ///
  /// - Parameter username: The username.
  /// - Returns: Whether it is a template.
  private mutating func addTemplate(_ username: String) -> Bool {
    all.insert(Self.normalized(username))
    let template = UsernameTemplate(username)
    guard !template.isConstant() else { return false }
    templates[template.beginning, default: []].append(template)
    return true
  }

  /// Both variables stand for sessions of the same names.
  private static func normalized(_ username: String) -> String {
    username.replacing("{{SessionNameRaw}}", with: "{{SessionName}}")
  }

  /// Whether somebody has a username, or can have one of a template.
  func meet(_ username: String) -> Bool {
    if all.contains(Self.normalized(username)) { return true }
    let template = UsernameTemplate(username)
    guard template.isConstant() else {
      return constants.withPrefix(template.beginning).contains {
        template.values(rendering: $0) != nil
      }
    }
    let bytes = Array(username.utf8)
    return (0...bytes.count).contains { end in
      templates[String(decoding: bytes[..<end], as: UTF8.self)]?
        .contains { $0.values(rendering: username) != nil } == true
    }
  }
}
