import EKSAccess
import EKSAccessManifests
import Testing
import YAMLSource

@Suite struct AWSAuthEditorTests {
  static let rows =
    Editing.head + """
      data:
        mapRoles: |
          # people
          - rolearn: arn:aws:iam::111122223333:role/one # first
            username: one
            groups:
              - a # kept
              # - b
          # nodes
          - rolearn: arn:aws:iam::111122223333:role/two
            username: two

          - rolearn: arn:aws:iam::111122223333:role/three
            username: three
            groups: [a, b]
        mapUsers: |-
          - userarn: arn:aws:iam::111122223333:user/ann
            username: ann

      """

  @Test(arguments: [
    (
      "one",
      """
          - rolearn: arn:aws:iam::111122223333:role/one # first
            username: one
            groups:
              - a # kept
              # - b

      """
    ),
    ("two", "    - rolearn: arn:aws:iam::111122223333:role/two\n      username: two\n"),
    (
      "THREE",
      "\n    - rolearn: arn:aws:iam::111122223333:role/three\n      username: three\n"
        + "      groups: [a, b]\n"
    ),
  ]) func aRowGoesWithItsLines(name: String, lines: String) throws {
    let edit = try Editing.editor(Self.rows).removing(
      principal: "arn:aws:iam::111122223333:role/" + name)
    #expect(Editing.text(edit) == Self.rows.replacing(lines, with: ""))
  }

  @Test func theOnlyRowLeavesAnEmptySection() throws {
    let ann = "arn:aws:iam::111122223333:user/ann"
    let edit = try Editing.editor(Self.rows).removing(principal: ann)
    #expect(Editing.text(edit).hasSuffix("\n  mapUsers: \"\"\n"))
    let block = try Editing.editor(Self.rows.replacing("|-", with: "|")).removing(principal: ann)
    #expect(Editing.text(block).hasSuffix("\n  mapUsers: |\n"))
    #expect(try Editing.editor(Editing.text(block)).manifest[.mapUsers]?.isEmpty == true)
  }

  @Test(arguments: [
    ("- rolearn: a\n    - rolearn: A\n    - rolearn: b\n    - rolearn: a", "- rolearn: b"),
    ("- rolearn: b\n    - rolearn: A\n    - rolearn: a", "- rolearn: b"),
    ("- {rolearn: a}\n    - {rolearn: b}", "- {rolearn: b}"),
    ("[{rolearn: a}, {rolearn: A}, {rolearn: b}]", "[{rolearn: b}]"),
    ("[{rolearn: b}, {rolearn: A}, {rolearn: a}]", "[{rolearn: b}]"),
    ("[{rolearn: a}, {rolearn: b},{rolearn: A}]", "[{rolearn: b}]"),
    ("[ {rolearn: A}, {rolearn: a}, ]", "[ ]"),
    ("[{rolearn: b}, # b\n     {rolearn: a} # a\n    ]", "[{rolearn: b} # b\n      # a\n    ]"),
  ]) func allRowsOfAPrincipalGo(section: String, left: String) throws {
    for end in ["", "\n", "\n  mapUsers: |\n    []\n"] {
      let head = Editing.head + "data:\n  mapRoles: |\n    "
      let edit = try Editing.editor(head + section + end).removing(principal: "a")
      #expect(Editing.text(edit) == head + left + end)
    }
  }

  @Test func aRowThatOthersReferToStays() throws {
    let text =
      Editing.head + """
        data:
          mapRoles: |
            - rolearn: a
              groups: &g [x]
            - rolearn: b
              groups: *g

        """
    #expect(
      Editing.refusal { try Editing.editor(text).removing(principal: "a") }?.code == .notExact)
    #expect(try Editing.editor(text).removing(principal: "b").edits.count == 1)
  }

  // MARK: Replacing

  @Test(arguments: [
    ("one", "new", ["a"], "username: one", "username: new"),
    ("two", "yes", [], "username: two", "username: \"yes\""),
    ("three", "three", ["c"], "[a, b]", "[c]"),
    ("three", "three", [], "[a, b]", "[]"),
    ("one", "one", ["a", "c"], "- a # kept", "- a # kept\n        - c"),
    ("one", "one", ["c", "d"], "- a # kept", "- c\n        - d # kept"),
    ("one", "one", [], "groups:\n        - a # kept\n", "groups: []\n"),
    ("two", "two", ["a"], "username: two\n", "username: two\n      groups:\n        - a\n"),
  ]) func aRowIsReplacedInPlace(
    name: String, username: String, groups: [String], old: String, new: String
  ) throws {
    let arn = "arn:aws:iam::111122223333:role/" + name
    let role = MappingEntry.Mapping.role(
      RoleMapping(roleARN: arn, username: username, groups: groups))
    let edit = try Editing.editor(Self.rows).replacing(with: role)
    var expected = Self.rows.replacing(old, with: new)
    // A row that is written anew as a whole loses the comments within.
    if groups.isEmpty, name == "one" { expected = expected.replacing(" # first", with: "") }
    #expect(Editing.text(edit) == expected)
    let again = try Editing.editor(Editing.text(edit)).replacing(with: role)
    #expect(again.edits.isEmpty && again.bytes == edit.bytes)
  }

  @Test(arguments: EditingSample.sections) func anyStyleTakesAReplacement(
    sample: EditingSample
  ) throws {
    let added = try Editing.editor(sample.text).adding(Editing.role)
    var role = Editing.role
    role.username = "it's {\"another\"}"
    role.groups = ["auditors", "- x", "y"]
    let editor = try Editing.editor(Editing.text(added))
    let edit = try editor.replacing(with: .role(role))
    let new = try Editing.editor(Editing.text(edit))
    #expect(new.manifest.map.roles.last == role)
    #expect(try new.removing(principal: role.roleARN).bytes == Array(sample.text.utf8))
  }

  @Test func whatCannotBeReplacedIsRefused() throws {
    let editor = try Editing.editor(Self.rows)
    #expect(
      Editing.refusal { try editor.replacing(with: .role(Editing.role)) }?.code
        == .unknownPrincipal)
    let ann = RoleMapping(roleARN: "arn:aws:iam::111122223333:user/ANN", username: "ann")
    let other = Editing.refusal { try editor.replacing(with: .role(ann)) }
    #expect(other?.code == .duplicate)
    #expect(Editing.excerpt(Self.rows, other?.range) == "arn:aws:iam::111122223333:user/ann")
    let text = Editing.head + "data: {mapRoles: '[{rolearn: a}, {rolearn: A}]'}"
    let role = MappingEntry.Mapping.role(RoleMapping(roleARN: "a", username: "b"))
    let several = Editing.refusal { try Editing.editor(text).replacing(with: role) }
    #expect(several?.code == .severalRows && Editing.excerpt(text, several?.range) == "A")
  }

  // MARK: Refusing

  @Test func aPrincipalIsMappedOnce() throws {
    let editor = try Editing.editor(Self.rows)
    for name in ["role/one", "role/ONE", "user/Ann"] {
      let arn = "arn:aws:iam::111122223333:" + name
      for error in [
        Editing.refusal { try editor.adding(RoleMapping(roleARN: arn, username: "x")) },
        Editing.refusal { try editor.adding(UserMapping(userARN: arn, username: "x")) },
      ] {
        #expect(error?.code == .duplicate)
        #expect(Editing.excerpt(Self.rows, error?.range)?.lowercased() == arn.lowercased())
        #expect(error?.message.contains("stands already in row 1 of map") == true)
      }
    }
    let unknown = Editing.refusal { try editor.removing(principal: "arn:none") }
    #expect(unknown?.code == .unknownPrincipal && unknown?.message.contains("arn:none") == true)
    let empty = Editing.refusal { try editor.adding(RoleMapping(username: "x")) }
    #expect(empty?.code == .invalidMapping)
  }

  @Test(arguments: [
    ("data:\n  mapRoles: |\n    - rolearn: {{x}}\n", AWSAuthEditError.Code.unreadable),
    ("data:\n  mapRoles: |\n    - [\n", .unreadable),
    ("data:\n  mapRoles: |\n    a: b\n", .unreadable),
    ("data:\n  mapRoles: |\n    ''\n", .unreadable),
    ("data:\n  mapRoles: []\n", .unreadable),
    ("data: text\n", .unreadable),
    ("x: &x |\n  - rolearn: a\ndata:\n  mapRoles: *x\n", .shared),
    ("x: &x\n  mapUsers: |\n    - userarn: a\ndata: *x\n", .shared),
    ("x: &x\n  data:\n    mapUsers: ''\n<<: *x\n", .shared),
  ]) func whatEKSCannotReadIsMendedFirst(data: String, code: AWSAuthEditError.Code) throws {
    let editor = try Editing.editor(Editing.head + data)
    #expect(Editing.refusal { try editor.adding(Editing.role) }?.code == code)
  }

  // MARK: Choosing

  @Test func theConfigMapIsChosenByItsName() throws {
    let other = Editing.head.replacing("aws-auth", with: "other") + "data:\n  mapRoles: ''\n"
    let here = Editing.head + "data:\n  mapRoles: ''\n"
    let elsewhere = here.replacing("kube-system", with: "default")
    func name(_ parts: String...) throws -> String? {
      let object = try Editing.editor(parts.joined(separator: "---\n")).manifest.object
      return [object.namespace?.string, object.name?.string].compactMap { $0 }
        .joined(separator: "/")
    }
    #expect(try name(other, here) == "kube-system/aws-auth")
    #expect(try name(elsewhere, here) == "kube-system/aws-auth")
    #expect(try name(other, elsewhere) == "default/aws-auth")
    #expect(try name("kind: Secret\n", other) == "kube-system/other")
    #expect(Editing.refusal { try name(here, here) }?.code == .severalConfigMaps)
    #expect(Editing.refusal { try name(other, other) }?.code == .severalConfigMaps)
    #expect(Editing.refusal { try name("kind: Secret\n") }?.code == .noConfigMap)
    #expect(Editing.refusal { try name("a: [\n") }?.range != nil)
  }

  @Test func otherObjectsOfTheFileStay() throws {
    let other = Editing.head.replacing("aws-auth", with: "other") + "data:\n  mapRoles: ''\n"
    let text = other + "---\n" + Self.rows + "---\nbroken: [\n---\n" + other
    let edit = try Editing.editor(text).adding(Editing.user)
    #expect(edit.edits.count == 1)
    let new = Editing.text(edit)
    #expect(new.hasPrefix(other + "---\n") && new.hasSuffix("---\nbroken: [\n---\n" + other))
  }
}
