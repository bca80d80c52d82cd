import EKSAccess
import EKSAccessManifests
import YAMLSource

/// What a text says about access entries.
func accessObjects(_ text: String) -> AccessObjects {
  ManifestFile(Array(text.utf8)).accessObjects
}

/// The part of a text that a range covers.
func source(_ text: String, _ range: Range<Int>?) -> String? {
  range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
}
