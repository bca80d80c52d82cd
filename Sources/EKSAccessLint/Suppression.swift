import EKSAccessManifests
import YAMLSource

/// A comment that keeps findings from being reported:
/// `# eks-access: ignore[rule-id, rule-id] reason`.
///
/// At the end of a line it is for that line. On a line of its own it is for the line below, and
/// where that line begins a row, for the whole row. `ignore-file` is for the whole file.
struct Suppression {
  /// The comment's bytes in the file.
  var comment: Range<Int>
  /// The rules' ids.
  var rules: [String]
  /// The bytes that findings must begin in.
  var scope: Range<Int>
  var isUsed = false

  func covers(_ finding: Finding) -> Bool {
    rules.contains(finding.rule) && scope.contains(finding.range.lowerBound)
  }
}

/// All suppressions of a file.
struct Suppressions {
  private(set) var all: [Suppression] = []
  /// Comments that begin like a suppression and are none.
  private(set) var malformed: [YAMLComment] = []
  private let lines: LineTable

  /// Reads the comments of a file; `nil` for a file without any that speaks to this tool.
  init?(_ file: ManifestFile) {
    guard Self.isMentioned(in: file.bytes) else { return nil }
    lines = LineTable(file.bytes)
    let lists = file.otherManifests.filter { !$0.dialect.sectionsAreText }
    let rows = lists.flatMap { $0.entries.map(\.node.range) }
    for comment in file.stream.comments { add(comment, rows: rows, file) }
    for configMap in file.manifests {
      for section in configMap.sections {
        let rows = section.entries.map(\.node.range)
        for comment in section.comments { add(comment, rows: rows, file) }
      }
    }
    all.sort { $0.comment.lowerBound < $1.comment.lowerBound }
  }

  private static let prefix = "eks-access:"

  private static func isMentioned(in bytes: [UInt8]) -> Bool {
    let prefix = Array(Self.prefix.utf8)
    var index = bytes.startIndex
    while let found = bytes[index...].firstIndex(of: prefix[0]) {
      if bytes[found...].starts(with: prefix) { return true }
      index = found + 1
    }
    return false
  }

  private mutating func add(_ comment: YAMLComment, rows: [Range<Int>], _ file: ManifestFile) {
    guard comment.text.hasPrefix(Self.prefix) else { return }
    var rest = Substring(comment.text.dropFirst(Self.prefix.count)).drop { $0 == " " }
    let isForFile = rest.hasPrefix("ignore-file[")
    guard isForFile || rest.hasPrefix("ignore["), let open = rest.firstIndex(of: "["),
      let close = rest.firstIndex(of: "]")
    else {
      malformed.append(comment)
      return
    }
    rest = rest[rest.index(after: open)..<close]
    let rules = rest.split(separator: ",").map { String($0.filter { $0 != " " }) }
    guard !rules.isEmpty, !rules.contains(where: \.isEmpty) else {
      malformed.append(comment)
      return
    }
    all.append(
      Suppression(
        comment: comment.range, rules: rules,
        scope: isForFile ? 0..<(file.bytes.count + 1) : scope(of: comment, rows)))
  }

  /// The line of the comment, the line below it, or the row that begins there.
  private func scope(of comment: YAMLComment, _ rows: [Range<Int>]) -> Range<Int> {
    let line = lines.position(of: comment.range.lowerBound).line
    guard comment.isAlone else { return fullRange(ofLine: line) }
    // Several comments in a row speak of what stands below all of them.
    var next = line + 1
    while next <= lines.count, isCommentOrBlank(next) { next += 1 }
    let below = fullRange(ofLine: next)
    let row = rows.first { below.contains($0.lowerBound) }
    return below.lowerBound..<max(below.upperBound, row?.upperBound ?? 0)
  }

  private func fullRange(ofLine line: Int) -> Range<Int> {
    let range = lines.range(ofLine: line)
    return range.lowerBound..<(range.upperBound + 1)
  }

  private func isCommentOrBlank(_ line: Int) -> Bool {
    let text = lines.bytes(ofLine: line).drop { $0 == 0x20 || $0 == 0x09 }
    return text.isEmpty || text.first == UInt8(ascii: "#")
  }

  /// Takes out the findings that are suppressed, and adds one for each suppression that is not
  /// needed, names no rule, or cannot be read.
  mutating func apply(to findings: [Finding], rules: [any Rule.Type]) -> [Finding] {
    var result = findings.filter { finding in
      var isSuppressed = false
      for index in all.indices where all[index].covers(finding) {
        all[index].isUsed = true
        isSuppressed = true
      }
      return !isSuppressed
    }
    let known = RuleRegistry.all.map { $0.description.id }
    let running = rules.map { $0.description.id }
    for suppression in all {
      for rule in suppression.rules where !known.contains(rule) {
        result.append(.unknown(rule, in: suppression, known))
      }
      if !suppression.isUsed, suppression.rules.allSatisfy(running.contains) {
        result.append(.unused(suppression))
      }
    }
    return result + malformed.map(Finding.malformed)
  }
}

extension Finding {
  /// The ids of what is found about suppressions themselves.
  enum SuppressionID {
    static let unused = "unused-suppression"
    static let unknown = "unknown-suppression"
  }

  fileprivate static func unused(_ suppression: Suppression) -> Finding {
    let names = suppression.rules.joined(separator: ", ")
    return Finding(
      rule: SuppressionID.unused, severity: .warning,
      message: "nothing is found here that \"\(names)\" would have to ignore",
      range: suppression.comment, notes: [], help: "remove the comment")
  }

  fileprivate static func unknown(
    _ rule: String, in suppression: Suppression, _ ids: [String]
  ) -> Finding {
    let candidate = Suggestion.nearest(rule, in: ids)
    return Finding(
      rule: SuppressionID.unknown, severity: .warning,
      message: "there is no rule \"\(rule)\", so nothing is ignored",
      range: suppression.comment, notes: [],
      help: candidate.map { "write \($0)" } ?? "write the id of a rule")
  }

  fileprivate static func malformed(_ comment: YAMLComment) -> Finding {
    Finding(
      rule: SuppressionID.unknown, severity: .warning,
      message: "the comment does not say which rules to ignore, so nothing is ignored",
      range: comment.range, notes: [],
      help: "write eks-access: ignore[rule-id] and the reason, or ignore-file[rule-id]")
  }
}
