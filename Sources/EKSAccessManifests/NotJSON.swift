public import YAMLSource

/// YAML that has no JSON form, so that the authenticator loses the whole section: its reader turns
/// YAML into JSON first (`sigs.k8s.io/yaml`).
public struct NotJSON: Sendable {
  /// What has no JSON form.
  public enum Kind: Sendable, Hashable {
    /// A mapping or list as a key, as in `username: {{SessionName}}` without quotes.
    case collectionKey
    /// `null` as a key.
    case nullKey
    /// `.inf` or `.nan`.
    case number
    /// A value that its tag does not fit.
    case tag(String)
    /// A merge key (`<<`) whose value is no mapping.
    case merge
    /// An escape that YAML 1.1 does not have: `\/`, or a surrogate pair.
    case escape
  }

  /// What has no JSON form.
  public let kind: Kind
  /// The offending node.
  public let node: YAMLNode

  /// The first place below a node that has no JSON form.
  static func find(in node: YAMLNode) -> NotJSON? {
    if node.isScalar { return ofScalar(node) }
    for element in node.elements {
      if let found = find(in: element) { return found }
    }
    for pair in node.pairs {
      if pair.isMerge {
        let merged = pair.value.isSequence ? Array(pair.value.elements) : [pair.value]
        if let wrong = merged.first(where: { !$0.isMapping }) {
          return NotJSON(kind: .merge, node: wrong)
        }
      } else {
        guard pair.key.isScalar else { return NotJSON(kind: .collectionKey, node: pair.key) }
        if pair.key.isNull { return NotJSON(kind: .nullKey, node: pair.key) }
        if let found = ofScalar(pair.key), found.kind != .number { return found }
      }
      if let found = find(in: pair.value) { return found }
    }
    return nil
  }

  private static func ofScalar(_ node: YAMLNode) -> NotJSON? {
    if node.hasJSONEscape { return NotJSON(kind: .escape, node: node) }
    if node.isText { return nil }
    switch node.scalar {
    case .float(let number)? where !number.isFinite: return NotJSON(kind: .number, node: node)
    case .mismatch(let tag)?: return NotJSON(kind: .tag(tag), node: node)
    default: return nil
    }
  }
}
