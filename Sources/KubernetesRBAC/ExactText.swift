/// A text as a key, equal to another only when the bytes are the same, as Kubernetes and EKS compare
/// names. Two strings of Swift are equal also where accents are written in different ways.
package struct ExactText: Hashable, Sendable {
  /// The text.
  package let text: String

  /// Makes a key of a text.
  package init(_ text: String) {
    self.text = text
  }

  /// Whether the bytes are the same.
  package static func == (left: ExactText, right: ExactText) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes the text.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(text)
  }
}
