/// Paths as services expect them that show findings beside the files of a repository.
struct ReportPath {
  /// The path without needless parts, relative to the working directory when it lies below.
  let text: String

  init(_ path: String, workingDirectory: String? = Platform.workingDirectory) {
    let normalized = Self.normalized(path)
    let prefix = workingDirectory.map { $0.hasSuffix("/") ? $0 : $0 + "/" }
    if let prefix, normalized.hasPrefix(prefix), normalized != prefix {
      text = String(normalized.dropFirst(prefix.count))
    } else {
      text = normalized
    }
  }

  /// The path as a URI reference.
  var uri: String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.flatMap { byte in
      Self.isUnreserved(byte) ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return (text.hasPrefix("/") ? "file://" : "") + String(decoding: bytes, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  /// Leaves `..` in place: behind a symbolic link it leads elsewhere than the text says.
  private static func normalized(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
