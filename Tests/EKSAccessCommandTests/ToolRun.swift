import EKSAccessCommand
import Foundation
import TestSupport
import Testing

/// One run of the tool within the test's process.
struct ToolRun {
  var status: Int32
  var output: String
  var error: String

  init(
    _ arguments: [String], input: [UInt8] = [], onTerminal: Bool = false,
    environment: [String: String] = [:], threadCount: Int = 1
  ) {
    let streams = Streams()
    let console = Console(
      readInput: { limit throws(InputError) in Array(input.prefix(limit + 1)) },
      writeOutput: { bytes in streams.append(bytes, to: \.output) },
      writeError: { bytes in streams.append(bytes, to: \.error) },
      outputIsTerminal: onTerminal, environment: { environment[$0] },
      threadCount: threadCount)
    status = EKSAccessTool.run(arguments, on: console)
    output = String(decoding: streams.output, as: UTF8.self)
    error = String(decoding: streams.error, as: UTF8.self)
  }

  private final class Streams: @unchecked Sendable {
    private let lock = NSLock()
    var output: [UInt8] = []
    var error: [UInt8] = []

    func append(_ bytes: [UInt8], to stream: ReferenceWritableKeyPath<Streams, [UInt8]>) {
      lock.withLock { self[keyPath: stream] += bytes }
    }
  }
}

/// A recorded output. With `RECORD_SNAPSHOTS=1` it is written anew and the test fails, so that a
/// run that records cannot pass.
func expectSnapshot(
  _ text: String, _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = TestData.fixtures.appendingPathComponent("expected").appendingPathComponent(path)
  let recorded = try? String(contentsOf: file, encoding: .utf8)
  guard recorded != text else { return }
  if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record("recorded \(path)", sourceLocation: sourceLocation)
  } else {
    #expect(
      text == recorded, "\(path) differs; look, then record with RECORD_SNAPSHOTS=1",
      sourceLocation: sourceLocation)
  }
}

/// A folder that is removed with the value.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  var path: String { url.path }

  /// Writes a file below the folder and gives its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  /// Writes a file below the folder and gives its path.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, Array(text.utf8))
  }
}
