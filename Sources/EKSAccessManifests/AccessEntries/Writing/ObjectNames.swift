public import EKSAccess

/// Names for the objects of entries: made of the principals' names, each used once.
public struct ObjectNames {
  private var used: Set<String> = []

  /// Begins with no name used.
  public init() {}

  /// A name that Kubernetes takes for an object (RFC 1123), such as `teams-developers`.
  public mutating func name(of entry: AccessEntry) -> String {
    unique(Self.words(of: entry).joined(separator: "-"), separator: "-")
  }

  /// A name for the object of an association of an entry's object.
  public mutating func name(of policy: AccessPolicyAssociation, for entry: String) -> String {
    unique("\(entry)-\(Self.word(of: policy))", separator: "-")
  }

  /// A logical id of CloudFormation, of letters and digits, such as `TeamsDevelopers`.
  public mutating func logicalID(of entry: AccessEntry) -> String {
    let id = Self.words(of: entry).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return unique(id + "AccessEntry", separator: "")
  }

  /// A name of Terraform, of letters, digits and underscores, such as `teams_developers`.
  public mutating func identifier(of entry: AccessEntry) -> String {
    let name = Self.words(of: entry).joined(separator: "_")
    let startsWithDigit = name.utf8.first.map { (0x30...0x39).contains($0) } ?? true
    return unique(startsWithDigit ? "_" + name : name, separator: "_")
  }

  /// A name of Terraform for an association of an entry's resource.
  public mutating func identifier(
    of policy: AccessPolicyAssociation, for entry: String
  ) -> String {
    unique("\(entry)_\(Self.word(of: policy))", separator: "_")
  }

  private static func word(of policy: AccessPolicyAssociation) -> String {
    let name = policy.policyARN.split(separator: "/").last.map(String.init) ?? "policy"
    return name.lowercased().filter(\.isNameCharacter)
  }

  private mutating func unique(_ name: String, separator: String) -> String {
    var candidate = name
    var number = 2
    while !used.insert(candidate).inserted {
      candidate = name + separator + String(number)
      number += 1
    }
    return candidate
  }

  /// The words of a principal's name, in lower case; the path tells principals of one name apart
  /// less well than a number does, so it is left out.
  private static func words(of entry: AccessEntry) -> [String] {
    let principal = IAMPrincipal(entry.principalARN)
    let words = (principal?.name ?? entry.principalARN).lowercased().prefix(48)
      .split { !$0.isNameCharacter }.map(String.init)
    return words.isEmpty ? ["entry"] : words
  }
}

extension Character {
  /// Whether a name of Kubernetes, CloudFormation and Terraform may have this letter or digit.
  fileprivate var isNameCharacter: Bool {
    isASCII && (isLetter && isLowercase || isNumber)
  }
}
