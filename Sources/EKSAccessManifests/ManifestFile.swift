public import YAMLSource

/// A file that was read: its documents and the aws-auth ConfigMaps among their objects.
public struct ManifestFile: Sendable {
  /// The file's bytes as they lie on disk.
  public let bytes: [UInt8]
  /// The documents and what could not be read.
  public let stream: YAMLStream
  /// The ConfigMaps that are aws-auth, or that are written as if they were, in order.
  public let configMaps: [AWSAuthManifest]
  /// How the documents were made, if the file is a template or a script.
  public internal(set) var template: TemplateText?

  /// Reads a file; what cannot be read is part of the value.
  public init(_ bytes: [UInt8]) {
    self.init(bytes, YAMLStream(bytes), nil)
  }

  /// Reads what a template or script shows.
  init(_ bytes: [UInt8], _ template: TemplateText) {
    self.init(bytes, YAMLStream(template.text), template)
  }

  private init(_ bytes: [UInt8], _ stream: YAMLStream, _ template: TemplateText?) {
    self.bytes = bytes
    self.stream = stream
    self.template = template
    configMaps = stream.documents.flatMap(KubernetesObject.objects(of:))
      .compactMap { AWSAuthManifest($0) }
  }

  /// Whether a text names aws-auth or one of its keys, in any case.
  ///
  /// A text that does not cannot hold the ConfigMap, unless it spells the words with escapes.
  public static func mentionsAWSAuth(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.withContiguousStorageIfAvailable(TriggerWords.occur(in:)) ?? true
  }
}

/// A search for the few words that make a file worth parsing.
private enum TriggerWords {
  static func occur(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // All words have "map" or "aws" at their start; both have a rare second half.
    var index = 0
    let end = bytes.count - 6
    while index < end {
      let byte = bytes[index] | 0x20
      if byte == UInt8(ascii: "m") {
        if words.contains(where: { matches($0, bytes, index) }) { return true }
      } else if byte == UInt8(ascii: "a"), matches(name, bytes, index) {
        return true
      }
      index += 1
    }
    return false
  }

  private static let words: [StaticString] = [
    "maprole", "mapuser", "mapaccount",
  ]
  /// `_` and `-` differ in the bit that folds case only for letters: both spellings are caught.
  private static let name: StaticString = "aws?auth"

  private static func matches(
    _ word: StaticString, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int
  ) -> Bool {
    guard index + word.utf8CodeUnitCount <= bytes.count else { return false }
    return word.withUTF8Buffer { word in
      for offset in 0..<word.count {
        let expected = word[offset]
        if expected != UInt8(ascii: "?"), bytes[index + offset] | 0x20 != expected { return false }
      }
      return true
    }
  }
}
