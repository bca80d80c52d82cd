/// An Amazon Resource Name, split into its parts and otherwise left as written.
///
/// `arn:aws:iam::111122223333:role/dev` has the partition `aws`, the service `iam`, no region, the
/// account `111122223333` and the resource `role/dev`. Nothing is checked but the shape: the
/// prefix `arn:` and six sections, of which the last keeps any further colons. These are the rules
/// of `arn.Parse` in the AWS SDK for Go, which aws-iam-authenticator relies on.
public struct ARN: Sendable, Hashable {
  /// The partition, such as `aws` or `aws-cn`.
  public var partition: String
  /// The service, such as `iam` or `sts`.
  public var service: String
  /// The region; empty for IAM and STS.
  public var region: String
  /// The account, as written: it need not be twelve digits.
  public var account: String
  /// Everything after the fifth colon, such as `role/dev`.
  public var resource: String

  /// Makes an ARN of its parts.
  public init(
    partition: String, service: String, region: String = "", account: String, resource: String
  ) {
    self.partition = partition
    self.service = service
    self.region = region
    self.account = account
    self.resource = resource
  }

  /// Reads an ARN, or answers `nil` when the text does not have the shape of one.
  public init?(_ text: String) {
    guard let arn = try? ARN(parsing: text) else { return nil }
    self = arn
  }

  /// Reads an ARN.
  ///
  /// - Throws: ``ARNError`` for the part ``ARNError/Part/prefix`` or ``ARNError/Part/sections``.
  public init(parsing text: String) throws(ARNError) {
    guard text.utf8.starts(with: "arn:".utf8) else { throw ARNError(.prefix, found: text) }
    let sections = text.utf8.split(
      separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard sections.count == 6 else { throw ARNError(.sections, found: text) }
    partition = String(Substring(sections[1]))
    service = String(Substring(sections[2]))
    region = String(Substring(sections[3]))
    account = String(Substring(sections[4]))
    resource = String(Substring(sections[5]))
  }
}

extension ARN: CustomStringConvertible {
  /// The ARN as text, exactly as it was read.
  public var description: String {
    "arn:\(partition):\(service):\(region):\(account):\(resource)"
  }
}

extension ARN: Codable {
  /// Reads the ARN from a single string.
  ///
  /// - Throws: `DecodingError` when the value is not a string or not an ARN.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      self = try ARN(parsing: try container.decode(String.self))
    } catch let error as ARNError {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the ARN as a single string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
