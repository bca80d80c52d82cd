/// A minor version of Kubernetes, such as 1.33.
public struct KubernetesVersion: Sendable, Hashable, Codable {
  /// The first number.
  public var major: Int
  /// The second number.
  public var minor: Int

  /// Makes a version.
  public init(major: Int = 1, minor: Int) {
    self.major = major
    self.minor = minor
  }
}

extension KubernetesVersion: LosslessStringConvertible {
  /// Reads `1.33` and also `v1.33.2`, as `kubectl version` prints it; `nil` for anything else.
  public init?(_ text: String) {
    let numbers = text.dropFirst(text.utf8.first == UInt8(ascii: "v") ? 1 : 0).split(
      separator: ".", omittingEmptySubsequences: false)
    guard numbers.count >= 2, let major = Int(numbers[0]), let minor = Int(numbers[1]), major > 0,
      minor >= 0
    else { return nil }
    self.init(major: major, minor: minor)
  }

  /// The version as `1.33`.
  public var description: String { "\(major).\(minor)" }
}

extension KubernetesVersion: Comparable {
  /// Whether a version came before another one.
  public static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}
