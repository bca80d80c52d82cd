import EKSAccessLint
import EKSAccessManifests

/// The files of a run that are worth checking, and what rules need to know of all of them.
///
/// A single file is checked as it is read. Of several, all are looked through first: a binding and
/// the group it names often stand in different files.
struct LintSources {
  /// A file to check.
  struct Source {
    var file: InputFiles.File
    /// The path as findings print it.
    var path: String
    /// Whether the file holds nothing that rules about aws-auth itself look at.
    var isOnlyRBAC: Bool
    fileprivate var mentionsRBAC: Bool
    fileprivate var kept: [UInt8]?

    /// The bytes of the file, read again where they were not kept.
    func bytes(_ console: Console) throws(InputError) -> [UInt8] {
      if let kept { return kept }
      return try InputFiles.read(file, console)
    }
  }

  /// How many bytes of files are kept for the second look; the files beyond are read again.
  private static let keptLimit = 64 << 20

  private(set) var sources: [Source] = []
  private(set) var failures: [InputFiles.Failure] = []
  /// The number of files that were read.
  private(set) var fileCount = 0
  /// What rules need to know of all files; `nil` for a single file and where there is no RBAC.
  private(set) var input: LintInput?

  init(_ files: [InputFiles.File], stdinFilename: String?, _ console: Console) {
    var keptSize = 0
    var hasRBAC = false
    var files = files
    var index = 0
    while index < files.count {
      let file = files[index]
      index += 1
      let path = file.path == "-" ? stdinFilename ?? "<stdin>" : file.path
      do throws(InputError) {
        let bytes = try InputFiles.read(file, console)
        fileCount += 1
        add(KustomizeFiles.sectionFiles(of: bytes, at: file.path), to: &files, from: index)
        let mentionsRBAC = ManifestFile.mentionsRBAC(bytes)
        hasRBAC = hasRBAC || mentionsRBAC
        let isOnlyRBAC = !file.isNamed && !ManifestFile.mentionsAWSAuth(bytes)
        guard !isOnlyRBAC || mentionsRBAC || ManifestFile.mentionsServiceAccounts(bytes) else {
          continue
        }
        let isKept = file.path == "-" || keptSize + bytes.count <= Self.keptLimit
        if isKept { keptSize += bytes.count }
        sources.append(
          Source(
            file: file, path: path, isOnlyRBAC: isOnlyRBAC, mentionsRBAC: mentionsRBAC,
            kept: isKept ? bytes : nil))
      } catch {
        failures.append(.init(path: path, message: error.message))
      }
    }
    if files.count > 1, hasRBAC { gather(console) }
    // The others were looked at for their ServiceAccounts.
    sources.removeAll { $0.isOnlyRBAC && !$0.mentionsRBAC }
  }

  /// Adds files of a kustomization, or says of files that are known already what they are.
  private mutating func add(
    _ new: [InputFiles.File], to files: inout [InputFiles.File], from next: Int
  ) {
    for file in new {
      if let source = sources.firstIndex(where: { $0.file.path == file.path }) {
        sources[source].file.section = file.section
        sources[source].isOnlyRBAC = false
      } else if let known = files.indices.first(where: { files[$0].path == file.path }) {
        if known >= next {
          files[known] = file
        } else {
          // It was passed over, since nothing in it spoke of aws-auth.
          fileCount -= 1
          files.append(file)
        }
      } else {
        files.append(file)
      }
    }
  }

  private mutating func gather(_ console: Console) {
    var input = LintInput()
    for source in sources {
      // What cannot be read any more is reported when the file is checked.
      guard let bytes = try? source.bytes(console) else { continue }
      input.add(ManifestFile(bytes, as: source.file.section), at: source.path)
    }
    self.input = input
  }
}
