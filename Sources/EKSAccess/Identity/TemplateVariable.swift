/// A variable of a username or group in `aws-auth`.
///
/// The raw values are the exact spellings, and the cases stand in the order in which
/// aws-iam-authenticator fills them in (`renderTemplate` of `pkg/server/server.go`).
public enum TemplateVariable: String, Sendable, Hashable, Codable, CaseIterable {
  /// The private DNS name EC2 has for the instance whose id is the session name.
  ///
  /// When the session name is not an instance id the whole authentication fails.
  case ec2PrivateDNSName = "EC2PrivateDNSName"
  /// The account of the caller.
  case accountID = "AccountID"
  /// The session name with `-` for every `@`.
  case sessionName = "SessionName"
  /// The session name.
  case sessionNameRaw = "SessionNameRaw"
  /// The id of the access key the request was signed with.
  case accessKeyID = "AccessKeyID"

  /// The variable as the authenticator expects it, such as `{{SessionName}}`.
  public var spelling: String { TemplateDelimiter.doubleBraces.around(rawValue) }
}

/// Which spellings of a variable count.
public enum TemplateSyntax: String, Sendable, Hashable, Codable, CaseIterable {
  /// `{{SessionName}}` only, as aws-iam-authenticator has it.
  case authenticator
  /// `{{SessionName}}` and `<<SessionName>>`.
  ///
  /// The second spelling is used where braces belong to another template language and something
  /// turns it into the first on the way to the cluster. The authenticator itself does **not**
  /// expand it.
  case withAngleBrackets

  var delimiters: [TemplateDelimiter] {
    self == .authenticator ? [.doubleBraces] : [.doubleBraces, .doubleAngleBrackets]
  }
}

/// What stands around the name of a variable.
public enum TemplateDelimiter: String, Sendable, Hashable, Codable, CaseIterable {
  /// `{{` and `}}`.
  case doubleBraces
  /// `<<` and `>>`.
  case doubleAngleBrackets
  /// `{` and `}`, which never count.
  case braces
  /// `<` and `>`, which never count.
  case angleBrackets

  /// What stands before the name.
  public var opening: String {
    switch self {
    case .doubleBraces: "{{"
    case .doubleAngleBrackets: "<<"
    case .braces: "{"
    case .angleBrackets: "<"
    }
  }

  /// What stands after the name.
  public var closing: String {
    switch self {
    case .doubleBraces: "}}"
    case .doubleAngleBrackets: ">>"
    case .braces: "}"
    case .angleBrackets: ">"
    }
  }

  func around(_ name: String) -> String { opening + name + closing }
}
