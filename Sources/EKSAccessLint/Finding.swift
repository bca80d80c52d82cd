public import YAMLSource

/// How much a finding matters.
public enum Severity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// Advice.
  case note
  /// Probably not what was meant.
  case warning
  /// Access is lost, or the API refuses the object.
  case error

  /// From note over warning to error.
  public static func < (left: Severity, right: Severity) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

/// Something a rule found in a file.
public struct Finding: Sendable, Hashable {
  /// A remark that explains a finding, with another place where there is one.
  public struct Note: Sendable, Hashable {
    /// The remark: lower case, without a full stop.
    public var message: String
    /// The place in the same file that it speaks of.
    public var range: Range<Int>?

    /// Makes a note.
    public init(_ message: String, at range: Range<Int>? = nil) {
      self.message = message
      self.range = range
    }
  }

  /// The rule's id, such as `node-groups`.
  public var rule: String
  /// How much it matters.
  public var severity: Severity
  /// What is wrong and what follows from it: lower case, without a full stop.
  public var message: String
  /// The bytes of the file that the finding is about.
  public var range: Range<Int>
  /// Why it is so, and other places.
  public var notes: [Note]
  /// What to do.
  public var help: String?
  /// A change that removes the finding, where one is known.
  public var fix: Fix?
}

/// A change of a file that removes a finding.
public struct Fix: Sendable, Hashable {
  /// Whether a fix may be made without looking.
  public enum Safety: String, Sendable, Hashable, Codable {
    /// The file means the same afterwards, or the one thing it can have meant.
    case safe
    /// Somebody should look at what it does.
    case unsafe
  }

  /// Whether it may be made without looking.
  public var safety: Safety
  /// The edits, which belong together.
  public var edits: [SourceEdit]

  /// Makes a fix; `nil` when an edit could not be made or there is none.
  public init?(_ safety: Safety, _ edits: [SourceEdit?]) {
    let made = edits.compactMap { $0 }
    guard made.count == edits.count, !made.isEmpty else { return nil }
    self.safety = safety
    self.edits = made
  }

  /// Makes a fix of one edit; `nil` when there is none.
  public init?(_ safety: Safety, _ edit: SourceEdit?) {
    self.init(safety, [edit])
  }
}
