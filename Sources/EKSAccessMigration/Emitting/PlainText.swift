import YAMLSource

extension String {
  /// The text on one line that moves no cursor and turns no writing direction: what is not to be
  /// seen stands as `\u{…}`, a backslash as it is.
  ///
  /// Line breaks of every kind, control and formatting characters are written that way, so the text
  /// cannot leave a comment.
  var onOneLine: String {
    replacingScalars { scalar in
      scalar.properties.generalCategory.isVisible
        ? nil : "\\u{" + String(scalar.value, radix: 16) + "}"
    }
  }

  /// The text as a comment of YAML, HCL and sh, broken where a line gets longer than 96 columns.
  var asComment: String {
    onOneLine.wrapped(at: 94).map { "# \($0)\n" }.joined()
  }

  /// The text on lines of at most `width` columns, as far as its words allow.
  func wrapped(at width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(word)
      } else {
        line += lines.isEmpty && line.isEmpty ? word : " " + word
      }
    }
    return lines + [line]
  }

  /// The text as one word of a POSIX shell.
  var asShellWord: String {
    let isPlain = utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
        || "_./:=@+,-".utf8.contains(byte)
    }
    return isPlain && !isEmpty ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}

extension Unicode.GeneralCategory {
  /// Whether characters of the category are there to be seen.
  var isVisible: Bool {
    switch self {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
      .privateUse:
      false
    default: true
    }
  }
}
