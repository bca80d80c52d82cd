import KubernetesRBAC

/// What rules of a role allow with the ConfigMap aws-auth.
struct AWSAuthGrant: Sendable {
  struct Verbs: OptionSet, Sendable {
    var rawValue: UInt8
    static let update = Verbs(rawValue: 1)
    static let patch = Verbs(rawValue: 2)
    static let create = Verbs(rawValue: 4)
    static let delete = Verbs(rawValue: 8)
    static let deleteCollection = Verbs(rawValue: 16)

    static let names: [(verbs: Verbs, name: String)] = [
      (.update, "update"), (.patch, "patch"), (.create, "create"), (.delete, "delete"),
      (.deleteCollection, "deletecollection"),
    ]
  }

  /// The namespace of aws-auth.
  static let namespace = "kube-system"

  var verbs: Verbs = []
  /// Whether everything is allowed, so that nothing is won with aws-auth.
  var isEverything = false
  /// The first rule that counts.
  var place: InputPlace?

  init() {}

  init(_ verbs: Verbs) {
    self.verbs = verbs
  }

  init(_ rule: PolicyRule, at place: InputPlace) {
    isEverything =
      rule.resourceNames.isEmpty && rule.verbs.contains("*") && rule.apiGroups.contains("*")
      && rule.resources.contains("*")
    for (verb, name) in Verbs.names {
      // These requests have no name, so a rule with names never allows them.
      let hasName = verb != .create && verb != .deleteCollection
      if rule.allows(
        name, group: "", resource: "configmaps", name: hasName ? "aws-auth" : "")
      {
        verbs.insert(verb)
      }
    }
    if !verbs.isEmpty { self.place = place }
  }

  mutating func add(_ other: AWSAuthGrant) {
    // Where a later rule allows what counts, that is the one to show.
    if !canTakeOver, other.canTakeOver { place = other.place }
    verbs.formUnion(other.verbs)
    isEverything = isEverything || other.isEverything
    place = place ?? other.place
  }

  /// Whether rows can be written: by changing the ConfigMap, or by making it anew.
  var canTakeOver: Bool {
    !verbs.isDisjoint(with: [.update, .patch])
      || verbs.contains(.create) && !verbs.isDisjoint(with: [.delete, .deleteCollection])
  }

  /// Whether the ConfigMap can be made where there is none.
  var canMake: Bool { verbs.contains(.create) }

  /// Whether the ConfigMap can be removed.
  var canRemove: Bool { !verbs.isDisjoint(with: [.delete, .deleteCollection]) }

  /// The verbs that count, as in a sentence.
  var words: String {
    let names = Verbs.names.filter { verbs.contains($0.verbs) }.map { "\"\($0.name)\"" }
    return names.count < 2
      ? names.joined() : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
  }
}
