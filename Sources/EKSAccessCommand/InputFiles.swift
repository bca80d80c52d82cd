import EKSAccess
import EKSAccessManifests

/// The files that a command line names: files as they are, and all manifests below directories.
struct InputFiles {
  /// A file to read.
  struct File: Sendable {
    var path: String
    /// Whether the command line names it, rather than a directory above.
    var isNamed: Bool
    /// The section whose text the file is; `nil` for one that tells by itself what it is.
    var section: AWSAuthSection?
    /// What it mentions of what was looked for; a file that is named was not searched.
    var mentions: Mentions = []
  }

  /// Something that could not be read.
  struct Failure: Error, Hashable {
    var path: String
    var message: String
  }

  /// The largest file that is read: many times what a cluster would take.
  static let sizeLimit = 32 << 20

  private(set) var files: [File] = []
  private(set) var failures: [Failure] = []
  /// The number of files below directories that mention nothing of what was looked for.
  private(set) var passedOver = 0

  /// Collects the files; those below a directory in the order of their paths.
  ///
  /// - Parameters:
  ///   - paths: What the command line names.
  ///   - section: The section whose text the named files are, if they are that.
  ///   - wanted: What files below directories have to mention; `nil` for all of them.
  ///   - threads: How many threads read them.
  init(
    _ paths: [String], as section: AWSAuthSection? = nil, mentioning wanted: Mentions? = nil,
    _ threads: Threads = .one
  ) {
    var named: [(path: String, folder: Platform.FileIdentity?)] = []
    for path in paths {
      do throws(Platform.Failure) {
        if path != "-", case .directory(let identity) = try Platform.kind(of: path) {
          named.append((path, identity))
        } else {
          named.append((path, nil))
        }
      } catch {
        failures.append(Failure(path: path, message: error.message))
      }
    }
    var walk = TreeWalk(wanted: wanted)
    for (path, folder) in named {
      if let folder { walk.namedFolders.insert(folder) } else { walk.namedFiles.insert(path) }
    }
    var seen: Set<String> = []
    for (path, folder) in named {
      if let folder {
        guard !walk.searchedFolders.contains(folder) else { continue }
        add(walk.search(path, threads), to: &walk)
        walk.searchedFolders.insert(folder)
      } else if seen.insert(path).inserted {
        files.append(File(path: path, isNamed: true, section: section))
      }
    }
  }

  private mutating func add(_ result: TreeWalk.Result, to walk: inout TreeWalk) {
    files += result.files
    failures += result.failures
    passedOver += result.passedOver
    walk.searchedFolders.formUnion(result.metFolders)
  }

  /// Reads a file, refusing what is no regular text file of a sensible size.
  static func read(_ file: File, _ console: Console) throws(InputError) -> [UInt8] {
    guard file.path == "-" else { return try read(file) }
    return try checked(try console.readInput(sizeLimit), file)
  }

  /// Reads a file that is not standard input.
  static func read(_ file: File) throws(InputError) -> [UInt8] {
    try checked(try readRegularFile(file.path), file)
  }

  private static func checked(_ bytes: [UInt8], _ file: File) throws(InputError) -> [UInt8] {
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

  static let tooLarge = InputError(
    message: "larger than \(sizeLimit >> 20) MiB; a cluster takes 1 MiB for a ConfigMap")
}
