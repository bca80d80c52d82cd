#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the tool asks of the operating system; only the files of this folder import a C library.
enum Platform {
  /// What a path leads to.
  enum Kind {
    case file(size: Int)
    case directory(FileIdentity)
    case other
  }

  /// A file or directory whatever its path.
  struct FileIdentity: Hashable {
    var device: UInt64
    var node: UInt64
  }

  /// Why a call failed, in the system's words.
  struct Failure: Error, Hashable {
    var code: Int32

    var message: String {
      switch code {
      case ENOENT: "no such file or directory"
      case EACCES, EPERM: "permission denied"
      case ELOOP: "too many levels of symbolic links"
      case EISDIR: "is a directory"
      default: String(cString: strerror(code)).lowercased()
      }
    }

    static var last: Failure { Failure(code: errno) }
  }

  /// What a path leads to, symbolic links followed.
  static func kind(of path: String) throws(Failure) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .last }
    return kind(status)
  }

  static func kind(_ status: stat) -> Kind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: .file(size: Int(status.st_size))
    case S_IFDIR:
      .directory(
        FileIdentity(
          device: UInt64(truncatingIfNeeded: status.st_dev), node: UInt64(status.st_ino)))
    default: .other
    }
  }

  /// The path from the root, without links and dots; `nil` when it leads to nothing.
  static func absolutePath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The bytes of a regular file, at most `limit` of them.
  static func readFile(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    // Without O_NONBLOCK the opening of a pipe waits for its writer.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    return try readAll(descriptor, expecting: Int(status.st_size), limit: limit)
  }

  /// The bytes of standard input, at most `limit` of them.
  static func readStandardInput(limit: Int) throws(Failure) -> [UInt8] {
    try readAll(STDIN_FILENO, expecting: 0, limit: limit)
  }

  private static func readAll(
    _ descriptor: Int32, expecting size: Int, limit: Int
  ) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    // One byte more than the file has is room enough to see that it ends.
    var step = min(max(size, 0), limit) + 1
    if size <= 0 { step = 65_536 }
    while bytes.count <= limit {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: step))
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: start), step)
      }
      if count < 0 {
        let failure = Failure.last
        bytes.removeLast(step)
        if failure.code == EINTR { continue }
        throw failure
      }
      bytes.removeLast(step - count)
      if count == 0 { break }
      step = bytes.count == size ? 1 : max(1, min(65_536, limit + 1 - bytes.count))
    }
    return bytes
  }

  /// Writes all bytes to standard output or standard error; what a closed pipe refuses is lost.
  static func print(_ bytes: [UInt8], toStandardError: Bool) {
    try? writeAll(bytes, to: toStandardError ? STDERR_FILENO : STDOUT_FILENO)
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
      }
      if count > 0 {
        offset += count
      } else if errno != EINTR {
        throw .last
      }
    }
  }

  /// Writes a file, which need not exist.
  static func save(_ bytes: [UInt8], to path: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      guard errno == EEXIST else { throw .last }
      return try replace(path, with: bytes)
    }
    defer { close(descriptor) }
    try writeAll(bytes, to: descriptor)
  }

  /// Gives a file other bytes at once: whoever reads it sees the old ones or the new ones.
  ///
  /// A symbolic link stays one; what it leads to is replaced. Permissions stay, and the owner where
  /// the system allows that.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    guard let target = absolutePath(of: path) else { throw .last }
    // A file that may not be written is not replaced either, though its folder would allow it.
    guard access(target, W_OK) == 0 else { throw .last }
    var status = stat()
    guard stat(target, &status) == 0 else { throw .last }
    let slash = target.utf8.lastIndex(of: UInt8(ascii: "/")) ?? target.startIndex
    let folder = String(target[...slash])
    let temporary = folder + ".eks-access-\(getpid())-\(status.st_ino).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last }
    do throws(Failure) {
      defer { close(descriptor) }
      if status.st_uid != geteuid() || status.st_gid != getegid() {
        _ = fchown(descriptor, status.st_uid, status.st_gid)
      }
      guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else { throw .last }
      try writeAll(bytes, to: descriptor)
      guard fsync(descriptor) == 0 else { throw .last }
      guard rename(temporary, target) == 0 else { throw .last }
    } catch {
      unlink(temporary)
      throw error
    }
    synchronize(folder: folder)
  }

  /// Makes a renaming last through a loss of power, where the file system can.
  private static func synchronize(folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  /// Whether standard error is a terminal.
  static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Whether standard output is a terminal.
  static var standardOutputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The value of an environment variable.
  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// The path of the directory that relative paths start from.
  static var workingDirectory: String? {
    guard let path = getcwd(nil, 0) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// Ends the process.
  static func terminate(_ code: Int32) -> Never { exit(code) }
}
