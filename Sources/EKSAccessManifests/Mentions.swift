/// What a text may be about, judged by the words in it, without reading it as YAML.
///
/// A text without the words cannot hold the objects, unless it spells them with escapes.
public struct Mentions: OptionSet, Sendable {
  /// One bit for each thing.
  public let rawValue: UInt8

  /// Makes a set of bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The name aws-auth or one of its keys, in any case.
  public static let awsAuth = Mentions(rawValue: 1)
  /// Roles or bindings.
  public static let rbac = Mentions(rawValue: 2)
  /// ServiceAccounts.
  public static let serviceAccounts = Mentions(rawValue: 4)
  /// A generator of kustomize, beside ``awsAuth``.
  public static let generator = Mentions(rawValue: 8)
  /// Access entries, their policies, or clusters that may have them.
  public static let accessEntries = Mentions(rawValue: 16)
  /// Comments that speak to this tool.
  public static let suppressions = Mentions(rawValue: 32)

  /// The words that are looked for. The shortest decides how fast the search is.
  private static let words: [WordSearch.Word] = [
    .init("aws-auth", isAnyCase: true, .awsAuth),
    .init("aws_auth", isAnyCase: true, .awsAuth),
    .init("maprole", isAnyCase: true, .awsAuth),
    .init("mapuser", isAnyCase: true, .awsAuth),
    .init("mapaccount", isAnyCase: true, .awsAuth),
    .init("identitymapping", isAnyCase: true, .awsAuth),
    .init("configMapGenerator", .generator),
    // `AccessEntry`, `accessEntries`.
    .init("accessentr", isAnyCase: true, .accessEntries),
    .init("accessconfig", isAnyCase: true, .accessEntries),
    .init("associatedaccesspolic", isAnyCase: true, .accessEntries),
    .init("principalarn", isAnyCase: true, .accessEntries),
    // Clusters without any of these have the authentication mode that is the default.
    .init("AWS::EKS::", .accessEntries),
    .init("AWSCDK-EKS-", .accessEntries),
    .init("aws_eks_", .accessEntries),
    .init("eks.aws.", .accessEntries),
    .init("eks.services.k8s.aws", .accessEntries),
    .init("AWSManagedControlPlane", .accessEntries),
    .init("eks-access:", .suppressions),
    .init("rbac.authorization.k8s.io", .rbac),
    .init("RoleBinding", .rbac),
    .init("ServiceAccount", .serviceAccounts),
  ]

  private static let search = WordSearch(words)

  /// Everything that makes a text worth reading.
  public static let all: Mentions = [
    .awsAuth, .rbac, .serviceAccounts, .generator, .accessEntries,
  ]

  /// Looks for the words in a text.
  ///
  /// - Parameters:
  ///   - text: The text, as UTF-8.
  ///   - wanted: What is asked for.
  public init(in text: some Collection<UInt8>, wanted: Mentions = .all) {
    let found = text.withContiguousStorageIfAvailable { text in
      Self.search.mentions(in: text, wanted: wanted)
    }
    self = (found ?? wanted).intersection(wanted)
    if !contains(.awsAuth) { remove(.generator) }
  }
}

extension ManifestFile {
  /// Whether a text names aws-auth or one of its keys, in any case.
  public static func mentionsAWSAuth(_ bytes: some Collection<UInt8>) -> Bool {
    !Mentions(in: bytes, wanted: .awsAuth).isEmpty
  }

  /// Whether a text may hold roles or bindings.
  public static func mentionsRBAC(_ bytes: some Collection<UInt8>) -> Bool {
    !Mentions(in: bytes, wanted: .rbac).isEmpty
  }

  /// Whether a text may be, or begin, an answer of `aws eks describe-cluster`, `aws iam list-roles`
  /// or `list-users`.
  ///
  /// The keys of the answers are common words, so they have to stand as keys do in JSON or at the
  /// margin, and a template is none.
  package static func mentionsClusterOrIAM(_ text: ArraySlice<UInt8>) -> Bool {
    let text = Array(text)
    guard TemplateEvidence.find(in: text.indices, of: text) == nil else { return false }
    return ["cluster", "Roles", "Users"].contains { key in
      text.split(separator: 0x0A).contains { $0.starts(with: "\(key):".utf8) }
        || text.ranges(of: Array("\"\(key)\"".utf8)).contains { range in
          let next = text[range.upperBound...].first { $0 > 0x20 }
          return next == nil || next == UInt8(ascii: ":")
        }
    }
  }
}
