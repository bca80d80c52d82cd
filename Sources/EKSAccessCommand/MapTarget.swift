import ArgumentParser
import EKSAccessLint
import EKSAccessManifests
import YAMLSource

/// The file that `map` changes, and where the result goes.
struct MapTarget: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Write the file anew instead of printing the result.")
  var inPlace = false

  @Argument(
    help: ArgumentHelp("The file with the ConfigMap; \"-\" is standard input.", valueName: "path"))
  var path: String

  func validate() throws {
    guard !inPlace || path != "-" else {
      throw ValidationError("--in-place needs a file; standard input cannot be written")
    }
  }

  /// Reads the file, changes it and writes or prints the result; what the linter says of the rows
  /// of a principal is printed too.
  ///
  /// - Returns: The exit status.
  func edit(
    on console: Console, checking principal: String?,
    _ change: (AWSAuthEditor) throws(AWSAuthEditError) -> AWSAuthEdit
  ) -> Int32 {
    let name = path == "-" ? "<stdin>" : path
    let bytes: [UInt8]
    do throws(InputError) {
      bytes = try InputFiles.read(InputFiles.File(path: path, isNamed: true), console)
    } catch {
      console.print(error: "\(Terminal.escaped(name)): \(error.message)")
      return 2
    }
    let edit: AWSAuthEdit
    do throws(AWSAuthEditError) {
      edit = try change(AWSAuthEditor(ManifestFile(bytes)))
    } catch {
      var place = Terminal.escaped(name)
      if let range = error.range {
        let position = LineTable(bytes).position(of: range.lowerBound)
        place += ":\(position.line):\(position.column)"
      }
      let message = "\(place): error: \(Terminal.escaped(error.message))\n"
      console.writeError(Array(message.utf8))
      return 1
    }
    if let principal { warn(of: principal, in: edit.bytes, name, console) }
    guard inPlace else {
      console.writeOutput(edit.bytes)
      return 0
    }
    guard !edit.edits.isEmpty else { return 0 }
    do throws(Platform.Failure) {
      try Platform.replace(path, with: edit.bytes)
    } catch {
      console.print(error: "\(Terminal.escaped(name)): \(error.message); the file is as it was")
      return 2
    }
    return 0
  }

  /// Prints what the linter finds in the rows of a principal.
  private func warn(
    of principal: String, in bytes: [UInt8], _ name: String, _ console: Console
  ) {
    guard let manifest = try? AWSAuthEditor(ManifestFile(bytes)).manifest else { return }
    let rows = manifest.entries.filter { $0.arn?.value == principal }.map(\.node.range)
    let findings = Linter().lint(bytes).filter { finding in
      rows.contains { $0.overlaps(finding.range) }
    }
    var report = LintReport(failures: [])
    report.add(findings, in: name, bytes)
    console.writeError(TextRenderer().render(report))
  }
}
