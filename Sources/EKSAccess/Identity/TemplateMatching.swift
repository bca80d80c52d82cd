extension UsernameTemplate {
  /// The values of variables with which the template gives a text; `nil` when none do.
  ///
  /// Where several values do, those with the shortest first variable are given.
  public func values(
    rendering text: String, syntax: TemplateSyntax = .authenticator
  ) -> [TemplateVariable: String]? {
    var parts: [Part] = []
    var literal: [UInt8] = []
    let bytes = Array(self.text.utf8)
    var place = 0
    for placeholder in placeholders where placeholder.isExpanded(in: syntax) {
      guard let variable = placeholder.variable else { continue }
      literal += bytes[place..<placeholder.range.lowerBound]
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = []
      parts.append(.variable(variable))
      place = placeholder.range.upperBound
    }
    literal += bytes[place...]
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return Self.match(parts[...], Array(text.utf8)[...], [:])
  }

  private enum Part {
    case literal([UInt8])
    case variable(TemplateVariable)
  }

  private static func match(
    _ parts: ArraySlice<Part>, _ text: ArraySlice<UInt8>, _ values: [TemplateVariable: String]
  ) -> [TemplateVariable: String]? {
    guard let part = parts.first else { return text.isEmpty ? values : nil }
    switch part {
    case .literal(let bytes):
      return text.starts(with: bytes)
        ? match(parts.dropFirst(), text.dropFirst(bytes.count), values) : nil
    case .variable(let variable):
      if let value = values[variable] {
        return text.starts(with: value.utf8)
          ? match(parts.dropFirst(), text.dropFirst(value.utf8.count), values) : nil
      }
      let longest = text.prefix { variable.mayContain($0) }.count
      for length in 1...64 where length <= longest {
        let taken = String(decoding: text.prefix(length), as: UTF8.self)
        guard variable.mayBe(taken) else { continue }
        var values = values
        values[variable] = taken
        if let found = match(parts.dropFirst(), text.dropFirst(length), values) { return found }
      }
      return nil
    }
  }
}

extension TemplateVariable {
  /// Whether a byte can stand in a value: STS allows `[\w+=,.@-]` in session names.
  fileprivate func mayContain(_ byte: UInt8) -> Bool {
    switch self {
    case .accountID: byte >= 0x30 && byte <= 0x39
    case .sessionName: byte.isASCIIWord || "+=,.-".utf8.contains(byte)
    case .sessionNameRaw: byte.isASCIIWord || "+=,.@-".utf8.contains(byte)
    case .ec2PrivateDNSName: byte.isASCIIWord || byte == 0x2D || byte == 0x2E
    case .accessKeyID: byte.isASCIIWord
    }
  }

  fileprivate func mayBe(_ value: String) -> Bool {
    self == .accountID ? AccountID(value) != nil : true
  }
}
