import EKSAccess
import Foundation
import Testing

@Suite struct UsernameTemplateTests {
  private static func caller(
    _ arn: String = "arn:aws:sts::111122223333:assumed-role/dev/jane@example.com",
    dns: String? = nil, key: String? = nil
  ) throws -> Caller {
    try Caller(arn: arn, accessKeyID: key, privateDNSName: dns)
  }

  @Test(arguments: [
    ("dev:{{SessionName}}", "dev:jane-example.com"),
    ("dev:{{SessionNameRaw}}", "dev:jane@example.com"),
    ("{{AccountID}}{{AccountID}}", "111122223333111122223333"),
    ("{{AccessKeyID}}", "ASIA"),
    ("a{{{{SessionName}}}}", "a{{jane-example.com}}"),
    ("{{ SessionName }}", "{{ SessionName }}"),
    ("{{sessionname}}", "{{sessionname}}"),
    ("<<SessionName>>", "<<SessionName>>"),
    ("", ""),
    ("{{SessionName}}\u{301}", "jane-example.com\u{301}"),
  ])
  func exactSpellingsAreReplaced(_ text: String, _ expected: String) throws {
    let rendering = try UsernameTemplate(text).render(for: try Self.caller(key: "ASIA"))
    #expect(Array(rendering.text.utf8) == Array(expected.utf8))
    #expect(rendering.missing.isEmpty)
  }

  @Test func replacementGoesVariableByVariable() throws {
    let session = "arn:aws:sts::1:assumed-role/dev/{{SessionNameRaw}}@{{AccountID}}"
    let rendering = try UsernameTemplate("{{SessionName}}").render(for: try Self.caller(session))
    #expect(rendering.text == "{{SessionNameRaw}}@{{AccountID}}-{{AccountID}}")
  }

  @Test func angleBracketsAreReplacedOnRequest() throws {
    let template = UsernameTemplate("<<AccountID>>:{{AccountID}}:<<accountid>>")
    let rendering = try template.render(for: try Self.caller(), syntax: .withAngleBrackets)
    #expect(rendering.text == "111122223333:111122223333:<<accountid>>")
  }

  @Test(arguments: [
    ("i-01234567", true), ("i-0123456789abcdef0", true), ("i-012_ABCD", true), ("i-0123", false),
    ("i-0123456789", false), ("", false), ("i-0123456\u{e9}", false), ("I-01234567", false),
    (" i-01234567", false),
  ])
  func instanceIDsAreRecognised(_ session: String, _ expected: Bool) throws {
    #expect(Caller.isInstanceID(session) == expected)
    let caller = try Self.caller(
      "arn:aws:sts::1:assumed-role/n/\(session)", dns: "ip-10-0-0-1.ec2.internal")
    let template = UsernameTemplate("system:node:{{EC2PrivateDNSName}}")
    if expected {
      #expect(try template.render(for: caller).text == "system:node:ip-10-0-0-1.ec2.internal")
    } else {
      let error = TemplateError(template: template.text, sessionName: session)
      #expect(throws: error) { try template.render(for: caller) }
    }
  }

  @Test func whatIsNotKnownStaysAndIsListed() throws {
    let caller = try Self.caller("arn:aws:iam::111122223333:role/node")
    let template = UsernameTemplate("{{AccessKeyID}}-{{SessionName}}-{{EC2PrivateDNSName}}")
    let rendering = try template.render(for: caller)
    #expect(rendering.text == template.text)
    #expect(rendering.missing == [.ec2PrivateDNSName, .sessionName, .accessKeyID])
  }

  @Test func variablesAreListedInTheOrderOfReplacement() {
    let template = UsernameTemplate("{{SessionName}}:<<AccessKeyID>>:{{AccountID}}:{{Account}}")
    #expect(template.variables() == [.accountID, .sessionName])
    #expect(
      template.variables(syntax: .withAngleBrackets) == [.accountID, .sessionName, .accessKeyID])
    #expect(!template.isConstant())
    #expect(UsernameTemplate("{{ AccountID }}").isConstant())
  }

  @Test(arguments: [
    (
      "x{{SessionName}}", 1..<16, TemplateDelimiter.doubleBraces, true,
      TemplateVariable?.some(.sessionName)
    ),
    ("{{ .SessionName }}", 0..<18, .doubleBraces, false, .sessionName),
    ("{{AccountId}}", 0..<13, .doubleBraces, false, .accountID),
    ("{{Session}}", 0..<11, .doubleBraces, false, nil),
    ("{{PrivateDNSName}}", 0..<18, .doubleBraces, false, .ec2PrivateDNSName),
    ("{{foo}}", 0..<7, .doubleBraces, false, nil),
    ("<<EC2PrivateDNSName>>", 0..<21, .doubleAngleBrackets, true, .ec2PrivateDNSName),
    ("{EC2PrivateDNSName}", 0..<19, .braces, false, .ec2PrivateDNSName),
    ("<AccountID>", 0..<11, .angleBrackets, false, .accountID),
    ("a{{{{SessionName}}}}", 3..<18, .doubleBraces, true, .sessionName),
  ])
  func placeholdersAreFound(
    _ text: String, _ range: Range<Int>, _ delimiter: TemplateDelimiter, _ isExact: Bool,
    _ suggestion: TemplateVariable?
  ) throws {
    let found = UsernameTemplate(text).placeholders
    let placeholder = try #require(found.first)
    #expect(found.count == 1)
    #expect(placeholder.range == range)
    #expect(Array(placeholder.text.utf8) == Array(Array(text.utf8)[range]))
    #expect(placeholder.delimiter == delimiter)
    let countsAsWritten = isExact && (delimiter == .doubleBraces)
    #expect(placeholder.isExpanded(in: .authenticator) == countsAsWritten)
    #expect(placeholder.isExpanded(in: .withAngleBrackets) == isExact)
    #expect(placeholder.suggestion == suggestion)
  }

  @Test(arguments: [
    "", "system:masters", "{}", "{{}}", "{{", "<a>", "{foo}", "{{a", "{{a>>", "a}}",
  ])
  func ordinaryTextHasNoPlaceholders(_ text: String) {
    #expect(UsernameTemplate(text).placeholders.isEmpty)
  }

  @Test func obstaclesDependOnTheKindOfPrincipal() {
    let template = UsernameTemplate("{{EC2PrivateDNSName}}{{SessionName}}{{AccountID}}{{Nope}}")
    let found = template.placeholders
    #expect(template.obstacles(for: .role) == [.staysLiteral(found[3])])
    #expect(
      template.obstacles(for: .user)
        == [.alwaysFails(found[0]), .alwaysEmpty(found[1]), .staysLiteral(found[3])])
    let angles = UsernameTemplate("<<SessionName>>")
    #expect(angles.obstacles(for: .role) == [.staysLiteral(angles.placeholders[0])])
    #expect(angles.obstacles(for: .role, syntax: .withAngleBrackets).isEmpty)
  }

  @Test func codingIsAsASingleString() throws {
    let text = #"["dev:{{SessionName}}"]"#
    let templates = try JSONDecoder().decode([UsernameTemplate].self, from: Data(text.utf8))
    #expect(templates == [UsernameTemplate("dev:{{SessionName}}")])
    #expect(String(decoding: try JSONEncoder().encode(templates), as: UTF8.self) == text)
  }
}
