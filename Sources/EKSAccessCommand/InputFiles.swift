import EKSAccess
import EKSAccessManifests

/// The files that a command line names: files as they are, and all manifests below directories.
struct InputFiles {
  /// A file to read.
  struct File: Hashable {
    var path: String
    /// Whether the command line names it, rather than a directory above.
    var isNamed: Bool
    /// The section whose text the file is; `nil` for one that tells by itself what it is.
    var section: AWSAuthSection?
  }

  /// Something that could not be read.
  struct Failure: Hashable {
    var path: String
    var message: String
  }

  /// The largest file that is read: many times what a cluster would take.
  static let sizeLimit = 32 << 20

  private(set) var files: [File] = []
  private(set) var failures: [Failure] = []
  private var visited: Set<Platform.FileIdentity> = []

  /// Collects the files; those below a directory in the order of their paths.
  ///
  /// - Parameters:
  ///   - paths: Files and directories.
  ///   - section: The section whose text the named files are, if they are that.
  init(_ paths: [String], as section: AWSAuthSection? = nil) {
    for path in paths { add(path) }
    for index in files.indices where files[index].isNamed { files[index].section = section }
    guard files.count > 1 else { return }
    var seen: Set<String> = []
    files = files.filter { seen.insert($0.path).inserted }
  }

  private mutating func add(_ path: String) {
    guard path != "-" else {
      files.append(File(path: path, isNamed: true))
      return
    }
    do throws(Platform.Failure) {
      switch try Platform.kind(of: path) {
      case .directory(let identity): walk(path, identity)
      case .file, .other: files.append(File(path: path, isNamed: true))
      }
    } catch {
      failures.append(Failure(path: path, message: error.message))
    }
  }

  private mutating func walk(_ top: String, _ identity: Platform.FileIdentity) {
    var directories = [(top, identity)]
    var found: [File] = []
    while let (directory, identity) = directories.popLast() {
      guard visited.insert(identity).inserted else { continue }
      let names: [String]
      do throws(Platform.Failure) {
        names = try Platform.names(in: directory)
      } catch {
        failures.append(Failure(path: directory, message: error.message))
        continue
      }
      let prefix = directory == "." ? "" : directory.hasSuffix("/") ? directory : directory + "/"
      for name in names {
        let path = prefix + name
        let isManifest = Self.isManifestName(name)
        guard isManifest || name.utf8.first != UInt8(ascii: ".") else { continue }
        do throws(Platform.Failure) {
          switch try Platform.kind(of: path) {
          case .directory(let identity):
            // Links to directories lead out of the tree or back into it.
            if name.utf8.first != UInt8(ascii: "."), !Platform.isSymbolicLink(path) {
              directories.append((path, identity))
            }
          case .file: if isManifest { found.append(File(path: path, isNamed: false)) }
          case .other: break
          }
        } catch {
          if isManifest { failures.append(Failure(path: path, message: error.message)) }
        }
      }
    }
    files += found.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private static func isManifestName(_ name: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { name.utf8.count > $0.utf8.count && name.hasSuffix($0) }
  }

  /// Reads a file, refusing what is no regular text file of a sensible size.
  static func read(_ file: File, _ console: Console) throws(InputError) -> [UInt8] {
    let bytes =
      file.path == "-" ? try console.readInput(sizeLimit) : try readRegularFile(file.path)
    guard bytes.count <= sizeLimit else { throw tooLarge }
    guard !file.isNamed || !isBinary(bytes) else {
      throw InputError(message: "not a text file, so it was not checked")
    }
    return bytes
  }

  /// Whether a file is no text at all, rather than a manifest with a wrong character in it.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    return !isWide && bytes.prefix(8192).contains(0) && !ManifestFile.mentionsAWSAuth(bytes)
  }

  private static func readRegularFile(_ path: String) throws(InputError) -> [UInt8] {
    let kind: Platform.Kind
    do throws(Platform.Failure) {
      kind = try Platform.kind(of: path)
      if case .file(let size) = kind, size <= sizeLimit {
        return try Platform.readFile(path, limit: sizeLimit)
      }
    } catch {
      throw InputError(message: error.message)
    }
    if case .file = kind { throw tooLarge }
    throw InputError(message: "not a regular file; pipe its content in with \"-\" as the path")
  }

  private static let tooLarge = InputError(
    message: "larger than \(sizeLimit >> 20) MiB; a cluster takes 1 MiB for a ConfigMap")
}
