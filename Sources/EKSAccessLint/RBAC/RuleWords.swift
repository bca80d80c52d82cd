import KubernetesRBAC

/// The words of a role's rules, and what misspelt ones were meant to be.
enum RuleWords {
  /// The group that a text was meant to be; `nil` where it can be one.
  ///
  /// Extensions have a dot in their groups, so a word without one is a built-in group or none.
  static func meant(byGroup text: String) -> String? {
    guard APIResources.resources(in: text) == nil, text != "*" else { return nil }
    let bytes = text.utf8
    if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
      let group = String(text[..<slash])
      return meant(byGroup: group) ?? group
    }
    if text == "core" || isVersion(bytes) { return "" }
    let lower = text.lowercased()
    if lower != text { return meant(byGroup: lower) ?? lower }
    guard !bytes.contains(UInt8(ascii: ".")) else { return nil }
    return APIResources.groups.first { $0.utf8.starts(with: "\(text).".utf8) }
      ?? Suggestion.nearest(text, in: APIResources.groups)
  }

  /// Whether a text has the form of `v1` or `v2beta1`.
  private static func isVersion(_ text: String.UTF8View) -> Bool {
    guard text.first == UInt8(ascii: "v") else { return false }
    let rest = text.dropFirst()
    return rest.first.map { $0 >= 0x31 && $0 <= 0x39 } == true
  }

  /// What a verb was meant to be; `nil` where it can be one.
  ///
  /// Extensions may have verbs of their own, but not those that differ in case from a known one.
  static func meant(byVerb text: String, isBuiltIn: Bool) -> [String]? {
    let known = APIResources.verbs
    guard !known.contains(text), !APIResources.specialVerbs.contains(text) else { return nil }
    let lower = text.lowercased()
    if lower != text, known.contains(lower) || APIResources.specialVerbs.contains(lower) {
      return [lower]
    }
    guard isBuiltIn, !text.utf8.contains(UInt8(ascii: ":")) else { return nil }
    switch lower {
    case "read", "view": return ["get", "list", "watch"]
    case "write", "edit", "modify": return ["create", "update", "patch", "delete"]
    case "post", "add", "exec": return ["create"]
    case "put": return ["update"]
    case "remove": return ["delete"]
    case "all": return ["*"]
    default: return Suggestion.nearest(lower, in: known).map { [$0] } ?? []
    }
  }
}

/// A resource of a rule, taken apart at its slash.
struct ResourceName {
  let base: String
  let subresource: String?

  init(_ text: String) {
    let slash = text.utf8.firstIndex(of: UInt8(ascii: "/"))
    base = String(text[..<(slash ?? text.endIndex)])
    subresource = slash.map { String(text[text.utf8.index(after: $0)...]) }
  }

  /// Whether `*` stands where a subresource does.
  var isAnySubresource: Bool { subresource == "*" }
}
