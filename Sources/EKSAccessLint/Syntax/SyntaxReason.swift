/// What a person did wrong in a text that does not parse, at the line to change.
struct SyntaxReason {
  /// What is wrong, so that ", so …" can follow.
  var message: String
  /// The bytes of the file to change.
  var range: Range<Int>
  /// Other places.
  var notes: [Finding.Note] = []
  /// What to do.
  var help: String
  /// What follows where it is not that the text cannot be read: a limit of this reader's own.
  var consequence: String?
}
