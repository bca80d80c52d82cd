import EKSAccess
import YAMLSource

/// Writes a row in a style.
struct RowWriter {
  var style: RowStyle

  /// The row as an item of a list: its lines, the first one with the dash.
  func lines(_ mapping: MappingEntry.Mapping) -> [String] {
    let dash = String(repeating: " ", count: style.dashColumn) + "-"
    guard !style.hasBraces else { return ["\(dash) \(braces(mapping))"] }
    let space = String(repeating: " ", count: style.dashColumn + style.keyOffset)
    let first = dash + String(repeating: " ", count: style.keyOffset - 1)
    return ordered(mapping).flatMap(lines).enumerated().map { ($0 == 0 ? first : space) + $1 }
  }

  /// The row between braces.
  func braces(_ mapping: MappingEntry.Mapping) -> String {
    let members = ordered(mapping).map { name, value in
      key(name) + style.colon + inline(value)
    }
    return "{" + members.joined(separator: style.comma) + "}"
  }

  private enum Value {
    case text(String, RowStyle.Quotes)
    case groups([String])
    case sso(SSORoleMatcher)
  }

  private func ordered(_ mapping: MappingEntry.Mapping) -> [(String, Value)] {
    style.order.compactMap { name -> (String, Value)? in
      switch (name, mapping) {
      case (.roleARN, .role(let role)):
        if let sso = role.sso { return ("sso", .sso(sso)) }
        return ("rolearn", .text(role.roleARN, style.arnQuotes))
      case (.roleARN, .user(let user)):
        return ("userarn", .text(user.userARN, style.arnQuotes))
      case (.username, .role(let role)):
        return ("username", .text(role.username, style.usernameQuotes))
      case (.username, .user(let user)):
        return ("username", .text(user.username, style.usernameQuotes))
      case (.groups, .role(let role)): return ("groups", .groups(role.groups))
      case (.groups, .user(let user)): return ("groups", .groups(user.groups))
      default: return nil
      }
    }
  }

  private func lines(_ name: String, _ value: Value) -> [String] {
    switch value {
    case .groups(let groups) where !groups.isEmpty && !style.groupsHaveBrackets:
      let space = String(repeating: " ", count: style.groupOffset)
      return [key(name) + ":"]
        + groups.map { "\(space)- " + scalar($0, style.groupQuotes, inBraces: false) }
    case .sso(let sso):
      return [key(name) + ":"] + members(sso).map { "  \(key($0)): \($1)" }
    case .groups: return [key(name) + ": " + inline(value)]
    case .text(let text, let quotes):
      return [key(name) + ": " + scalar(text, quotes, inBraces: false)]
    }
  }

  private func inline(_ value: Value) -> String {
    switch value {
    case .text(let text, let quotes): scalar(text, quotes, inBraces: true)
    case .groups(let groups): brackets(groups)
    case .sso(let sso):
      "{" + members(sso).map { key($0) + style.colon + $1 }.joined(separator: style.comma) + "}"
    }
  }

  /// A list of groups in brackets.
  func brackets(_ groups: [String]) -> String {
    let items = groups.map { scalar($0, style.groupQuotes, inBraces: true) }
    return "[" + items.joined(separator: style.comma) + "]"
  }

  private func members(_ sso: SSORoleMatcher) -> [(String, String)] {
    [
      ("permissionSetName", sso.permissionSetName), ("accountID", sso.accountID),
      ("partition", sso.partition),
    ].filter { !$0.1.isEmpty }.map { ($0.0, scalar($0.1, style.arnQuotes, inBraces: true)) }
  }

  private func key(_ name: String) -> String {
    switch style.keyQuotes {
    case .none: name
    case .single: "'\(name)'"
    case .double: "\"\(name)\""
    }
  }

  /// A text as a scalar, quoted as asked or better.
  func scalar(_ text: String, _ quotes: RowStyle.Quotes, inBraces: Bool) -> String {
    switch quotes {
    case .none where inBraces && text.utf8.contains(where: "{}".utf8.contains):
      YAMLWriter.doubleQuoted(text)
    case .none: YAMLWriter.scalar(text)
    case .single where text.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != 0x27 }:
      "'\(text)'"
    case .single, .double: YAMLWriter.doubleQuoted(text)
    }
  }
}
