import EKSAccess
import EKSAccessManifests
import Testing

@Suite struct AWSAuthEditorAddingTests {
  @Test(arguments: EditingSample.sections) func addingIsUndoneByRemoving(
    sample: EditingSample
  ) throws {
    try checkAdding(sample.text) { $0 }
    try checkAdding(sample.text) { $0.replacing("\n", with: "\r\n") }
  }

  private func checkAdding(_ text: String, _ lineBreaks: (String) -> String) throws {
    let text = lineBreaks(text)
    let editor = try Editing.editor(text)
    let edit = try editor.adding(Editing.role)
    let new = Editing.text(edit)
    let added = try Editing.editor(new)
    #expect(added.manifest.map.roles.last == Editing.role)
    #expect(added.manifest.map.roles.dropLast().elementsEqual(editor.manifest.map.roles))
    #expect(added.manifest.map.users == editor.manifest.map.users)
    #expect(hasOnlyLineBreaks(lineBreaks("\n"), in: new), "\(new.debugDescription)")
    let again = Editing.refusal { try added.adding(Editing.role) }
    #expect(again?.code == .duplicate)
    let removed = try added.removing(principal: Editing.role.roleARN.uppercased())
    #expect(Editing.text(removed) == text, "\(new)")
    #expect(removed.bytes == Array(text.utf8))
  }

  private func hasOnlyLineBreaks(_ lineBreak: String, in text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.allSatisfy { index in
      bytes[index] != 0x0A
        || (index > 0 && bytes[index - 1] == 0x0D) == (lineBreak == "\r\n")
    }
  }

  @Test(arguments: EditingSample.missing) func aMissingSectionIsWritten(
    sample: EditingSample
  ) throws {
    let editor = try Editing.editor(sample.text)
    let added = try Editing.editor(Editing.text(try editor.adding(Editing.role)))
    #expect(added.manifest.map.roles == [Editing.role])
    #expect(added.manifest.map.users == editor.manifest.map.users)
    let removed = try added.removing(principal: Editing.role.roleARN)
    let emptied = try Editing.editor(Editing.text(removed))
    #expect(emptied.manifest[.mapRoles]?.isEmpty == true)
    #expect(try emptied.adding(Editing.role).bytes == added.file.bytes)
  }

  @Test(arguments: [
    (
      "data:\n  mapRoles: |\n    - groups:\n      - a\n      rolearn: a\n      username: 'b'\n",
      """
          - groups:
            - viewers
            - auditors
            rolearn: arn:aws:iam::444455556666:role/New
            username: 'new:{{SessionName}}'

      """
    ),
    (
      "data:\n  mapRoles: |\n    -   \"rolearn\": \"a\"\n        groups: [a]\n",
      """
          -   "rolearn": "arn:aws:iam::444455556666:role/New"
              "groups": [viewers, auditors]
              "username": new:{{SessionName}}

      """
    ),
    (
      "data:\n  mapRoles: |\n    - {rolearn: a, groups: [ 'b' ]}\n",
      """
          - {rolearn: arn:aws:iam::444455556666:role/New, groups: ['viewers', 'auditors'], \
      username: "new:{{SessionName}}"}

      """
    ),
    (
      "data:\n  mapUsers: |\n      - userarn: a\n        groups:\n        - b\n",
      """
        mapRoles: |
            - rolearn: arn:aws:iam::444455556666:role/New
              groups:
              - viewers
              - auditors
              username: new:{{SessionName}}

      """
    ),
    (
      "",
      """
      data:
        mapRoles: |
          - rolearn: arn:aws:iam::444455556666:role/New
            username: new:{{SessionName}}
            groups:
              - viewers
              - auditors

      """
    ),
  ]) func aNewRowIsWrittenLikeItsNeighbours(data: String, added: String) throws {
    let text = Editing.head + data
    let edit = try Editing.editor(text).adding(Editing.role)
    #expect(Editing.text(edit) == text + added)
  }

  @Test func emptyQuotesBecomeABlock() throws {
    let text = Editing.head + "data:\n  mapUsers: \"\" # none yet\n"
    let edit = try Editing.editor(text).adding(Editing.user)
    #expect(
      Editing.text(edit) == Editing.head + """
        data:
          mapUsers: |- # none yet
            - userarn: arn:aws:iam::444455556666:user/new
              username: new
              groups:
                - viewers

        """)
  }

  @Test func valuesThatYAMLWouldMisreadAreQuoted() throws {
    let text = Editing.head + "data:\n  mapUsers: |\n    - userarn: a\n      username: b\n"
    for name in ["yes", "012", "", "a: b", "#x", "{{SessionName}}", "é\n\"", " "] {
      let user = UserMapping(userARN: "arn:new", username: name, groups: [name])
      let edit = try Editing.editor(text).adding(user)
      #expect(try Editing.editor(Editing.text(edit)).manifest.map.users.last == user)
    }
  }

  @Test func rowsForPermissionSetsCanBeAddedAndRemoved() throws {
    let sso = SSORoleMatcher(permissionSetName: "Ops", accountID: "000123456789")
    let role = RoleMapping(sso: sso, username: "ops", groups: ["a"])
    for data in ["data:\n  mapRoles: |\n    - rolearn: a\n", "data: {mapRoles: '[]'}\n"] {
      let text = Editing.head + data
      let added = try Editing.editor(Editing.text(try Editing.editor(text).adding(role)))
      #expect(added.manifest.map.roles.last == role)
      #expect(Editing.refusal { try added.adding(role) }?.code == .duplicate)
      let removed = try added.removing(principal: sso.intendedPattern)
      #expect(Editing.text(removed) == text)
    }
  }
}
