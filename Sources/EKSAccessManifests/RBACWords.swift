/// A search for the words without which a file holds no RBAC objects.
///
/// Every file of a run is searched, most of them in vain: Horspool's way looks at one byte of
/// twenty.
struct RBACWords: Sendable {
  static let group = RBACWords("rbac.authorization.k8s.io")
  static let binding = RBACWords("RoleBinding")
  static let serviceAccount = RBACWords("ServiceAccount")

  private let word: [UInt8]
  /// How far to go on when a byte stands below the word's last one.
  private let steps: [UInt8]

  private init(_ word: String) {
    self.word = Array(word.utf8)
    var steps = Array(repeating: UInt8(self.word.count), count: 256)
    for (index, byte) in self.word.dropLast().enumerated() {
      steps[Int(byte)] = UInt8(self.word.count - 1 - index)
    }
    self.steps = steps
  }

  func occurs(in text: [UInt8]) -> Bool {
    word.withUnsafeBufferPointer { word in
      steps.withUnsafeBufferPointer { steps in
        text.withUnsafeBufferPointer { text in
          var end = word.count - 1
          while end < text.count {
            let byte = text[end]
            if byte == word[word.count - 1],
              text[(end - word.count + 1)...end].elementsEqual(word)
            {
              return true
            }
            end += Int(steps[Int(byte)])
          }
          return false
        }
      }
    }
  }
}
