import EKSAccess
import EKSAccessLint
import EKSAccessManifests

/// The files of a run that are worth checking, and what rules need to know of all of them.
///
/// A single file is checked as it is read. Of several, all are looked through first: a binding and
/// the group it names often stand in different files. They are read again when they are checked,
/// so that a run needs no more memory for more files: to keep what was read takes some twenty times
/// the memory of the text, and no less time.
struct LintSources {
  /// A file to check.
  struct Source: Sendable {
    var file: InputFiles.File
    /// The path as findings print it.
    var path: String
    fileprivate var kept: [UInt8]?

    /// Whether the file holds nothing that rules about aws-auth and access entries look at.
    var isOnlyRBAC: Bool {
      mayBePassedOver && file.mentions.isDisjoint(with: [.awsAuth, .accessEntries])
    }

    fileprivate var hasOnlyAccounts: Bool { mayBePassedOver && file.mentions == .serviceAccounts }
    private var mayBePassedOver: Bool { !file.isNamed && file.section == nil }

    /// The bytes of the file, read again where they were not kept.
    func bytes(_ console: Console) throws(InputError) -> [UInt8] {
      if let kept { return kept }
      return try InputFiles.read(file, console)
    }

    /// What the file holds.
    func manifest(_ console: Console) throws(InputError) -> ManifestFile {
      ManifestFile(try bytes(console), as: file.section)
    }
  }

  /// What findings call standard input where no name is given.
  static let stdinName = "<stdin>"

  private(set) var sources: [Source] = []
  private(set) var failures: [InputFiles.Failure]
  /// The number of files that were read.
  private(set) var fileCount: Int
  /// What rules need to know of all files; `nil` for a single file, and where only rows of aws-auth
  /// are spoken of.
  private(set) var input: LintInput?

  init(
    _ paths: [String], as section: AWSAuthSection?, stdinFilename: String?, _ console: Console
  ) {
    let threads = Threads(count: console.threadCount)
    let inputs = InputFiles(paths, as: section, mentioning: .all, threads)
    let isSingle = inputs.files.count == 1
    failures = inputs.failures
    fileCount = inputs.passedOver
    let read = threads.map(inputs.files) { file in
      Self.source(file, stdinFilename, keepsBytes: isSingle, console)
    }
    for result in read {
      switch result {
      case .source(let source): sources.append(source)
      case .failure(let failure): failures.append(failure)
      }
    }
    addSectionFiles(console)
    fileCount += sources.count
    if sources.count > 1,
      sources.contains(where: { !$0.file.mentions.isDisjoint(with: [.rbac, .accessEntries]) })
    {
      input = gather(threads, console)
    }
    // The others were looked at for their ServiceAccounts.
    sources.removeAll { $0.isOnlyRBAC && !$0.file.mentions.contains(.rbac) }
  }

  /// A file, or why it was not read. For a `Result` the runtime looks through all types of the
  /// program for one that is an error, at every start.
  private enum Reading {
    case source(Source)
    case failure(InputFiles.Failure)
  }

  /// Reads a file that the command line names; the others were read when they were found.
  private static func source(
    _ file: InputFiles.File, _ stdinFilename: String?, keepsBytes: Bool, _ console: Console
  ) -> Reading {
    let path = file.path == "-" ? stdinFilename ?? stdinName : file.path
    var source = Source(file: file, path: path)
    guard file.isNamed else { return .source(source) }
    do throws(InputError) {
      let bytes = try InputFiles.read(file, console)
      source.file.mentions = Mentions(in: bytes)
      if keepsBytes || file.path == "-" { source.kept = bytes }
      return .source(source)
    } catch {
      return .failure(.init(path: path, message: error.message))
    }
  }

  /// Adds the files of kustomizations, or says of files that are known already what they are.
  private mutating func addSectionFiles(_ console: Console) {
    let kustomizations = sources.filter {
      $0.file.mentions.contains(.generator) && $0.file.section == nil
    }
    guard !kustomizations.isEmpty else { return }
    var known: [String: Int] = [:]
    for (index, source) in sources.enumerated() { known[source.file.path] = index }
    for kustomization in kustomizations {
      guard let bytes = try? kustomization.bytes(console) else { continue }
      for file in KustomizeFiles.sectionFiles(of: bytes, at: kustomization.file.path) {
        if let index = known[file.path] {
          sources[index].file.section = file.section
          continue
        }
        // It was read with the folder, and passed over since nothing in it speaks of aws-auth.
        if !kustomization.file.isNamed, TreeWalk.isManifest(file.path.utf8) { fileCount -= 1 }
        switch Self.source(file, nil, keepsBytes: false, console) {
        case .source(let source):
          known[file.path] = sources.count
          sources.append(source)
        case .failure(let failure):
          if !failures.contains(failure) { failures.append(failure) }
        }
      }
    }
  }

  private func gather(_ threads: Threads, _ console: Console) -> LintInput {
    var input = LintInput()
    input.add(sources.filter { !$0.hasOnlyAccounts }, threads, console)
    // Most manifests of accounts say nothing that matters, and there are many of them.
    if input.asksForServiceAccounts {
      input.add(sources.filter(\.hasOnlyAccounts), threads, console)
    }
    return input
  }
}

extension LintInput {
  /// How many files a thread takes at a time.
  private static let batch = 32

  fileprivate mutating func add(
    _ sources: [LintSources.Source], _ threads: Threads, _ console: Console
  ) {
    let batches = stride(from: 0, to: sources.count, by: Self.batch).map { start in
      sources[start..<min(start + Self.batch, sources.count)]
    }
    let parts = threads.map(batches) { batch in
      var part = LintInput()
      for source in batch {
        // What cannot be read any more is reported when the file is checked.
        guard let manifest = try? source.manifest(console) else { continue }
        part.add(manifest, at: source.path)
      }
      return part
    }
    for part in parts { add(part) }
  }
}
