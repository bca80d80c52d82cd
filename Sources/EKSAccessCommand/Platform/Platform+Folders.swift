#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Platform {
  /// A folder that is open for reading.
  final class Folder: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws(Failure) {
      descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .last }
    }

    deinit { close(descriptor) }

    /// Which folder it is.
    var identity: FileIdentity? {
      var status = stat()
      guard fstat(descriptor, &status) == 0, case .directory(let identity) = Platform.kind(status)
      else { return nil }
      return identity
    }

    /// Hands over the names in the folder, without `.` and `..`, in no particular order.
    ///
    /// - Parameter body: Takes the bytes of a name, which it must not keep, and what the folder
    ///   says of its kind: whether it is a folder, a regular file, or `nil` for all others.
    /// - Throws: Why the folder cannot be read.
    func forEachName(
      _ body: (_ name: UnsafeBufferPointer<UInt8>, _ isFolder: Bool?) -> Void
    ) throws(Failure) {
      let copy = dup(descriptor)
      guard copy >= 0, let stream = fdopendir(copy) else { throw .last }
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let isFolder: Bool? =
          switch Int(entry.pointee.d_type) {
          case Int(DT_DIR): true
          case Int(DT_REG): false
          default: nil
          }
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          let name = UnsafeRawPointer(pointer).assumingMemoryBound(to: UInt8.self)
          let count = strlen(UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
          let dots = name[0] == 0x2E && (count == 1 || (count == 2 && name[1] == 0x2E))
          if !dots { body(UnsafeBufferPointer(start: name, count: count), isFolder) }
        }
      }
    }

    /// What a name leads to, and whether it is a symbolic link.
    func kind(of name: String) throws(Failure) -> (kind: Kind, isLink: Bool) {
      var status = stat()
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
      guard status.st_mode & S_IFMT == S_IFLNK else { return (Platform.kind(status), false) }
      guard fstatat(descriptor, name, &status, 0) == 0 else { throw .last }
      return (Platform.kind(status), true)
    }

    fileprivate func openFile(_ name: String) throws(Failure) -> Int32 {
      let file = openat(descriptor, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { throw .last }
      return file
    }
  }

  /// Memory that files are read into, one after the other.
  final class FileBuffer {
    private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)

    deinit { memory.deallocate() }

    /// Reads a file of a folder, at most `limit` bytes and one more, for as long as `body` runs.
    func withFile<Result>(
      _ name: String, in folder: Folder, limit: Int,
      _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) throws(Failure) -> Result {
      let descriptor = try folder.openFile(name)
      defer { close(descriptor) }
      var count = 0
      while count <= limit {
        if count == memory.count { grow() }
        let step = min(memory.count, limit + 1) - count
        let result = read(descriptor, memory.baseAddress?.advanced(by: count), step)
        if result == 0 { break }
        if result > 0 { count += result } else if errno != EINTR { throw .last }
      }
      let bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
      return body(bytes.assumingMemoryBound(to: UInt8.self))
    }

    private func grow() {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: memory.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(memory))
      memory.deallocate()
      memory = larger
    }
  }
}
