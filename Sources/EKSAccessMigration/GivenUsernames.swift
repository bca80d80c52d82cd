import EKSAccess
import KubernetesRBAC

/// Usernames and templates that are given to somebody.
struct GivenUsernames {
  /// In the order of their bytes.
  private var constants: [String]
  private var templates: [String: [UsernameTemplate]] = [:]
  private var all: Set<String> = []

  init(_ usernames: [String]) {
    constants = []
    for username in Set(usernames) { add(username) { $0.append($1) } }
    constants.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  mutating func insert(_ username: String) {
    add(username) { $0.insert($1, at: $0.insertionIndex(of: $1)) }
  }

  private mutating func add(
    _ username: String, to constants: (inout [String], String) -> Void
  ) {
    all.insert(Self.normalized(username))
    let template = UsernameTemplate(username)
    if template.isConstant() {
      constants(&self.constants, username)
    } else {
      templates[template.beginning, default: []].append(template)
    }
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
