import EKSAccessManifests
import Foundation
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessLint

/// What can be said of the source of a template, and of the here-documents of a script.
@Suite struct TemplateReadingTests {
  static let cases = RuleRegistry.all.map { $0.description }
    .filter { !["template-source", "yaml-syntax"].contains($0.id) }.map(\.id)
  /// These look at why a section cannot be read, which says nothing in a template.
  private static let syntaxRules = [
    "mapping-syntax", "unquoted-template", "section-shape", "section-not-string",
  ]

  private func findings(_ text: String, _ id: String) throws -> [Finding] {
    let rule = try #require(RuleRegistry.rule(id))
    return Linter(rules: [rule], options: .examples).lint(Array(text.utf8))
  }

  /// The findings of a rule's examples when they stand between two texts.
  private func expectSame(
    _ id: String, _ before: String, _ after: String, fixes: Bool, isExpected: Bool = true
  ) throws {
    let description = try #require(RuleRegistry.rule(id)).description
    for example in description.failing where ManifestFile(Array(example.text.utf8)).isReadable {
      let found = try findings(before + example.text + after, id)
      let expected = isExpected ? try findings(example.text, id) : []
      let shift = before.utf8.count
      #expect(
        found.map(\.range)
          == expected.map { ($0.range.lowerBound + shift)..<($0.range.upperBound + shift) },
        "\(found.map(\.message)) in \(before + example.text)")
      #expect(found.map(\.message) == expected.map(\.message))
      guard fixes else { continue }
      for (finding, other) in zip(found, expected) {
        for (edit, plain) in zip(finding.fix?.edits ?? [], other.fix?.edits ?? []) {
          #expect(edit.range.lowerBound == plain.range.lowerBound + shift)
          #expect(edit.replacement == plain.replacement)
        }
      }
    }
  }

  @Test(arguments: cases) func aTemplateOfKnownTextIsReadLikeAManifest(id: String) throws {
    guard !Self.syntaxRules.contains(id), id != "unknown-template" else { return }
    try expectSame(id, "{{/* made by\n hand */}}\n", "", fixes: true)
  }

  @Test(arguments: cases) func aHereDocumentIsReadLikeAManifest(id: String) throws {
    guard id != "no-node-mapping" else { return }
    try expectSame(
      id, "#!/bin/sh\nset -eu\ncat <<'EOF' | kubectl apply -f -\n", "EOF\necho done\n", fixes: true)
  }

  @Test(arguments: cases) func nothingIsMissingFromAConditionalText(id: String) throws {
    guard !Self.syntaxRules.contains(id), id != "unknown-template" else { return }
    let needsWholeFile = try #require(RuleRegistry.rule(id)).description.needsWholeFile
    try expectSame(
      id, "{{- if .Values.access }}\n", "{{- end }}\n", fixes: true, isExpected: !needsWholeFile)
  }

  static let clean = TestData.names(in: "clean")
  static let expressions = [
    "{{ .Values.access.name }}", #"{{ .name | default "a: b" | quote }}"#, "${var.name}",
    #"{{ lookup("x", key) }}"#, "<%= name %>", "{{ include \"names\" . | nindent 6 }}",
    "{% if a %}b{% else %}c{% endif %}",
  ]

  /// Each value of a correct manifest in turn becomes an expression.
  @Test(arguments: clean) func nothingIsGuessedAboutUnknownValues(name: String) throws {
    let bytes = try TestData.bytes(
      TestData.fixtures.appendingPathComponent("clean").appendingPathComponent(name))
    for range in ManifestFile(bytes).values.prefix(20) {
      for expression in Self.expressions {
        let changed = try #require(
          SourceEdit.apply([.init(range: range, replacement: expression)], to: bytes))
        let found = Linter().lint(changed).filter { $0.severity > .note }
        #expect(
          found.map(\.rule) == [],
          "\(found.map { "\($0.rule): \($0.message)" }) for \(expression) at \(range)")
      }
    }
  }

  static let escapes = [
    #"{{ "{{" }}EC2PrivateDNSName{{ "}}" }}"#, "{{`{{`}}EC2PrivateDNSName{{`}}`}}",
    "{{ '{{' }}EC2PrivateDNSName{{ '}}' }}", "{{`{{EC2PrivateDNSName}}`}}",
    #"{{- "{{EC2PrivateDNSName}}" -}}"#, "{% raw %}{{EC2PrivateDNSName}}{% endraw %}",
  ]

  @Test(arguments: escapes) func escapedVariablesOfEKSAreWhatTheyBecome(escape: String) throws {
    let text = """
      data:
        mapRoles: |
          {{- range .roles }}
          - rolearn: {{ . }}
            username: "system:node:\(escape)"
            groups: [system:nodes]
          {{- end }}
      """
    let file = try #require(ManifestFile(Array(text.utf8)).readAsTemplate)
    let username = try #require(file.configMaps.first?.entries.first?.username)
    #expect(username.value == "system:node:{{EC2PrivateDNSName}}")
    let written = String(decoding: file.bytes[username.range], as: UTF8.self)
    #expect(written == "\"system:node:\(escape)\"")
  }

  @Test func messagesShowExpressionsAsTheyAreWritten() throws {
    let found = try findings(
      """
      data:
        mapRoles: |
          {{- range .roles }}
          - rolearn: arn:aws:iam::{{ .account }}:role/team/deployer
            username: deployer
            groups: [system:mastrs]
          {{- end }}
      """, "role-path")
    let finding = try #require(found.first)
    #expect(found.count == 1 && !finding.message.contains("$__"))
  }

  @Test func aFixLeavesExpressionsAlone() throws {
    let text = """
      data:
        mapRoles: |
          {{- range .roles }}
          - rolearn: {{ . }}
            username: {{ .name | quote }}
            groups: [system:master]
          {{- end }}
      """
    let fixed = Linter().fixing(Array(text.utf8))
    #expect(
      String(decoding: fixed.bytes, as: UTF8.self)
        == text.replacing("system:master]", with: "system:masters]"))
  }

  static let unreadable = [
    "#!/bin/sh\nkubectl apply -f - <<EOF\nkind: ConfigMap\nmetadata: {name: aws-auth\nEOF\n",
    "kind: ConfigMap\nmetadata:\n  name: aws-auth\n{{ .a }}{{ .unclosed\n  - [\n",
    "resource \"x\" \"y\" {\n  data = { mapRoles = <<YAML\n- rolearn: ${a}\nYAML\n  }\n}\n",
    "#!/bin/sh\ncat <<EOF\nmapRoles: |\n  x: [\n",
    "{{- if .a }}\nmetadata:\n  name: aws-auth\n {{ .b }}: [\n{{- end }}\n",
  ]

  @Test(arguments: unreadable) func whatCannotBeReadIsNotExamined(text: String) {
    #expect(ManifestFile(Array(text.utf8)).readAsTemplate == nil)
    #expect(Linter().lint(Array(text.utf8)).allSatisfy { $0.severity == .note })
  }

  @Test func expansionsOfAShellAreUnknown() throws {
    let text = """
      #!/bin/bash
      # cat <<EOF is a comment
      echo $((1 << 3)) <<< word
      kubectl apply -f - <<-"END"
      \tkind: ConfigMap
      \tmetadata: {name: aws-auth, namespace: kube-system}
      \tdata:
      \t  mapUsers: |
      \t    - userarn: arn:aws:iam::4444:user/alice
      \t      username: alice
      \t      groups: [team]
      \tEND
      cat > map.json <<END
      {"kind": "ConfigMap", "metadata": {"name": "aws-auth", "namespace": "kube-system"},
       "data": {"mapUsers": "- userarn: $ARN\\n  username: ${NAME:-\\"a\\"}\\n  groups: [`x`, \\$y]"}}
      END
      """
    let file = try #require(ManifestFile(Array(text.utf8)).readAsTemplate)
    #expect(file.configMaps.count == 2)
    let found = Linter(rules: [try #require(RuleRegistry.rule("account-id"))])
      .lint(Array(text.utf8))
    #expect(found.map { String(decoding: file.bytes[$0.range], as: UTF8.self) } == ["4444"])
    let last = try #require(file.configMaps.last?.entries.first)
    #expect(last.groups.count == 2 && last.groups.last?.value == "$y")
    let arn = try #require(last.arn)
    #expect(String(decoding: file.bytes[arn.range], as: UTF8.self) == "$ARN")
  }
}

extension ManifestFile {
  /// Whether its ConfigMaps can be read, so that a template of them can be.
  fileprivate var isReadable: Bool { stream.problems.isEmpty && !configMaps.isEmpty }

  /// The values of the rows.
  fileprivate var values: [Range<Int>] {
    configMaps.flatMap { $0.entries }.flatMap { entry in
      entry.fields.flatMap { field in
        field.value.isScalar ? [field.value.range] : field.value.elements.map(\.range)
      }
    }
  }
}
