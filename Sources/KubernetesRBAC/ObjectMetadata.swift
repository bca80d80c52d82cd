/// What RBAC uses of an object's metadata.
public struct ObjectMetadata: Sendable, Hashable, Codable {
  /// The object's name.
  public var name: String
  /// The namespace; `nil` for objects of the whole cluster and where a file leaves it out.
  public var namespace: String?
  /// The labels.
  public var labels: [String: String]

  /// Makes metadata.
  public init(name: String, namespace: String? = nil, labels: [String: String] = [:]) {
    self.name = name
    self.namespace = namespace
    self.labels = labels
  }

  /// Reads metadata; what is left out is empty.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decodeIfPresent(String.self, forKey: .name) ?? ""
    namespace = try container.decodeIfPresent(String.self, forKey: .namespace)
    labels = try container.decodeIfPresent([String: String].self, forKey: .labels) ?? [:]
  }
}
