extension String {
  /// Whether EKS takes the text as the name of a cluster: up to 100 letters, digits, `-` and `_`, of
  /// which the first is a letter or digit.
  var isClusterName: Bool {
    guard let first = utf8.first, utf8.count <= 100 else { return false }
    return first.isLetterOrDigit
      && utf8.allSatisfy {
        $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
      }
  }

  /// Whether the text looks like a region: lower-case letters and digits in parts with `-` between.
  var isRegionLike: Bool {
    let parts = utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.count > 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { $0.isLetterOrDigit && !(0x41...0x5A).contains($0) }
      }
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}
