/// A username or a group of `aws-auth`, in which variables stand for what is known of the caller.
///
/// The text is filled in by plain replacement, one variable after the other in the order of
/// ``TemplateVariable``; everything that is not the exact spelling of a variable stays.
public struct UsernameTemplate: Sendable, Hashable {
  /// The text as written.
  public var text: String

  /// Takes a text as it stands in the file; every text is a template.
  public init(_ text: String) {
    self.text = text
  }

  /// A template filled in for a caller.
  public struct Rendering: Sendable, Hashable {
    /// The result; variables in ``missing`` still stand in it.
    public var text: String
    /// The variables whose value was not known, in the order of ``TemplateVariable``.
    public var missing: [TemplateVariable]

    /// Makes a rendering.
    public init(text: String, missing: [TemplateVariable] = []) {
      self.text = text
      self.missing = missing
    }
  }

  /// The variables that will be filled in, in the order of ``TemplateVariable``.
  public func variables(syntax: TemplateSyntax = .authenticator) -> [TemplateVariable] {
    let bytes = Array(text.utf8)
    guard bytes.mayHoldVariables else { return [] }
    return TemplateVariable.allCases.filter { variable in
      syntax.spellings(of: variable).contains { bytes.contains($0) }
    }
  }

  /// Whether a caller's values change the result.
  public func isConstant(syntax: TemplateSyntax = .authenticator) -> Bool {
    variables(syntax: syntax).isEmpty
  }

  /// Fills the template in for a caller.
  ///
  /// What is not known of the caller is left in place and listed.
  ///
  /// - Throws: ``TemplateError`` when `{{EC2PrivateDNSName}}` is asked for and the session name is
  ///   not the id of an instance: the authenticator then refuses the caller.
  public func render(
    for caller: Caller, syntax: TemplateSyntax = .authenticator
  ) throws(TemplateError) -> Rendering {
    var bytes = Array(text.utf8)
    guard bytes.mayHoldVariables else { return Rendering(text: text) }
    var missing: [TemplateVariable] = []
    for variable in TemplateVariable.allCases {
      let spellings = syntax.spellings(of: variable).filter(bytes.contains)
      guard !spellings.isEmpty else { continue }
      if variable == .ec2PrivateDNSName, let session = caller.sessionName,
        !Caller.isInstanceID(session)
      {
        throw TemplateError(template: text, sessionName: session)
      }
      if let value = caller.value(of: variable) {
        for spelling in spellings {
          bytes.replace(spelling, with: Array(value.utf8))
        }
      } else {
        missing.append(variable)
      }
    }
    return Rendering(text: String(decoding: bytes, as: UTF8.self), missing: missing)
  }
}

extension UsernameTemplate: CustomStringConvertible {
  /// The text as written.
  public var description: String { text }
}

extension UsernameTemplate: Codable {
  /// Reads the template from a single string.
  public init(from decoder: any Decoder) throws {
    text = try decoder.singleValueContainer().decode(String.self)
  }

  /// Writes the template as a single string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension UsernameTemplate {
  /// Whether `<<…>>` spells a variable anywhere.
  var usesAngleBrackets: Bool {
    let bytes = Array(text.utf8)
    return bytes.mayHoldVariables
      && TemplateVariable.allCases.contains { variable in
        TemplateSyntax.withAngleBrackets.spellings(of: variable).dropFirst()
          .contains { bytes.contains($0) }
      }
  }

  fileprivate static func withoutAtSigns(_ text: String) -> String {
    let bytes = text.utf8.map { $0 == UInt8(ascii: "@") ? UInt8(ascii: "-") : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TemplateSyntax {
  private static let byVariable = Dictionary(
    uniqueKeysWithValues: TemplateVariable.allCases.map { variable in
      (
        variable,
        TemplateSyntax.withAngleBrackets.delimiters.map { Array($0.around(variable.rawValue).utf8) }
      )
    })

  /// The bytes of the spellings of a variable that count.
  func spellings(of variable: TemplateVariable) -> ArraySlice<[UInt8]> {
    (Self.byVariable[variable] ?? []).prefix(delimiters.count)
  }
}

extension Caller {
  fileprivate func value(of variable: TemplateVariable) -> String? {
    switch variable {
    case .ec2PrivateDNSName: privateDNSName
    case .accountID: accountID
    case .sessionName: sessionName.map(UsernameTemplate.withoutAtSigns)
    case .sessionNameRaw: sessionName
    case .accessKeyID: accessKeyID
    }
  }
}
