import EKSAccessManifests

/// Text that is not final yet: a template language's or a person's to fill in.
public enum Placeholder: Sendable {
  /// Whether an ARN holds an expression of a template language, a shell variable, or an invitation
  /// to write something else there.
  public static func isUnresolved(arn text: String) -> Bool {
    isUnresolved(arn: Array(text.utf8))
  }

  static func isUnresolved(arn text: [UInt8]) -> Bool {
    text.contains(UInt8(ascii: "{")) || hasTemplateExpression(text) || invitation(in: text) != nil
  }

  /// Whether a username or group holds an expression of a template language other than the
  /// authenticator's own (`{{SessionName}}`), or an invitation.
  public static func isUnresolved(identity text: String) -> Bool {
    let bytes = Array(text.utf8)
    return hasTemplateExpression(bytes) || invitation(in: bytes) != nil
  }

  /// The part of a text that invites somebody to write something else: `<ARN of instance role>`,
  /// `ACCOUNT_ID`, `YOUR_ROLE`; `nil` where there is none.
  ///
  /// Names within `${…}` or `{{ … }}` are for another program to fill in.
  public static func toFillIn(_ text: String) -> Substring? {
    invitation(in: Array(text.utf8)).map { part in
      let utf8 = text.utf8
      let start = utf8.index(utf8.startIndex, offsetBy: part.lowerBound)
      return text[start..<utf8.index(start, offsetBy: part.count)]
    }
  }

  /// An expression that another program replaces: `${…}`, `$NAME`, `__NAME__`, `{% … %}`, `<% … %>`,
  /// and `{{ … }}` that is more than a name, as in `{{ .Values.x }}`.
  private static func hasTemplateExpression(_ text: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in text {
      switch previous {
      case UInt8(ascii: "$"):
        if isLetter(byte) || "{(_".utf8.contains(byte) { return true }
      case UInt8(ascii: "{"), UInt8(ascii: "<"):
        if byte == UInt8(ascii: "%") { return true }
      case UInt8(ascii: "_"):
        if byte == UInt8(ascii: "_") { return true }
      default: break
      }
      previous = byte
    }
    guard text.contains(UInt8(ascii: "{")) else { return false }
    return TemplateEvidence.find(in: 0..<text.count, of: text) != nil
      || text.contains(anyOf: ["{{ .", "{{.", "{{-"])
  }

  /// A first look that few real names pass: all that invites has a capital, `<`, or a word that
  /// begins with `change`, `xxxx` or `your`.
  private static func mayHoldInvitation(_ text: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in text {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "<"): return true
      case UInt8(ascii: "h") where previous == UInt8(ascii: "c"): return true
      case UInt8(ascii: "x") where previous == byte: return true
      case UInt8(ascii: "o") where previous == UInt8(ascii: "y"): return true
      default: previous = byte
      }
    }
    return false
  }

  private static func invitation(in text: [UInt8]) -> Range<Int>? {
    guard mayHoldInvitation(text) else { return nil }
    if let open = text.firstIndex(of: UInt8(ascii: "<")),
      let close = text[open...].firstIndex(of: UInt8(ascii: ">")), open + 1 < close,
      text[open + 1] != UInt8(ascii: "<"), text[open + 1] != UInt8(ascii: "%")
    {
      return open..<(close + 1)
    }
    var position = 0
    while position < text.count {
      let byte = text[position]
      if isWordPart(byte) {
        let start = position
        while position < text.count, isWordPart(text[position]) { position += 1 }
        // Of the words in real names, few begin as one that counts.
        if position - start > 3, (0x41...0x5A).contains(byte) || isBeginning(byte) {
          let word = text[start..<position]
          if mayInvite(word), isInvitation(String(decoding: word, as: UTF8.self)) {
            return start..<position
          }
        }
      } else if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "{") {
        position = skipExpression(text, position)
      } else {
        position += 1
      }
    }
    return nil
  }

  /// The end of `${…}`, `{{ … }}` or `$NAME` at a place in a text, or of its first byte.
  private static func skipExpression(_ text: [UInt8], _ start: Int) -> Int {
    var end = start + 1
    if end < text.count, text[end] == UInt8(ascii: "{"),
      let close = text[end...].firstIndex(of: UInt8(ascii: "}"))
    {
      return close
    }
    guard text[start] == UInt8(ascii: "$") else { return end }
    while end < text.count, isWordPart(text[end]) { end += 1 }
    return end
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20)
  }

  /// Whether a word that counts in any case begins with the letter.
  private static func isBeginning(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "c") || byte == UInt8(ascii: "x") || byte == UInt8(ascii: "y")
  }

  private static func isWordPart(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  /// A first look that few words of real names pass: words in capitals, and those that begin as the
  /// words that count in any case do.
  private static func mayInvite(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first else { return false }
    if (0x41...0x5A).contains(first), !word.contains(where: { (0x61...0x7A).contains($0) }) {
      return true
    }
    let beginning: StaticString
    switch first | 0x20 {
    case UInt8(ascii: "c"): beginning = "chan"
    case UInt8(ascii: "x"): beginning = "xxxx"
    case UInt8(ascii: "y"): beginning = "your"
    default: return false
    }
    return beginning.withUTF8Buffer { word.prefix(4).elementsEqual($0) { $0 | 0x20 == $1 } }
  }

  private static func isInvitation(_ word: String) -> Bool {
    let upper = word.uppercased()
    if ["YOUR", "CHANGEME", "CHANGE_ME"].contains(upper) || upper.hasPrefix("YOUR_") {
      return true
    }
    if upper.utf8.count > 3, upper.utf8.allSatisfy({ $0 == UInt8(ascii: "X") }) { return true }
    guard upper == word else { return false }
    let beginnings = ["REPLACE_", "CHANGE_ME", "CHANGEME", "INSERT_", "TODO_", "FIXME_"]
    let wholes = [
      "ACCOUNT_ID", "AWS_ACCOUNT_ID", "ACCOUNTID", "ACCOUNT_NUMBER", "TODO", "FIXME", "REPLACE",
      "REPLACEME", "PLACEHOLDER", "ROLE_NAME", "USER_NAME",
    ]
    let endings = ["_PLACEHOLDER", "_ARN", "_ACCOUNT_ID"]
    return beginnings.contains { upper.hasPrefix($0) } || wholes.contains(upper)
      || endings.contains { upper.hasSuffix($0) }
  }
}
