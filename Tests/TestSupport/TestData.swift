public import Foundation

/// Where the tests find files: the repository's own fixtures and, when given, a folder of
/// recorded answers and real files named by `EKS_ACCESS_TESTDATA`.
public enum TestData {
  /// The repository's root folder.
  public static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The repository's own test inputs.
  public static let fixtures = root.appendingPathComponent("Fixtures")

  /// The names of the test inputs in a folder of ``fixtures``, in order.
  public static func names(in folder: String) -> [String] {
    let path = fixtures.appendingPathComponent(folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The external test data, or `nil` when none was given.
  public static let external: URL? = ProcessInfo.processInfo.environment["EKS_ACCESS_TESTDATA"]
    .map { URL(fileURLWithPath: $0) }

  /// Reads a file whole.
  public static func bytes(_ url: URL) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url))
  }

  /// The JSON objects of the external vector files whose objects satisfy `select`, in file order.
  public static func vectors(where select: ([String: Any]) -> Bool) throws -> [[String: Any]] {
    guard let folder = external?.appendingPathComponent("vectors") else { return [] }
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    )
    .filter { $0.pathExtension == "jsonl" }.sorted { $0.path < $1.path }
    return try files.flatMap { file in
      try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).compactMap { line in
        try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      }.filter(select)
    }
  }

  /// All regular files below a folder of the external data, in path order.
  public static func externalFiles(below folder: String) -> [URL] {
    guard let top = external?.appendingPathComponent(folder),
      let paths = FileManager.default.enumerator(at: top, includingPropertiesForKeys: nil)
    else { return [] }
    return paths.compactMap { $0 as? URL }
      .filter { !$0.hasDirectoryPath && $0.lastPathComponent != "INDEX.tsv" }
      .sorted { $0.path < $1.path }
  }
}
