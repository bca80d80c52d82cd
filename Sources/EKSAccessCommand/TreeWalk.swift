import EKSAccessManifests

/// Finds the manifests below a folder and says what each is about, on several threads.
///
/// What the threads find is put in order only at the end, so that it does not depend on them.
struct TreeWalk: Sendable {
  /// What was found below a folder.
  struct Result {
    var files: [InputFiles.File] = []
    var failures: [InputFiles.Failure] = []
    /// The number of files that were read and mention nothing that is looked for.
    var passedOver = 0
    /// Folders of the command line that were come across.
    var metFolders: Set<Platform.FileIdentity> = []
  }

  /// What files have to mention; `nil` for all files, without reading them.
  var wanted: Mentions?
  /// Files that the command line names, which are not looked for.
  var namedFiles: Set<String> = []
  /// The folders that the command line names.
  var namedFolders: Set<Platform.FileIdentity> = []
  /// Those of them that were searched before.
  var searchedFolders: Set<Platform.FileIdentity> = []

  /// Something to do for a thread.
  private enum Task {
    case folder(String)
    case files([String], in: Platform.Folder, prefix: String)
  }

  private struct Queue {
    var tasks: [Task] = []
    /// The number of tasks that are not done, those that a thread works on included.
    var open = 0
    var result = Result()
  }

  /// How many files of one folder a thread takes at a time.
  private static let batch = 128

  /// Searches a folder and all below it.
  func search(_ folder: String, _ threads: Threads) -> Result {
    let queue = Platform.Shared(Queue(tasks: [.folder(folder)], open: 1))
    Platform.run(onThreads: threads.count) {
      let buffer = Platform.FileBuffer()
      var result = Result()
      while let task = next(queue) {
        let more = work(on: task, buffer, &result)
        queue.use { queue in
          queue.open += more.count - 1
          queue.tasks += more
        }
        queue.wake()
      }
      let found = result
      queue.use { $0.result.add(found) }
    }
    var result = queue.use { $0.result }
    result.sort()
    return result
  }

  private func next(_ queue: Platform.Shared<Queue>) -> Task? {
    queue.wait { queue -> Task?? in
      if let task = queue.tasks.popLast() { return .some(task) }
      return queue.open == 0 ? .some(nil) : nil
    }
  }

  private func work(
    on task: Task, _ buffer: Platform.FileBuffer, _ result: inout Result
  ) -> [Task] {
    switch task {
    case .folder(let path):
      do throws(Platform.Failure) {
        return try list(path, buffer, &result)
      } catch {
        result.failures.append(.init(path: path, message: error.message))
        return []
      }
    case .files(let names, let folder, let prefix):
      for name in names { examine(name, in: folder, prefix + name, buffer, &result) }
      return []
    }
  }

  private func list(
    _ path: String, _ buffer: Platform.FileBuffer, _ result: inout Result
  ) throws(Platform.Failure) -> [Task] {
    let folder = try Platform.Folder(path)
    // Only what lies below another named folder can be met twice.
    if namedFolders.count > 1, let identity = folder.identity, namedFolders.contains(identity) {
      result.metFolders.insert(identity)
      guard !searchedFolders.contains(identity) else { return [] }
    }
    let prefix = path == "." ? "" : path.hasSuffix("/") ? path : path + "/"
    var tasks: [Task] = []
    var names: [String] = []
    var unclear: [String] = []
    try folder.forEachName { name, isFolder in
      let isHidden = name[0] == UInt8(ascii: ".")
      switch isFolder {
      case true?:
        if !isHidden { tasks.append(.folder(prefix + String(decoding: name, as: UTF8.self))) }
      case false?:
        if Self.isManifest(name) { names.append(String(decoding: name, as: UTF8.self)) }
      case nil:
        if !isHidden || Self.isManifest(name) {
          unclear.append(String(decoding: name, as: UTF8.self))
        }
      }
    }
    for name in unclear {
      let isManifest = Self.isManifest(Array(name.utf8))
      do throws(Platform.Failure) {
        switch try folder.kind(of: name) {
        case (.file, _): if isManifest { names.append(name) }
        // Links to directories lead out of the tree or back into it.
        case (.directory, isLink: false):
          if !name.hasPrefix(".") { tasks.append(.folder(prefix + name)) }
        default: break
        }
      } catch {
        if isManifest {
          result.failures.append(.init(path: prefix + name, message: error.message))
        }
      }
    }
    for start in stride(from: Self.batch, to: names.count, by: Self.batch) {
      let part = names[start..<min(start + Self.batch, names.count)]
      tasks.append(.files(Array(part), in: folder, prefix: prefix))
    }
    for name in names.prefix(Self.batch) {
      examine(name, in: folder, prefix + name, buffer, &result)
    }
    return tasks
  }

  private func examine(
    _ name: String, in folder: Platform.Folder, _ path: String, _ buffer: Platform.FileBuffer,
    _ result: inout Result
  ) {
    guard namedFiles.isEmpty || !namedFiles.contains(path) else { return }
    guard let wanted else {
      result.files.append(.init(path: path, isNamed: false))
      return
    }
    do throws(Platform.Failure) {
      let limit = InputFiles.sizeLimit
      let mentions = try buffer.withFile(name, in: folder, limit: limit) { bytes -> Mentions? in
        guard bytes.count <= limit else { return nil }
        // The words do not stand in UTF-16 as they are.
        let isWide = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        return isWide ? wanted : Mentions(in: bytes, wanted: wanted)
      }
      guard let mentions else {
        result.failures.append(.init(path: path, message: InputFiles.tooLarge.message))
        return
      }
      if mentions.isEmpty {
        result.passedOver += 1
      } else {
        result.files.append(.init(path: path, isNamed: false, mentions: mentions))
      }
    } catch {
      result.failures.append(.init(path: path, message: error.message))
    }
  }

  /// Whether files of a name are read, by its end.
  static func isManifest(_ name: some BidirectionalCollection<UInt8>) -> Bool {
    let suffixes: [StaticString] = [".yaml", ".yml", ".json"]
    return suffixes.contains { suffix in
      suffix.withUTF8Buffer { name.count > $0.count && name.suffix($0.count).elementsEqual($0) }
    }
  }
}

extension TreeWalk.Result {
  fileprivate mutating func add(_ other: Self) {
    files += other.files
    failures += other.failures
    passedOver += other.passedOver
    metFolders.formUnion(other.metFolders)
  }

  fileprivate mutating func sort() {
    files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    failures.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
