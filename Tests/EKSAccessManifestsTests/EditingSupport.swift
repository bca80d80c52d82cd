import EKSAccess
import EKSAccessManifests
import Testing

/// Shared inputs of the tests of editing.
enum Editing {
  static let head = """
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: aws-auth
      namespace: kube-system

    """

  static let role = RoleMapping(
    roleARN: "arn:aws:iam::444455556666:role/New", username: "new:{{SessionName}}",
    groups: ["viewers", "auditors"])
  static let user = UserMapping(
    userARN: "arn:aws:iam::444455556666:user/new", username: "new", groups: ["viewers"])

  static func editor(_ text: String) throws -> AWSAuthEditor {
    try AWSAuthEditor(ManifestFile(Array(text.utf8)))
  }

  static func text(_ edit: AWSAuthEdit) -> String {
    String(decoding: edit.bytes, as: UTF8.self)
  }

  /// The error that an edit throws.
  static func refusal<Result>(
    _ body: () throws -> Result, sourceLocation: SourceLocation = #_sourceLocation
  ) -> AWSAuthEditError? {
    #expect(throws: AWSAuthEditError.self, sourceLocation: sourceLocation) { try body() }
  }

  /// The part of a text that a range of bytes covers.
  static func excerpt(_ text: String, _ range: Range<Int>?) -> String? {
    range.map { String(decoding: Array(text.utf8)[$0], as: UTF8.self) }
  }
}

/// A manifest's `data` with something to add a role to.
struct EditingSample: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var text: String

  init(_ name: String, _ data: String, head: String = Editing.head) {
    testDescription = name
    text = head + data
  }

  /// Ways to write mapRoles; adding a row and removing it gives the same bytes again.
  static let sections: [EditingSample] = [
    .init("literal", "data:\n  mapRoles: |\n    - rolearn: a\n      username: b\n"),
    .init("literal with -", "data:\n  mapRoles: |-\n    - rolearn: a\n\n  x: y\n"),
    .init("literal with +", "data:\n  mapRoles: |+\n    - rolearn: a\n\n\n  x: y\n"),
    .init(
      "literal with a digit", "data:\n  mapRoles: |2\n      - rolearn: a\n        username: b\n"),
    .init("literal without a last line break", "data:\n  mapRoles: |\n    - rolearn: a"),
    .init(
      "literal with comments",
      "data:\n  mapRoles: | # c\n    # a\n    - rolearn: a # b\n      # c\n    # d\n\n    # e\n"),
    .init("rows apart", "data:\n  mapRoles: |\n    - rolearn: a\n\n    - rolearn: b\n\n  x: y\n"),
    .init(
      "dash alone", "data:\n  mapRoles: |\n    -\n      rolearn: a\n    - # b\n      rolearn: b\n"),
    .init("two documents", "data:\n  mapRoles: |\n    - rolearn: a\n    ---\n    - rolearn: b\n"),
    .init("document marks", "data:\n  mapRoles: |\n    ---\n    - rolearn: a\n    ...\n"),
    .init(
      "row of a block", "data:\n  mapRoles: |\n    - rolearn: a\n      username: |\n        b\n"),
    .init("folded", "data:\n  mapRoles: >\n    - rolearn: a\n      username: b\n  x: y\n"),
    .init(
      "folded rows in braces", "data:\n  mapRoles: >-\n    - {rolearn: a}\n\n    - {rolearn: b}\n"),
    .init("folded comment", "data:\n  mapRoles: >\n    # none\n  x: y\n"),
    .init("folded list", "data:\n  mapRoles: >\n    [{rolearn: a},\n    {rolearn: b}]\n"),
    .init("double-quoted", #"data: {mapRoles: "- rolearn: a\n  username: b\n"}"#),
    .init("double-quoted without a last line break", "data:\n  mapRoles: \"- rolearn: a\"\n"),
    .init("double-quoted with CR", #"data: {"mapRoles": "- rolearn: a\r\n  username: b\r\n"}"#),
    .init(
      "double-quoted on many lines",
      "data:\n  mapRoles: \"- rolearn: a\\n\\\n    \\  username: b\\n\\\n    - rolearn: c\\n\\\n    \"\n"
    ),
    .init("single-quoted", "data:\n  mapRoles: '- {rolearn: a}\n\n    - {rolearn: b}\n\n    '\n"),
    .init("single-quoted without a last line break", "data:\n  mapRoles: '- {rolearn: a}'\n"),
    .init("single-quoted list", #"data: {mapRoles: '[{"rolearn":"a","username":"it''s"}]'}"#),
    .init("list on one line", "data:\n  mapRoles: |\n    [{rolearn: a}, {rolearn: b}]\n"),
    .init("list on lines", "data:\n  mapRoles: |\n    [\n      {rolearn: a}\n    ]\n"),
    .init("list with a last comma", "data:\n  mapRoles: |\n    [ {rolearn: a}, ]\n"),
    .init(
      "list with comments",
      "data:\n  mapRoles: |\n    [{rolearn: a}, # a\n     {rolearn: b} # b\n    ]\n"),
    .init("empty list", "data:\n  mapRoles: |\n    [ ]\n"),
    .init("empty list in quotes", "data:\n  mapRoles: \"[]  \\n\"\n"),
    .init("empty double quotes", "data:\n  mapRoles: \"\" # none\n  x: y\n"),
    .init("empty single quotes", "data:\n  mapRoles: ''\n"),
    .init("empty literal", "data:\n  mapRoles: |\n  x: y\n"),
    .init("empty literal with blank lines", "data:\n  mapRoles: |\n\n   \n  x: y\n"),
    .init("empty literal with a digit", "data:\n  mapRoles: |4 # none\n  x: y\n"),
    .init("empty literal at the end", "data:\n  mapRoles: |"),
    .init("empty folded", "data:\n  mapRoles: >\n  x: y\n"),
    .init("comment alone", "data:\n  mapRoles: |\n      # none\n\n  x: y\n"),
    .init("comment in quotes", "data:\n  mapRoles: \"# none\"\n"),
    .init(
      "JSON", #"{"kind": "ConfigMap", "data": {"mapRoles": "- \"rolearn\": \"a\"\n"}}"#, head: ""),
    .init("JSON, empty", #"{"kind":"ConfigMap","data":{"mapRoles":""}}"#, head: ""),
    .init(
      "JSON in a list",
      #"{"kind": "List", "items": [{"kind": "ConfigMap", "data": {"mapRoles": "[]"}}]}"#, head: ""),
  ]

  /// Manifests without mapRoles; the section that an edit writes stays behind.
  static let missing: [EditingSample] = [
    .init("no data", ""),
    .init("no data behind a block", "x: |+\n  y\n\n"),
    .init("empty data", "data: {} # none\n"),
    .init("data of nothing", "data:\n"),
    .init("other section", "data:\n    mapUsers: |\n        - userarn: a\n    # end\n"),
    .init("other section, last line open", "data:\n  mapUsers: |\n    - userarn: a"),
    .init("other section that keeps lines", "data:\n  mapUsers: |+\n    []\n\n\nx: y\n"),
    .init("data in braces", "data: {mapUsers: '[]'}\n"),
    .init("nothing", "data:\n  mapRoles: # none\n  x: y\n"),
    .init("null", "data:\n  mapRoles: ~\n  x: y\n"),
    .init("JSON", "{\"kind\": \"ConfigMap\", \"data\": {\n    \"mapUsers\": \"\"\n}}\n", head: ""),
    .init(
      "JSON, empty", #"{"kind":"ConfigMap","metadata":{"name":"aws-auth"},"data":{}}"#, head: ""),
    .init("JSON, no data", #"{"kind":"ConfigMap","metadata":{"name":"aws-auth"}}"#, head: ""),
    .init(
      "JSON, null", #"{"kind": "ConfigMap", "data": {"mapRoles": null, "mapUsers": "[]"}}"#,
      head: ""),
  ]
}
