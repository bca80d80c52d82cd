/// Something in a username or group that is, or looks as if it were meant as, a variable.
public struct TemplatePlaceholder: Sendable, Hashable {
  /// The bytes of the template's UTF-8 text it takes up, delimiters included.
  public var range: Range<Int>
  /// What stands between the delimiters.
  public var name: String
  /// The delimiters.
  public var delimiter: TemplateDelimiter
  /// The variable that ``name`` spells exactly, else `nil`.
  public var variable: TemplateVariable?
  /// The variable that was probably meant; the same as ``variable`` when there is one.
  public var suggestion: TemplateVariable?

  /// Whether it will be filled in.
  public func isExpanded(in syntax: TemplateSyntax) -> Bool {
    variable != nil && syntax.delimiters.contains(delimiter)
  }

  /// The placeholder as written.
  public var text: String { delimiter.around(name) }
}

extension UsernameTemplate {
  /// Everything in the template that is or looks like a variable, from left to right.
  ///
  /// Of double delimiters every `{{word}}` and `<<word>>` counts, blanks allowed; of single ones
  /// only what comes close to a variable, such as `{EC2PrivateDNSName}`.
  public var placeholders: [TemplatePlaceholder] {
    let bytes = Array(text.utf8)
    var result: [TemplatePlaceholder] = []
    var place = 0
    while let start = bytes[place...].firstIndex(where: \.opensPlaceholder) {
      let found = TemplatePlaceholder(at: start, in: bytes)
      if let found { result.append(found) }
      place = found?.range.upperBound ?? start + 1
    }
    return result
  }
}

extension TemplatePlaceholder {
  fileprivate init?(at place: Int, in bytes: [UInt8]) {
    for delimiter in TemplateDelimiter.allCases {
      let opening = Array(delimiter.opening.utf8)
      guard bytes.hasBytes(opening, at: place) else { continue }
      let start = place + opening.count
      let end = bytes[start...].firstIndex { !$0.isPartOfPlaceholder } ?? bytes.count
      let closing = Array(delimiter.closing.utf8)
      guard end > start, bytes.hasBytes(closing, at: end) else { continue }
      let name = String(decoding: bytes[start..<end], as: UTF8.self)
      let variable = TemplateVariable(rawValue: name)
      let suggestion = variable ?? TemplateVariable(meantBy: name)
      let isDouble = delimiter == .doubleBraces || delimiter == .doubleAngleBrackets
      guard isDouble || suggestion != nil else { continue }
      self.init(
        range: place..<(end + closing.count), name: name, delimiter: delimiter,
        variable: variable, suggestion: suggestion)
      return
    }
    return nil
  }
}

extension TemplateVariable {
  /// The one variable whose letters and digits a text has, in any case, or which it begins or ends.
  fileprivate init?(meantBy text: String) {
    let meant = text.letters
    let exact = TemplateVariable.allCases.filter { $0.rawValue.letters == meant }
    let close = TemplateVariable.allCases.filter {
      let own = $0.rawValue.letters
      return meant.count > 4 && (own.starts(with: meant) || own.suffix(meant.count) == meant[...])
    }
    guard let found = exact.first ?? (close.count == 1 ? close.first : nil) else { return nil }
    self = found
  }
}

extension String {
  fileprivate var letters: [UInt8] {
    simpleLowercased.utf8.filter { $0.isASCIIWord && $0 != UInt8(ascii: "_") }
  }
}

extension UInt8 {
  fileprivate var opensPlaceholder: Bool { self == UInt8(ascii: "{") || self == UInt8(ascii: "<") }

  fileprivate var isPartOfPlaceholder: Bool {
    isASCIIWord || self == UInt8(ascii: " ") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "-")
  }
}
