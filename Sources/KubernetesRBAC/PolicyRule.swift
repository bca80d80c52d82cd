/// One permission of a role: each of the verbs on each of the resources.
///
/// A request has to be allowed by one rule alone; rules are never mixed. The comparisons are those
/// of Kubernetes' `evaluation_helpers.go`.
public struct PolicyRule: Sendable, Hashable, Codable {
  /// The API groups, without versions; `""` is the core group, `*` any.
  public var apiGroups: [String]
  /// The resources as in `pods` and `pods/log`; `*` is any, `*/scale` that subresource of any.
  public var resources: [String]
  /// The names of the objects; empty for all.
  public var resourceNames: [String]
  /// Paths that are no resources; a `*` at the end is any rest.
  public var nonResourceURLs: [String]
  /// The verbs; `*` is any.
  public var verbs: [String]

  /// Makes a rule.
  public init(
    apiGroups: [String] = [], resources: [String] = [], resourceNames: [String] = [],
    nonResourceURLs: [String] = [], verbs: [String]
  ) {
    self.apiGroups = apiGroups
    self.resources = resources
    self.resourceNames = resourceNames
    self.nonResourceURLs = nonResourceURLs
    self.verbs = verbs
  }

  /// Reads a rule; what is left out is empty.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func list(_ key: CodingKeys) throws -> [String] {
      try container.decodeIfPresent([String].self, forKey: key) ?? []
    }
    apiGroups = try list(.apiGroups)
    resources = try list(.resources)
    resourceNames = try list(.resourceNames)
    nonResourceURLs = try list(.nonResourceURLs)
    verbs = try list(.verbs)
  }

  /// Whether the rule allows a request for a resource.
  ///
  /// - Parameters:
  ///   - verb: The verb, such as `get`.
  ///   - group: The API group.
  ///   - resource: The resource, such as `pods`.
  ///   - subresource: The subresource, such as `log`; `nil` for the object itself.
  ///   - name: The object's name; empty where a request has none, as `create` and `list` do.
  /// - Returns: Whether this rule alone allows it.
  public func allows(
    _ verb: String, group: String, resource: String, subresource: String? = nil, name: String
  ) -> Bool {
    allows(verb: verb) && apiGroups.contains { $0 == "*" || $0 == group }
      && resources.contains { Self.resource($0, isFor: resource, subresource) }
      && (resourceNames.isEmpty || resourceNames.contains(name))
  }

  /// Whether the rule allows a request for a path that is no resource.
  public func allows(_ verb: String, path: String) -> Bool {
    allows(verb: verb) && nonResourceURLs.contains { Self.path($0, covers: path) }
  }

  private func allows(verb: String) -> Bool {
    verbs.contains { $0 == "*" || $0 == verb }
  }

  private static func resource(
    _ written: String, isFor resource: String, _ subresource: String?
  ) -> Bool {
    guard let subresource, !subresource.isEmpty else {
      return written == "*" || written == resource
    }
    return written == "*" || written == "*/\(subresource)"
      || written == "\(resource)/\(subresource)"
  }

  static func path(_ written: String, covers path: String) -> Bool {
    if written == "*" || written == path { return true }
    guard written.utf8.last == UInt8(ascii: "*") else { return false }
    let star = UInt8(ascii: "*")
    let beginning = written.utf8.reversed().drop { $0 == star }.reversed()
    return path.utf8.starts(with: beginning)
  }
}
