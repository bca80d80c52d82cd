/// An AWS partition: the first part of every ARN.
///
/// Any text can be held, since files hold any text; ``isKnown`` tells whether it is one of the
/// partitions that aws-iam-authenticator accepts (`pkg/endpoints/partitions.go`). The comparison is
/// exact: `AWS` is not a partition.
public struct Partition: RawRepresentable, Sendable, Hashable, Codable {
  /// The partition as it stands in an ARN.
  public var rawValue: String

  /// Holds a partition, known or not.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The commercial partition, `aws`.
  public static let aws = Partition(rawValue: "aws")
  /// The regions in China, `aws-cn`.
  public static let china = Partition(rawValue: "aws-cn")
  /// GovCloud (US), `aws-us-gov`.
  public static let govCloud = Partition(rawValue: "aws-us-gov")
  /// The isolated partition `aws-iso`.
  public static let iso = Partition(rawValue: "aws-iso")
  /// The isolated partition `aws-iso-b`.
  public static let isoB = Partition(rawValue: "aws-iso-b")
  /// The isolated partition `aws-iso-e`.
  public static let isoE = Partition(rawValue: "aws-iso-e")
  /// The isolated partition `aws-iso-f`.
  public static let isoF = Partition(rawValue: "aws-iso-f")
  /// The European Sovereign Cloud, `aws-eusc`.
  public static let eusc = Partition(rawValue: "aws-eusc")

  /// Every partition the authenticator accepts, the commercial one first.
  public static let known: [Partition] = [
    .aws, .china, .govCloud, .iso, .isoB, .isoE, .isoF, .eusc,
  ]

  /// Whether the authenticator accepts this partition.
  public var isKnown: Bool { Partition.known.contains(self) }
}

extension Partition: CustomStringConvertible {
  /// The partition as it stands in an ARN.
  public var description: String { rawValue }
}
