/// The number of an AWS account: exactly twelve ASCII digits, leading zeros included.
public struct AccountID: RawRepresentable, Sendable, Hashable, Codable {
  /// The twelve digits.
  public let rawValue: String

  /// Checks an account number, or answers `nil` when it is not twelve ASCII digits.
  public init?(rawValue: String) {
    guard rawValue.utf8.count == 12, rawValue.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
    self.rawValue = rawValue
  }

  /// Checks an account number, or answers `nil` when it is not twelve ASCII digits.
  public init?(_ text: String) {
    self.init(rawValue: text)
  }

  private init(unchecked digits: String) {
    rawValue = digits
  }

  /// Account numbers that documentation uses and that nobody's cluster should hold.
  public static let examples = Set(exampleDigits.map(AccountID.init(unchecked:)))

  // Three texts of twelve bytes are compared sooner than one is hashed.
  private static let exampleDigits = ["111122223333", "123456789012", "000000000000"]

  /// Whether this is one of ``examples``.
  public var isExample: Bool {
    AccountID.exampleDigits.contains(rawValue)
  }
}

extension AccountID: CustomStringConvertible {
  /// The twelve digits.
  public var description: String { rawValue }
}
