import EKSAccessLint
import FoundationEssentials

/// Findings that a project has decided to live with for now, as `lint --write-baseline` writes
/// them.
///
/// A finding is known by its rule, its file and the text it underlines, so that lines may move.
struct Baseline {
  /// Findings that cannot be told apart.
  struct Key: Hashable, Comparable {
    var path: String
    var rule: String
    var fingerprint: String

    static func < (left: Key, right: Key) -> Bool {
      (left.path, left.rule, left.fingerprint) < (right.path, right.rule, right.fingerprint)
    }
  }

  /// How many findings of each kind there are; of a baseline in use, those not met yet.
  private(set) var counts: [Key: Int] = [:]
  /// The file's path, as messages print it.
  let path: String
  /// The real path of the folder of the file; the paths of findings are relative to it.
  let folder: String

  /// A baseline without findings, to be written to a file that need not exist.
  init(path: String) throws(InputError) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let folder = Platform.absolutePath(of: name) else {
      throw InputError(message: "there is no folder \(name)")
    }
    self.path = path
    self.folder = folder
  }

  /// Reads a baseline.
  init(reading path: String) throws(InputError) {
    try self.init(path: path)
    let bytes = try InputFiles.read(.init(path: path, isNamed: true))
    guard let file = try? JSONDecoder().decode(File.self, from: Data(bytes)) else {
      throw InputError(message: "not a baseline; write it anew with --write-baseline")
    }
    guard file.version == File.current, let findings = file.findings else {
      throw InputError(
        message: "a baseline of version \(file.version), and this program reads version"
          + " \(File.current); write it anew with --write-baseline")
    }
    for item in findings {
      guard item.count > 0, item.count <= Int32.max else {
        throw InputError(message: "a finding has the count \(item.count); write it anew")
      }
      add(Key(path: item.path, rule: item.rule, fingerprint: item.fingerprint), item.count)
    }
  }

  /// The key of a finding in a file with these bytes.
  func key(_ finding: Finding, in file: String, _ bytes: [UInt8]) -> Key {
    let text = bytes[finding.range.clamped(to: 0..<bytes.count)]
    return Key(
      path: relative(file), rule: finding.rule,
      fingerprint: Fingerprints.fingerprint(rule: finding.rule, text))
  }

  mutating func add(_ key: Key, _ count: Int = 1) {
    counts[key, default: 0] += count
  }

  /// Takes one finding off the baseline, if it is there.
  mutating func take(_ key: Key) -> Bool {
    guard let count = counts[key] else { return false }
    counts[key] = count == 1 ? nil : count - 1
    return true
  }

  /// Writes the baseline to its file.
  func write() throws(InputError) {
    if let kind = try? Platform.kind(of: path) {
      guard case .file = kind else { throw InputError(message: "not a regular file") }
    }
    let items = counts.sorted { $0.key < $1.key }.map { key, count in
      Item(path: key.path, rule: key.rule, fingerprint: key.fingerprint, count: count)
    }
    do throws(Platform.Failure) {
      try Platform.save(JSONOutput.encode(File(findings: items)), to: path)
    } catch {
      throw InputError(message: error.message)
    }
  }

  /// A real path as seen from the folder of the baseline.
  private func relative(_ path: String) -> String {
    let names = path.split(separator: "/")
    let own = folder.split(separator: "/")
    let common = zip(names, own).prefix { $0 == $1 }.count
    let up = repeatElement("..", count: own.count - common)
    return (up + names.dropFirst(common).map(String.init)).joined(separator: "/")
  }

  /// The real path of a file that a finding names, whether or not it is still there.
  func file(of key: Key) -> String {
    var names = folder.split(separator: "/")
    for name in key.path.split(separator: "/") {
      if name == ".." { _ = names.popLast() } else { names.append(name) }
    }
    return "/" + names.joined(separator: "/")
  }

  private struct File: Codable {
    static let current = 1
    var version = current
    var findings: [Item]?
  }

  private struct Item: Codable {
    var path: String
    var rule: String
    var fingerprint: String
    var count: Int
  }
}
