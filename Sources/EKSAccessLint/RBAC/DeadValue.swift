import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// Something in a role's rule that no request can match.
struct DeadValue {
  var range: Range<Int>
  var message: String
  var reason: String
  var help: String
}

/// Looks for what no request can match in one rule.
///
/// Nothing is said of the resources of extensions. A value that does no harm, since what was meant
/// stands beside it, is left alone.
struct DeadValues {
  private(set) var found: [DeadValue] = []
  private let rule: RoleManifest.Rule
  private let isOfCluster: Bool
  /// The groups as they were meant.
  private var groups: [String] = []
  /// Whether all groups are known to the last resource.
  private var areGroupsKnown = false

  init(_ rule: RoleManifest.Rule, isOfCluster: Bool) {
    self.rule = rule
    self.isOfCluster = isOfCluster
    let lists = [
      rule.apiGroups, rule.resources, rule.resourceNames, rule.nonResourceURLs, rule.verbs,
    ]
    guard !lists.joined().contains(where: { Placeholder.isUnresolved(identity: $0.value) }) else {
      return
    }
    if rule.nonResourceURLs.isEmpty {
      guard hasAllLists() else { return }
      checkGroups()
      checkResources()
      checkNames()
    } else {
      checkPaths()
    }
    checkVerbs()
  }

  private mutating func add(
    _ value: Located<String>, _ message: String, because reason: String, help: String
  ) {
    found.append(DeadValue(range: value.range, message: message, reason: reason, help: help))
  }

  private mutating func hasAllLists() -> Bool {
    let missing = [
      ("apiGroups", rule.apiGroups), ("resources", rule.resources), ("verbs", rule.verbs),
    ].filter { $0.1.isEmpty }.map { "\"\($0.0)\"" }
    guard !missing.isEmpty else { return true }
    found.append(
      DeadValue(
        range: rule.node.pairs.first?.key.range ?? rule.node.range,
        message: "rule lists no \(missing.joined(separator: " and no ")), so it matches nothing",
        reason: "the API refuses such a rule",
        help: missing.contains("\"apiGroups\"")
          ? "list the groups; \"\" is that of pods, services and secrets" : "add the list"))
    return false
  }

  private mutating func checkPaths() {
    guard !isOfCluster, let path = rule.nonResourceURLs.first else { return }
    add(
      path, "a Role gives no paths such as \"\(path.value)\"",
      because: "paths stand in no namespace, and the API refuses such a Role",
      help: "write a ClusterRole and a ClusterRoleBinding")
  }
}

// MARK: Groups

extension DeadValues {
  private mutating func checkGroups() {
    let written = rule.apiGroups.map { $0.value }
    for group in rule.apiGroups {
      guard let meant = Self.meant(byGroup: group.value) else {
        groups.append(group.value)
        continue
      }
      groups.append(meant)
      guard !written.contains(meant), !written.contains("*") else { continue }
      add(
        group, "API group \"\(group.value)\" does not exist, so it matches nothing",
        because: group.value.utf8.contains(UInt8(ascii: "/"))
          ? "rules name groups without versions" : "groups are compared letter by letter",
        help: meant.isEmpty
          ? "write \"\", the group of pods, services and secrets" : "write \"\(meant)\"")
    }
    areGroupsKnown = groups.allSatisfy {
      APIResources.resources(in: $0) != nil && !APIResources.openGroups.contains($0)
    }
  }

  /// The group that a text was meant to be; `nil` where it can be one.
  ///
  /// Extensions have a dot in their groups, so a word without one is a built-in group or none.
  private static func meant(byGroup text: String) -> String? {
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
}

// MARK: Resources

extension DeadValues {
  private mutating func checkResources() {
    let written = rule.resources.map { $0.value }
    guard !written.contains("*") else { return }
    var misplaced: [(group: String, resources: [Located<String>])] = []
    for resource in rule.resources {
      let name = ResourceName(resource.value)
      guard !name.isAnySubresource else {
        reportAnySubresource(resource, name)
        continue
      }
      if let meant = meant(by: name) {
        if !written.contains(meant) {
          add(
            resource, "resource \"\(resource.value)\" does not exist, so it matches nothing",
            because: "resources are named in the plural and in lower case, byte for byte",
            help: "write \"\(meant)\"")
        }
      } else if let group = placeOutside(name) {
        if let index = misplaced.firstIndex(where: { $0.group == group }) {
          misplaced[index].resources.append(resource)
        } else {
          misplaced.append((group, [resource]))
        }
      } else if !isOfCluster, isWithoutNamespace(name) {
        add(
          resource, "a Role gives nothing of \"\(resource.value)\"",
          because: "these objects stand in no namespace, and a Role is for one namespace",
          help: "write a ClusterRole and a ClusterRoleBinding")
      }
    }
    for (group, resources) in misplaced { reportMisplaced(resources, group) }
  }

  private mutating func reportAnySubresource(_ resource: Located<String>, _ name: ResourceName) {
    let known = groups.lazy.compactMap { APIResources.resource(name.base, in: $0) }.first
    let examples = (known?.subresources ?? []).prefix(3).map { "\"\(name.base)/\($0)\"" }
    let help: String
    if name.base == "*" {
      help = "write \"*\", which stands for resources and subresources"
    } else if examples.isEmpty {
      help = "write each subresource by its name"
    } else {
      help = "write each by its name, such as \(examples.joined(separator: ", "))"
    }
    add(
      resource, "resource \"\(resource.value)\" is taken literally, so it matches nothing",
      because: "\"*\" stands for anything only alone, or before a subresource as in \"*/scale\"",
      help: help)
  }

  private mutating func reportMisplaced(_ resources: [Located<String>], _ group: String) {
    let rest = resources.count - 1
    let listed = groups.map { "\"\($0)\"" }.joined(separator: " or ")
    let name = "\"\(resources[0].value)\""
    add(
      resources[0],
      rest == 0
        ? "\(name) is not in the API group \(listed), so the rule never matches it"
        : "\(name) and \(rest) more are not in the API group \(listed), so the rule never matches "
          + "them",
      because: "a rule matches where both the group and the resource do",
      help: "write \"\(group)\" in \"apiGroups\"")
  }

  /// The resource that a text was meant to be; `nil` where it can be one.
  private func meant(by name: ResourceName) -> String? {
    let isLower = !name.base.utf8.contains { (0x41...0x5A).contains($0) }
    let tables = groups.compactMap { APIResources.resources(in: $0) }
    if let resource = tables.lazy.compactMap({ $0[name.base] }).first {
      // Some subresources are checked without being served: only misspelt ones count.
      guard areGroupsKnown, let subresource = name.subresource,
        !resource.subresources.contains(subresource),
        let nearest = Suggestion.nearest(subresource, in: resource.subresources)
      else { return nil }
      return "\(name.base)/\(nearest)"
    }
    guard !isLower || (areGroupsKnown && APIResources.groups(serving: name.base).isEmpty) else {
      return nil
    }
    let lower = name.base.lowercased()
    let candidates = tables.flatMap { $0.keys.sorted() }
    let plural = [lower, lower + "s", lower + "es", lower.dropLast() + "ies"]
      .first { candidates.contains($0) }
    guard let base = plural ?? Suggestion.nearest(lower, in: candidates) ?? (isLower ? nil : lower)
    else { return nil }
    return name.subresource.map { "\(base)/\($0)" } ?? base
  }

  /// The group that serves a resource where none of the rule's does.
  private func placeOutside(_ name: ResourceName) -> String? {
    guard areGroupsKnown,
      !groups.contains(where: { APIResources.resource(name.base, in: $0) != nil })
    else { return nil }
    return APIResources.groups(serving: name.base).first
  }

  private func isWithoutNamespace(_ name: ResourceName) -> Bool {
    // A request for a namespace itself counts as one within it.
    guard areGroupsKnown, name.base != "namespaces" else { return false }
    let resources = groups.compactMap { APIResources.resource(name.base, in: $0) }
    return !resources.isEmpty && resources.allSatisfy { !$0.isNamespaced }
  }

  private mutating func checkNames() {
    guard !rule.resourceNames.isEmpty, let verb = rule.verbs.first,
      rule.verbs.allSatisfy({ ["create", "deletecollection"].contains($0.value) }),
      !rule.resources.contains(where: { $0.value == "*" || $0.value.utf8.contains(0x2F) })
    else { return }
    add(
      verb, "\"\(verb.value)\" never matches a rule with \"resourceNames\"",
      because: "such a request names no object yet when it is checked",
      help: "write a rule without \"resourceNames\" for it")
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

// MARK: Verbs

extension DeadValues {
  private mutating func checkVerbs() {
    let written = rule.verbs.map { $0.value }
    guard !written.contains("*") else { return }
    let isBuiltIn = rule.nonResourceURLs.isEmpty && areResourcesBuiltIn
    for verb in rule.verbs {
      guard let meant = Self.meant(byVerb: verb.value, isBuiltIn: isBuiltIn),
        !meant.allSatisfy(written.contains)
      else { continue }
      let words = meant.map { "\"\($0)\"" }.joined(separator: ", ")
      add(
        verb, "verb \"\(verb.value)\" does not exist, so it matches nothing",
        because: "verbs are compared letter by letter",
        help: meant.isEmpty
          ? "write one of \(APIResources.verbs.map { "\"\($0)\"" }.joined(separator: ", "))"
          : "write \(words)")
    }
  }

  private var areResourcesBuiltIn: Bool {
    areGroupsKnown
      && rule.resources.allSatisfy { resource in
        let base = ResourceName(resource.value).base
        return groups.contains { APIResources.resource(base, in: $0) != nil }
      }
  }

  /// What a verb was meant to be; `nil` where it can be one.
  ///
  /// Extensions may have verbs of their own, but not those that differ in case from a known one.
  private static func meant(byVerb text: String, isBuiltIn: Bool) -> [String]? {
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
