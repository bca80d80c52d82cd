import EKSAccess
import YAMLSource

/// The names of an entry's parts in one language.
struct AccessEntryKeys: Sendable {
  var principalARN: StaticString
  var kind: StaticString
  var username: StaticString
  var groups: StaticString
  var policies: StaticString?
  var policyARN: StaticString
  var scope: StaticString
  var scopeKind: StaticString
  var namespaces: StaticString
  var tags: StaticString?

  /// The names of the EKS API, which most languages share.
  static let api = AccessEntryKeys(
    principalARN: "principalArn", kind: "type", username: "username", groups: "kubernetesGroups",
    policies: nil, policyARN: "policyArn", scope: "accessScope", scopeKind: "type",
    namespaces: "namespaces", tags: "tags")
}

/// A value of an entry: a text, or something that is known only when the entry is made.
enum AccessValue {
  /// A text.
  case text(String)
  /// A reference, with a text that is equal for equal references.
  case reference(String)
}

/// Reads access entries from mappings, by the names that a language gives to their parts.
struct AccessEntryReader: Sendable {
  let dialect: AccessDialect
  let keys: AccessEntryKeys
  /// What a node says; `nil` for a null, an empty mapping and the like.
  var value: @Sendable (YAMLNode) -> AccessValue? = AccessEntryReader.plainValue
  /// Whether a node stands for a list or mapping that is known only when the entry is made.
  var isReference: @Sendable (YAMLNode) -> Bool = { _ in false }

  /// A scalar's text; anything else, such as a scalar with a tag, is taken for a reference.
  @Sendable static func plainValue(_ node: YAMLNode) -> AccessValue? {
    guard node.isScalar, node.tag?.utf8.starts(with: "!".utf8) != true else {
      return .reference(node.string)
    }
    return node.scalar == .null ? nil : .text(node.string)
  }

  /// Reads the entry in a mapping; `nil` when it has no principal.
  ///
  /// A `principal` is the text of a reference for it, used where the mapping has no ARN.
  func entry(
    in node: YAMLNode, label: String = "", cluster: String? = nil, isObserved: Bool = false,
    principal reference: String? = nil
  ) -> AccessEntryManifest? {
    guard node.isMapping else { return nil }
    var manifest = AccessEntryManifest(
      AccessEntry(principalARN: reference ?? ""), dialect: dialect, label: label, cluster: cluster,
      isObserved: isObserved, at: node)
    if let principal = node.value(of: keys.principalARN) {
      manifest.entry.principalARN = text(of: principal, .principalARN, &manifest) ?? ""
    } else if reference != nil {
      manifest.unresolved.insert(.principalARN)
    } else {
      return nil
    }
    if let kind = node.value(of: keys.kind), let name = text(of: kind, .kind, &manifest) {
      let upper = dialect.writesKindsInLowerCase && name == name.lowercased()
      manifest.entry.kind = .init(rawValue: upper ? name.uppercased() : name)
    }
    if let username = node.value(of: keys.username) {
      manifest.entry.username = text(of: username, .username, &manifest)
    }
    if let groups = node.value(of: keys.groups) { read(groups: groups, &manifest) }
    if let key = keys.policies, let policies = node.value(of: key) {
      read(policies: policies, &manifest)
    }
    if let key = keys.tags, let tags = node.value(of: key) { read(tags: tags, &manifest) }
    return manifest
  }

  /// Reads a policy and its scope in a mapping; `nil` when there is no policy.
  ///
  /// A `policy` is the text of a reference for it, used where the mapping has no ARN.
  func association(
    in node: YAMLNode, policy reference: String? = nil
  ) -> (
    association: AccessPolicyAssociation,
    places: [AccessPolicyAssociationManifest.Part: YAMLNode],
    unresolved: Set<AccessPolicyAssociationManifest.Part>
  )? {
    let policy = node.value(of: keys.policyARN)
    guard node.isMapping, policy != nil || reference != nil else { return nil }
    var places: [AccessPolicyAssociationManifest.Part: YAMLNode] = [:]
    var unresolved: Set<AccessPolicyAssociationManifest.Part> = []
    func text(_ node: YAMLNode, _ part: AccessPolicyAssociationManifest.Part) -> String {
      places[part] = node
      switch value(node) {
      case .text(let text): return text
      case .reference(let text):
        unresolved.insert(part)
        return text
      case nil: return ""
      }
    }
    var association = AccessPolicyAssociation(
      policyARN: reference ?? "", scope: AccessScope(kind: .init(rawValue: "")))
    if let policy {
      association.policyARN = text(policy, .policy)
    } else {
      unresolved.insert(.policy)
    }
    // Terraform has the scope as a list of one block.
    guard let written = node.value(of: keys.scope) else { return (association, places, unresolved) }
    let scope = written.elements.first ?? written
    guard scope.isMapping, !isReference(written) else {
      places[.scope] = scope
      unresolved.insert(.scope)
      return (association, places, unresolved)
    }
    if let kind = scope.value(of: keys.scopeKind) {
      association.scope.kind = .init(rawValue: text(kind, .scope))
    } else {
      places[.scope] = scope
    }
    if let namespaces = scope.value(of: keys.namespaces), namespaces.scalar != .null {
      places[.namespaces] = namespaces
      let isList = namespaces.isSequence && !isReference(namespaces)
      if !isList, value(namespaces) != nil { unresolved.insert(.namespaces) }
      for node in isList ? namespaces.elements : YAMLNode.Children() {
        guard case .text(let text)? = value(node) else {
          unresolved.insert(.namespaces)
          continue
        }
        association.scope.namespaces.append(text)
      }
    }
    return (association, places, unresolved)
  }

  private func text(
    of node: YAMLNode, _ field: AccessEntry.Field, _ manifest: inout AccessEntryManifest
  ) -> String? {
    manifest.places[field] = node
    switch value(node) {
    case .text(let text): return text
    case .reference(let text):
      manifest.unresolved.insert(field)
      return text
    case nil: return nil
    }
  }

  private func read(groups node: YAMLNode, _ manifest: inout AccessEntryManifest) {
    manifest.places[.groups] = node
    guard node.isSequence, !isReference(node) else {
      if value(node) != nil { manifest.unresolved.insert(.groups) }
      return
    }
    for group in node.elements {
      let field = AccessEntry.Field.group(manifest.entry.groups.count)
      if let name = text(of: group, field, &manifest) { manifest.entry.groups.append(name) }
    }
  }

  private func read(policies node: YAMLNode, _ manifest: inout AccessEntryManifest) {
    manifest.places[.policies] = node
    guard node.isSequence, !isReference(node) else {
      if value(node) != nil { manifest.unresolved.insert(.policies) }
      return
    }
    for policy in node.elements {
      guard let read = association(in: policy) else {
        // A condition, or a mapping without a policy: what it gives is not known.
        manifest.unresolved.insert(.policies)
        continue
      }
      let index = manifest.entry.policies.count
      manifest.entry.policies.append(read.association)
      for (part, node) in read.places { manifest.places[part.field(of: index)] = node }
      for part in read.unresolved { manifest.unresolved.insert(part.field(of: index)) }
    }
  }

  /// Tags are a mapping, or a list of keys and values as CloudFormation has them.
  private func read(tags node: YAMLNode, _ manifest: inout AccessEntryManifest) {
    manifest.places[.tags] = node
    func add(_ key: YAMLNode, _ node: YAMLNode) {
      guard case .text(let name)? = value(key), case .text(let text)? = value(node) else {
        manifest.unresolved.insert(.tags)
        return
      }
      manifest.entry.tags[name] = text
    }
    for pair in node.pairs { add(pair.key, pair.value) }
    for element in node.elements {
      if let key = element.value(of: "Key"), let value = element.value(of: "Value") {
        add(key, value)
      } else {
        manifest.unresolved.insert(.tags)
      }
    }
  }
}
