/// An element of an XML document, written with an indentation.
struct XMLElement {
  private let name: String
  private let attributes: [(String, String)]
  private let children: [XMLElement]
  private let content: String

  init(_ name: String, _ attributes: [(String, String)], _ children: [XMLElement] = []) {
    self.name = name
    self.attributes = attributes
    self.children = children
    content = ""
  }

  init(_ name: String, _ attributes: [(String, String)], _ content: String) {
    self.name = name
    self.attributes = attributes
    self.content = content
    children = []
  }

  /// The element's text, with a line break at the end.
  var text: String { text(margin: "") }

  private func text(margin: String) -> String {
    let start =
      "\(margin)<\(name)"
      + attributes.map { " \($0.0)=\"\(Self.escaped($0.1, inAttribute: true))\"" }.joined()
    if !content.isEmpty {
      return "\(start)>\(Self.escaped(content, inAttribute: false))</\(name)>\n"
    }
    guard !children.isEmpty else { return start + "/>\n" }
    return "\(start)>\n" + children.map { $0.text(margin: margin + "  ") }.joined()
      + "\(margin)</\(name)>\n"
  }

  /// Text with characters that have a meaning in XML as references, and those that XML 1.0 cannot
  /// hold at all as visible escapes.
  static func escaped(_ text: String, inAttribute: Bool) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar.value {
      case 0x26: result += "&amp;"
      case 0x3C: result += "&lt;"
      // The end of a CDATA section must not stand in text either.
      case 0x3E: result += "&gt;"
      case 0x22 where inAttribute: result += "&quot;"
      case 0x09 where inAttribute, 0x0A where inAttribute, 0x0D:
        result += "&#\(scalar.value);"
      case 0x00...0x08, 0x0B, 0x0C, 0x0E...0x1F, 0xFFFE, 0xFFFF:
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
