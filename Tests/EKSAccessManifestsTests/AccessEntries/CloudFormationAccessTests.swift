import EKSAccess
import EKSAccessManifests
import Foundation
import TestSupport
import Testing

@Suite struct CloudFormationAccessTests {
  private static let stack = [
    "Nodes @shop ${NodeRole.Arn} EC2_LINUX ? principalARN",
    "NodesAgain @shop ${NodeRole.Arn} EC2_LINUX ? principalARN",
    "Ops @shop arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${OpsRoleName} STANDARD "
      + "user ops:{{SessionName}} groups ops,${If IsTest,testers,} "
      + "AmazonEKSViewPolicy namespace ${AWS::StackName}-web,web-* ? group(1) policies",
    "OpsInTest @shop arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${OpsRoleName} STANDARD "
      + "? groups policies",
    "Imported @${ImportValue AWS::Region-cluster} ${ImportValue auditor-arn} STANDARD "
      + "user ${FindInMap Accounts,production,Id} AmazonEKSAdminViewPolicy  "
      + "? principalARN scope(0) username",
  ]
  private static let cdk = [
    "ClusterAdminAccess30CCE0C3 @${Cluster9EE0221C} ${AdminRole38563C57.Arn} STANDARD "
      + "AmazonEKSClusterAdminPolicy cluster ? principalARN",
    "Reader @${Cluster9EE0221C} arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reader STANDARD "
      + "groups readers",
  ]

  @Test(arguments: [("stack.yaml", stack), ("cdk.json", cdk)])
  func entriesAreRead(file: String, expected: [String]) throws {
    let entries = try accessObjects(fixture: "cloudformation/\(file)").entries
    #expect(entries.map(\.summary) == expected)
    #expect(entries.allSatisfy { $0.dialect == .cloudFormation && !$0.isObserved })
  }

  @Test func conditionsTellEntriesApart() throws {
    let entries = try accessObjects(fixture: "cloudformation/stack.yaml").entries
    #expect(entries.map(\.condition) == [nil, nil, "IsProduction", "IsTest", nil])
    #expect(!entries[2].canStandBeside(entries[3]))
    #expect(entries[2].canStandBeside(entries[2]))
    #expect(entries[2].canStandBeside(entries[0]))
  }

  @Test(
    arguments: [
      ("stack.yaml", "shop", .apiAndConfigMap, false),
      ("cdk.json", "${Cluster9EE0221C}", .api, nil),
    ] as [(String, String, AuthenticationMode, Bool?)])
  func clustersTellTheirMode(
    file: String, name: String, mode: AuthenticationMode, bootstraps: Bool?
  ) throws {
    let clusters = try accessObjects(fixture: "cloudformation/\(file)").clusters
    #expect(clusters.map(\.cluster) == [name])
    #expect(clusters.map(\.mode) == [mode])
    #expect(clusters.map(\.bootstrapsCreator?.value) == [bootstraps])
  }

  @Test(
    arguments: [
      ("Name: shop", .configMap), ("AccessConfig: {}", .configMap),
      ("AccessConfig: {AuthenticationMode: !Ref Mode}", nil),
      ("AccessConfig: {AuthenticationMode: NEW}", nil),
      ("AccessConfig: !If [A, {AuthenticationMode: API}, !Ref AWS::NoValue]", nil),
      ("AccessConfig: {'Fn::If': [A, {AuthenticationMode: API}, {Ref: AWS::NoValue}]}", nil),
    ] as [(String, AuthenticationMode?)])
  func modesThatAreNotWritten(properties: String, mode: AuthenticationMode?) {
    let text = "Resources: {C: {Type: AWS::EKS::Cluster, Properties: {\(properties)}}}"
    #expect(accessObjects(text).clusters.map(\.mode) == [mode])
  }

  /// The written principal, its text, and whether it is a reference.
  @Test(arguments: [
    ("arn:aws:iam::444455556666:role/a", "arn:aws:iam::444455556666:role/a", false),
    ("!Ref P", "${P}", true), ("{Ref: P}", "${P}", true), ("!Sub '${P}'", "${P}", true),
    ("!GetAtt R.Arn", "${R.Arn}", true), ("!GetAtt [R, Arn]", "${R.Arn}", true),
    ("{'Fn::GetAtt': [R, Arn]}", "${R.Arn}", true), ("!Sub '${R.Arn}'", "${R.Arn}", true),
    ("{'Fn::GetAtt': R.Arn}", "${R.Arn}", true),
    ("!Sub arn:aws:iam::444455556666:role/a", "arn:aws:iam::444455556666:role/a", false),
    ("!Sub 'a-${P}'", "a-${P}", false), ("!Sub 'a-${!P}'", "a-${!P}", true),
    ("'a-${P}'", "a-${P}", true), ("!Sub ['a-${x}', {x: b}]", "a-b", false),
    ("!Sub ['${x}', {x: !GetAtt R.Arn}]", "${R.Arn}", true),
    ("{'Fn::Sub': ['a-${x}-${y}', {x: {Ref: P}}]}", "a-${P}-${y}", false),
    ("!Join ['-', [a, b]]", "a-b", false), ("!Join ['-', [a, !Ref P]]", "a-${P}", false),
    ("!Join ['', [!GetAtt R.Arn]]", "${R.Arn}", true),
    ("!Join ['', [a, !Ref AWS::NoValue]]", "a", false),
    ("!Join [',', !Ref L]", "${Join ,,L}", true),
    ("!Select [1, [a, b]]", "b", false), ("!Select [1, !Ref L]", "${Select 1,L}", true),
    ("!Select [7, [a]]", "${Select 7,a}", true), ("!Select [-1, [a]]", "${Select -1,a}", true),
    ("!If [C, a, !GetAtt R.Arn]", "${If C,a,R.Arn}", true),
    ("{'Fn::If': [C, a, {'Fn::GetAtt': [R, Arn]}]}", "${If C,a,R.Arn}", true),
    ("!FindInMap [M, !Ref AWS::Region, A]", "${FindInMap M,AWS::Region,A}", true),
    ("!ImportValue a", "${ImportValue a}", true),
    ("!ImportValue {'Fn::Sub': 'x-${P}'}", "${ImportValue x-P}", true),
    ("{'Fn::ImportValue': !Sub 'x-${P}'}", "${ImportValue x-P}", true),
    ("!Unheard {a: [b, {c: d}]}", "${Unheard a=b,c=d}", true),
    ("[a, b]", "a,b", true), ("{a: b, c: d}", "a=b,c=d", true),
    ("!Sub []", "${Sub }", true), ("!Join x", "${Join x}", true),
    ("!Select {}", "${Select }", true),
  ])
  func values(written: String, text: String, isReference: Bool) throws {
    let template = """
      Resources:
        E: {Type: AWS::EKS::AccessEntry, Properties: {ClusterName: c, PrincipalArn: \(written)}}
      """
    let entry = try #require(accessObjects(template).entries.first)
    #expect(entry.entry.principalARN == text)
    #expect(entry.unresolved.contains(.principalARN) == isReference)
  }

  @Test func whatATransformMakesIsNotRead() {
    let text = """
      Resources:
        Fn::ForEach::Teams:
          - Team
          - [web, data]
          - Entry${Team}:
              Type: AWS::EKS::AccessEntry
              Properties:
                PrincipalArn: !Sub arn:aws:iam::444455556666:role/${Team}
        FromMacro:
          Type: AWS::EKS::AccessEntry
          Properties:
            Fn::Transform: {Name: MakeEntry}
      """
    #expect(accessObjects(text).entries.isEmpty)
  }

  @Test func textsInTextsStayShort() throws {
    // Each line doubles the text that many times that no memory would hold it.
    var value = "x"
    for _ in 0..<18 {
      value =
        "{\"Fn::Sub\": [\"\(String(repeating: "${a}", count: 64))\", {\"a\": \(value == "x" ? "\"x\"" : value)}]}"
    }
    let template =
      "{\"Resources\": {\"E\": {\"Type\": \"AWS::EKS::AccessEntry\", "
      + "\"Properties\": {\"PrincipalArn\": \(value)}}}}"
    let entry = try #require(accessObjects(template).entries.first)
    #expect(entry.unresolved == [.principalARN])
    #expect(entry.entry.principalARN.utf8.count < 10_000)
  }

  @Test(arguments: [
    "Resources: 3", "Resources: []",
    "Resources: {A: [], B: {Type: []}, C: {Type: AWS::EKS::Cluster2}}",
    "Resources: {A: {Type: AWS::EKS::AccessEntry}}",
    "Resources: {A: {Type: AWS::EKS::AccessEntry, Properties: !If [a, b, c]}}",
  ])
  func otherTextsHoldNothing(text: String) {
    #expect(accessObjects(text).isEmpty)
  }

  @Test(.enabled(if: TestData.external != nil))
  func everyEntryOfCollectedTemplatesIsRead() throws {
    let files = ["cloudformation-access-entry", "cloudformation-access-entry-invalid"].flatMap {
      TestData.externalFiles(below: "corpus/\($0)")
    }
    #expect(!files.isEmpty)
    for file in files {
      let text = String(decoding: try TestData.bytes(file), as: UTF8.self)
      let written = text.matches(of: /"?Type"?: *["']?AWS::EKS::AccessEntry\b/).count
      #expect(accessObjects(text).entries.count == written, "\(file.lastPathComponent)")
    }
  }
}
