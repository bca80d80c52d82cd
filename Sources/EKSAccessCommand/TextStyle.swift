import ArgumentParser
import EKSAccessLint

/// The values of `--color`.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case always
  case never

  /// How to print on a console.
  func style(on console: Console) -> TextStyle {
    switch self {
    case .always: .colored
    case .never: .plain
    case .auto: console.takesColors ? .colored : .plain
    }
  }
}

extension Console {
  fileprivate var takesColors: Bool {
    outputIsTerminal && environment("NO_COLOR")?.isEmpty ?? true && environment("TERM") != "dumb"
  }
}

/// The colours of text for people, or none.
struct TextStyle {
  /// What a part of the text is.
  enum Role {
    case place
    case severity(Severity)
    case message
    case rule
    case margin
    case note
    case help
  }

  static let plain = TextStyle(isColored: false)
  static let colored = TextStyle(isColored: true)

  private let isColored: Bool

  private init(isColored: Bool) {
    self.isColored = isColored
  }

  func callAsFunction(_ text: String, _ role: Role) -> String {
    isColored ? "\u{1B}[\(Self.code(role))m\(text)\u{1B}[0m" : text
  }

  /// Parameters of "select graphic rendition", from the eight colours that every theme defines.
  private static func code(_ role: Role) -> String {
    switch role {
    case .place, .message: "1"
    case .severity(.error): "1;31"
    case .severity(.warning): "1;33"
    case .severity(.note), .note: "1;36"
    case .help: "1;32"
    case .rule, .margin: "2"
    }
  }
}
