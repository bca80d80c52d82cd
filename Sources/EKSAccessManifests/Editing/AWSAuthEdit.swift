public import YAMLSource

/// A change of a manifest that was checked: reading the new bytes gives the rows that were meant.
public struct AWSAuthEdit: Sendable, Hashable {
  /// The changes of the old bytes in the order of the file; empty when there is nothing to change.
  public let edits: [SourceEdit]
  /// The new bytes.
  public let bytes: [UInt8]
}
