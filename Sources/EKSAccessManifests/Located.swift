public import YAMLSource

/// A value and where it stands.
public struct Located<Value: Sendable>: Sendable {
  /// The value.
  public let value: Value
  /// The node that it was read from.
  public let node: YAMLNode

  /// The bytes of the value in the file.
  public var range: Range<Int> { node.range }

  /// Pairs a value with its node.
  public init(_ value: Value, at node: YAMLNode) {
    self.value = value
    self.node = node
  }
}

extension Located: Equatable where Value: Equatable {
  /// Two located values are equal when value and place are.
  public static func == (left: Located, right: Located) -> Bool {
    left.value == right.value && left.range == right.range
  }
}
