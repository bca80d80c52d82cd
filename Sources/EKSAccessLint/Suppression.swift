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

  /// Reads the comments of a file.
  init(_ file: ManifestFile) {
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

  /// Takes out the findings that are suppressed.
  func apply(to findings: [Finding]) -> [Finding] {
    findings.filter { finding in !all.contains { $0.covers(finding) } }
  }
}
