import EKSAccess

/// The text in the place of a principal's ARN, judged by what EKS does with it: compare it with the
/// ARN of a caller, letter case aside.
final class WrittenPrincipal: Sendable {
  /// What the ARN names.
  enum Kind: Sendable {
    case role, user, root, federatedUser, session, group, instanceProfile
  }

  /// Why the text names nothing.
  enum Flaw: Sendable, Hashable {
    /// `*` or `?`.
    case wildcard
    /// No ARN begins here.
    case notARN
    /// An ARN begins after so many bytes of other text.
    case textBefore(Int)
    /// A part is empty or left out.
    case missing(Part)
    /// There is no `:` between the account and what follows it.
    case unseparatedAccount
    /// Fewer than six parts.
    case tooFewParts(Int)
    /// One `:` too many before the account.
    case tooManyColons
    /// A region stands where IAM has none.
    case region
    /// The service does not have this kind of principals.
    case service
    /// The resource is of a kind that cannot call.
    case type
    /// The resource has no kind.
    case missingType
    /// A slash at the end, or nothing after the kind.
    case missingName
    /// A character that IAM does not allow in names.
    case character(Character)
    /// A name longer than IAM's are.
    case length(Int)
  }

  /// A part of an ARN that can be missing.
  enum Part: String, Sendable, Hashable {
    case partition, service, region, account, resource
  }

  /// The five parts behind `arn:`, as written.
  struct Parts: Sendable {
    let partition: Substring
    let service: Substring
    let region: Substring
    let account: Substring
    let resource: Substring
  }

  /// The text without its blanks.
  let text: String
  /// The blanks that were left out of an ARN.
  let blanks: ARNBlanks?
  /// What the ARN names; `nil` where there is a flaw.
  let kind: Kind?
  /// Why it names nothing.
  let flaw: Flaw?
  /// The account, where it is twelve digits.
  let account: AccountID?
  /// The partition, letter case aside.
  let partition: Partition?
  /// The name of a role or user whose ARN needs no closer look.
  let plainName: String?
  private let isARN: Bool
  private let mayHavePath: Bool

  convenience init(_ written: String) {
    self.init(written, Array(written.utf8))
  }

  /// Judges a text whose bytes are at hand.
  init(_ written: String, _ bytes: [UInt8]) {
    if let plain = PlainARN(bytes) {
      text = written
      blanks = nil
      isARN = true
      kind = plain.kind
      flaw = nil
      account = plain.account
      partition = plain.partition
      plainName = plain.name
      mayHavePath = plain.hasPath
      return
    }
    plainName = nil
    mayHavePath = true
    let blanks = ARNBlanks(in: written)
    let bare = blanks?.removed ?? written
    isARN = Self.hasPrefix(bare)
    self.blanks = isARN ? blanks : nil
    text = isARN ? bare : blanks?.trimmed ?? written
    let parts = isARN ? Parts(text) : nil
    account = parts.flatMap { AccountID(String($0.account)) }
    partition = parts.map { Partition(rawValue: $0.partition.lowercased()) }
    switch Self.judge(text, parts) {
    case .success(let kind):
      self.kind = kind
      flaw = nil
    case .failure(let flaw):
      kind = nil
      self.flaw = flaw
    }
  }

  /// The parts of the ARN, if it has all six.
  var parts: Parts? { isARN ? Parts(text) : nil }

  /// The words of the resource: `role`, `team`, `deployer`.
  var words: [Substring] {
    parts?.resource.cut(at: "/") ?? []
  }

  /// The name behind the path.
  var name: Substring { words.last ?? "" }

  /// The path of a role, from slash to slash, unless it has none.
  var rolePath: Substring? {
    guard kind == .role, mayHavePath else { return nil }
    let words = words
    guard words.count > 2, let first = words.first, let last = words.last else {
      return nil
    }
    return text[first.endIndex..<last.startIndex]
  }

  /// The ARN as it has to stand in aws-auth: without blanks, a role without path, a session's
  /// role; `nil` where that is not known.
  var corrected: String? {
    guard let parts else { return nil }
    let words = words
    switch kind {
    case .role? where words.count > 2: return parts.role(name)
    case .session?: return words.count == 2 || words.count == 3 ? parts.role(words[1]) : nil
    case nil: return nil
    default: return text
    }
  }
}

extension WrittenPrincipal.Flaw: Error {}

extension WrittenPrincipal {
  private static func hasPrefix(_ text: String) -> Bool {
    text.utf8.count >= 4
      && String(decoding: text.utf8.prefix(4), as: UTF8.self).lowercased() == "arn:"
  }

  private static func judge(_ text: String, _ parts: Parts?) -> Result<Kind, Flaw> {
    if let parts, parts.isSession, !hasWildcard(parts.beforeSessionName) {
      return .success(.session)
    }
    if hasWildcard(text) { return .failure(.wildcard) }
    if let start = ARNRepair.lastARN(in: text) {
      return .failure(.textBefore(text.utf8.distance(from: text.startIndex, to: start)))
    }
    guard hasPrefix(text) else { return .failure(.notARN) }
    guard let parts else { return .failure(incomplete(text)) }
    return parts.judge()
  }

  private static func hasWildcard(_ text: some StringProtocol) -> Bool {
    text.utf8.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
  }

  private static func incomplete(_ text: String) -> Flaw {
    let parts = text.cut(at: ":")
    guard parts.count == 5 else { return .tooFewParts(parts.count) }
    let isService = ["iam", "sts"].contains(parts[1].lowercased())
    if isService { return .missing(.partition) }
    if parts[2].isEmpty { return .missing(.service) }
    if !parts[3].isEmpty { return .missing(.region) }
    guard let first = parts[4].utf8.first else { return .tooFewParts(4) }
    return UInt8(ascii: "0")...UInt8(ascii: "9") ~= first
      ? .unseparatedAccount : .missing(.account)
  }
}

extension WrittenPrincipal.Parts {
  init?(_ text: String) {
    let parts = text.cut(at: ":", atMost: 5)
    guard parts.count == 6 else { return nil }
    partition = parts[1]
    service = parts[2]
    region = parts[3]
    account = parts[4]
    resource = parts[5]
  }

  /// The role of a name in the same account.
  func role(_ name: some StringProtocol) -> String {
    "arn:\(partition):iam::\(account):role/\(name)"
  }

  /// The word before the first slash of the resource, in lower case.
  var type: String { (resource.cut(at: "/", atMost: 1).first ?? "").lowercased() }

  var isSession: Bool { type == "assumed-role" && ["iam", "sts"].contains(service.lowercased()) }

  var beforeSessionName: Substring {
    let base = resource.base
    let words = resource.cut(at: "/")
    return base[
      base.startIndex..<(words.count > 2 ? words[words.count - 1].startIndex : base.endIndex)]
  }

  func judge() -> Result<WrittenPrincipal.Kind, WrittenPrincipal.Flaw> {
    if partition.isEmpty { return .failure(.missing(.partition)) }
    if service.isEmpty { return .failure(.missing(.service)) }
    let service = service.lowercased()
    guard service == "iam" || service == "sts" else { return .failure(.service) }
    if account.isEmpty, region.isEmpty, resource.prefix(while: \.isNumber).count >= 9 {
      return .failure(.tooManyColons)
    }
    guard region.isEmpty else { return .failure(.region) }
    guard !resource.isEmpty else { return .failure(.missing(.resource)) }
    switch (type, service) {
    case ("role", "iam"): return judgeName(.role)
    case ("user", "iam"): return judgeName(.user)
    case ("root", "iam") where !resource.contains("/"): return .success(.root)
    case ("federated-user", "sts"): return .success(.federatedUser)
    case ("group", "iam"): return .success(.group)
    case ("instance-profile", "iam"): return .success(.instanceProfile)
    case ("role", _), ("user", _), ("federated-user", _): return .failure(.service)
    default:
      let hasType = resource.contains("/") || resource.contains(":")
      return .failure(hasType ? .type : .missingType)
    }
  }

  private func judgeName(
    _ kind: WrittenPrincipal.Kind
  ) -> Result<WrittenPrincipal.Kind, WrittenPrincipal.Flaw> {
    let words = resource.cut(at: "/")
    guard words.count > 1, let name = words.last, !name.isEmpty else {
      return .failure(.missingName)
    }
    if name.utf8.count <= 64, name.utf8.allSatisfy(\.isAllowedInNames) { return .success(kind) }
    if let other = name.first(where: { !$0.isAllowedInNames }) {
      return .failure(.character(other))
    }
    return name.utf8.count > 64 ? .failure(.length(name.utf8.count)) : .success(kind)
  }
}

extension Character {
  /// Whether IAM allows the character in the names of roles and users.
  var isAllowedInNames: Bool { asciiValue?.isAllowedInNames ?? false }
}

extension UInt8 {
  /// Whether IAM allows the ASCII character in the names of roles and users.
  var isAllowedInNames: Bool {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "@"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The text cut at every such character, empty pieces included.
  fileprivate func cut(at separator: Unicode.Scalar, atMost limit: Int = .max) -> [Substring] {
    utf8.split(
      separator: UInt8(ascii: separator), maxSplits: limit, omittingEmptySubsequences: false
    ).map { piece in self[piece.startIndex..<piece.endIndex] }
  }
}
