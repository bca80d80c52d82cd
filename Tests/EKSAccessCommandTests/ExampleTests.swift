import Foundation
import TestSupport
import Testing

/// The examples in `Documentation/Examples` are built with the tests and run here.
@Suite struct ExampleTests {
  @Test func resolveCallerPrintsTheExplanation() throws {
    let process = Process()
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    process.executableURL = folder.appendingPathComponent("ResolveCaller")
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    try expectSnapshot(text, "examples/resolve-caller.txt")
  }
}
