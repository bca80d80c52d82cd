import EKSAccess
import EKSAccessManifests
import TestSupport
import Testing

@Suite struct TerraformAccessTests {
  private static let planned = [
    "aws_eks_access_entry.auditor @forge aws_iam_user.auditor.arn STANDARD "
      + "AmazonEKSAdminViewPolicy cluster ? principalARN",
    "aws_eks_access_entry.changed @shop arn:aws:iam::444455556666:role/changed STANDARD groups new",
    "aws_eks_access_entry.kept @shop arn:aws:iam::444455556666:role/team/kept STANDARD",
    "aws_eks_access_entry.nodes @shop aws_iam_role.nodes.arn EC2_LINUX "
      + "AmazonEKSViewPolicy namespace web ? principalARN",
    "aws_eks_access_entry.old_nodes @shop arn:aws:iam::444455556666:role/old-nodes EC2_LINUX",
    "module.forge.aws_eks_access_entry.this[\"ci\"] @forge "
      + "arn:aws:iam::444455556666:role/team-web STANDARD AmazonEKSEditPolicy namespace ci "
      + "? groups username",
    "module.forge.aws_eks_access_entry.this[\"ops\"] @forge arn:aws:iam::444455556666:role/ops "
      + "STANDARD user ops:{{SessionName}} groups ops AmazonEKSEditPolicy namespace ops",
    "module.team[\"data\"].aws_eks_access_entry.this @shop "
      + "module.team[\"data\"].aws_iam_role.this[0].arn STANDARD groups data,team "
      + "AmazonEKSEditPolicy cluster AmazonEKSViewPolicy cluster ? principalARN",
    "module.team[\"web\"].aws_eks_access_entry.this @shop "
      + "arn:aws:iam::444455556666:role/team-web STANDARD groups team,web "
      + "AmazonEKSEditPolicy cluster AmazonEKSViewPolicy cluster",
  ]
  private static let observed = [
    "aws_eks_access_entry.changed @shop arn:aws:iam::444455556666:role/changed STANDARD "
      + "user arn:aws:sts::444455556666:assumed-role/changed/{{SessionName}} groups old",
    "aws_eks_access_entry.gone @shop arn:aws:iam::444455556666:role/gone STANDARD "
      + "user arn:aws:sts::444455556666:assumed-role/gone/{{SessionName}} groups gone "
      + "AmazonEKSEditPolicy namespace web",
    "aws_eks_access_entry.kept @shop arn:aws:iam::444455556666:role/team/kept STANDARD "
      + "user arn:aws:sts::444455556666:assumed-role/kept/{{SessionName}}",
    "aws_eks_access_entry.old_nodes @shop arn:aws:iam::444455556666:role/old-nodes EC2_LINUX "
      + "user system:node:{{EC2PrivateDNSName}} groups system:nodes",
    "module.team[\"web\"].aws_eks_access_entry.this @shop "
      + "arn:aws:iam::444455556666:role/team-web STANDARD "
      + "user arn:aws:sts::444455556666:assumed-role/team-web/{{SessionName}} groups team,web "
      + "AmazonEKSViewPolicy cluster",
  ]

  @Test func plansTellWhatWillBe() throws {
    let objects = try accessObjects(fixture: "terraform/plan.json")
    #expect(objects.entries.map(\.summary) == Self.planned)
    #expect(objects.entries.allSatisfy { !$0.isObserved && $0.dialect == .terraform })
    #expect(objects.associations.count == 8)
    #expect(objects.clusters.map(\.cluster) == ["shop", "forge"])
    #expect(objects.clusters.map(\.mode) == [.apiAndConfigMap, .configMap])
    #expect(objects.clusters.map(\.bootstrapsCreator?.value) == [false, nil])
  }

  @Test func plannedValuesSayTheSameAlone() throws {
    let text = try fixture("terraform/plan.json")
      .replacing("\"resource_changes\"", with: "\"unknown_to_this_reader\"")
    #expect(accessObjects(text).entries.map(\.summary) == Self.planned)
  }

  @Test func statesTellWhatIs() throws {
    let plan = ManifestFile(Array(try fixture("terraform/plan.json").utf8))
    let state = try accessObjects(fixture: "terraform/state.json")
    for objects in [plan.priorAccessObjects, state] {
      #expect(objects.entries.map(\.summary) == Self.observed)
      #expect(objects.entries.allSatisfy { $0.isObserved })
      #expect(objects.clusters.map(\.mode) == [.apiAndConfigMap])
    }
  }

  @Test func placesAreThoseOfTheFile() throws {
    let text = try fixture("terraform/plan.json")
    let entries = accessObjects(text).entries
    #expect(source(text, entries[0].range(of: .principalARN)) == "\"aws_eks_access_entry.auditor\"")
    #expect(source(text, entries[1].range(of: .group(0))) == "\"new\"")
    #expect(source(text, entries[3].range(of: .namespaces(0)))?.filter { $0 > " " } == "[\"web\"]")
  }

  /// What stands in the configuration, what there is, and whether the plan makes the entry; then
  /// what counts as written.
  @Test(arguments: [
    ("", "\"system:node:{{EC2PrivateDNSName}}\"", "EC2_LINUX", "no-op", nil),
    (
      "\"references\":[\"var.name\"]", "\"system:node:{{EC2PrivateDNSName}}\"", "EC2_LINUX",
      "update", nil
    ),
    (
      "\"references\":[\"var.name\"]", "\"system:node:{{EC2PrivateDNSName}}\"", "EC2_LINUX",
      "create",
      "system:node:{{EC2PrivateDNSName}}"
    ),
    (
      "\"constant_value\":\"system:node:{{EC2PrivateDNSName}}\"",
      "\"system:node:{{EC2PrivateDNSName}}\"", "EC2_LINUX", "no-op",
      "system:node:{{EC2PrivateDNSName}}"
    ),
    (
      "\"references\":[\"var.name\"]",
      "\"arn:aws:sts::444455556666:assumed-role/a/{{SessionName}}\"", "STANDARD", "no-op", nil
    ),
    ("\"references\":[\"var.name\"]", "\"a\"", "STANDARD", "no-op", "a"),
    ("\"constant_value\":null", "\"a\"", "STANDARD", "no-op", nil),
  ])
  func usernamesThatEKSFillsInAreNotWritten(
    expression: String, value: String, kind: String, action: String, expected: String?
  ) throws {
    let text = plan(
      values:
        "\"principal_arn\":\"arn:aws:iam::444455556666:role/a\",\"type\":\"\(kind)\",\"user_name\":\(value)",
      expressions: expression.isEmpty ? "" : "\"user_name\":{\(expression)}", action: action)
    let entry = try #require(accessObjects(text).entries.first)
    #expect(entry.entry.username == expected)
    #expect(entry.node(of: .username) == nil || expected != nil)
    #expect(entry.unresolved.isEmpty)
  }

  /// What the principal refers to, and the text for it.
  @Test(arguments: [
    ("\"aws_iam_role.a.arn\",\"aws_iam_role.a\"", "aws_iam_role.a.arn"),
    (
      "\"aws_iam_role.a[\\\"x.y\\\"].arn\",\"aws_iam_role.a[\\\"x.y\\\"]\",\"aws_iam_role.a\"",
      "aws_iam_role.a[\"x.y\"].arn"
    ),
    ("\"local.role_arn\"", "local.role_arn"),
    ("\"aws_iam_role.a\",\"each.key\"", "aws_iam_role.a[\"k\"]"),
    ("\"each.value.arn\",\"each.value\"", "aws_eks_access_entry.a[\"k\"].principal_arn"),
    // An ARN that is put together.
    (
      "\"data.aws_caller_identity.x.account_id\",\"data.aws_caller_identity.x\"",
      "aws_eks_access_entry.a[\"k\"].principal_arn"
    ),
    (
      "\"aws_iam_role.a.arn\",\"aws_iam_role.a\",\"aws_iam_role.b.arn\",\"aws_iam_role.b\"",
      "aws_eks_access_entry.a[\"k\"].principal_arn"
    ),
    ("", "aws_eks_access_entry.a[\"k\"].principal_arn"),
    // Circles.
    (
      "\"aws_eks_access_entry.a[\\\"k\\\"].principal_arn\",\"aws_eks_access_entry.a[\\\"k\\\"]\"",
      "aws_eks_access_entry.a[\"k\"].principal_arn"
    ),
    ("\"module.m.arn\",\"module.m\"", "module.m.module.m.arn"),
  ])
  func unknownPrincipalsAreNamedByTheirReference(references: String, text: String) throws {
    let file = plan(
      values: "\"type\":\"STANDARD\"", unknown: "\"principal_arn\":true",
      expressions: "\"principal_arn\":{\"references\":[\(references)]}", action: "create")
    let entry = try #require(accessObjects(file).entries.first)
    #expect(entry.entry.principalARN == text)
    #expect(entry.unresolved == [.principalARN])
  }

  /// A plan of one entry `aws_eks_access_entry.a["k"]`, and a module whose output is that of a
  /// module of the same name.
  private func plan(
    values: String, unknown: String = "", expressions: String, action: String
  ) -> String {
    """
    {"format_version":"1.2","planned_values":{"root_module":{}},"resource_changes":[
     {"address":"aws_eks_access_entry.a[\\"k\\"]","mode":"managed","type":"aws_eks_access_entry",
      "name":"a","index":"k",
      "change":{"actions":["\(action)"],"before":null,"after":{\(values)},"after_unknown":{\(unknown)}}}],
     "configuration":{"root_module":{
      "resources":[{"address":"aws_eks_access_entry.a","expressions":{\(expressions)}}],
      "module_calls":{"m":{"module":{"outputs":{"arn":{"expression":
       {"references":["module.m.arn","module.m"]}}}}}}}}}
    """
  }

  @Test func associationsThatMayBeForAnEntryMakeItsPoliciesUnknown() {
    func resource(_ type: String, _ name: String, _ principal: String) -> String {
      let known = principal.isEmpty ? "" : ",\"principal_arn\":\"\(principal)\""
      return """
        {"address":"\(type).\(name)","mode":"managed","type":"\(type)","name":"\(name)",
         "change":{"actions":["create"],"before":null,
          "after":{"cluster_name":"shop","type":"STANDARD","policy_arn":"p"\(known)},
          "after_unknown":{"principal_arn":\(principal.isEmpty)}}}
        """
    }
    func unknown(entry: String, association: String) -> Bool? {
      let text = """
        {"format_version":"1.2","planned_values":{},"resource_changes":[
        \(resource("aws_eks_access_entry", "a", entry)),
        \(resource("aws_eks_access_policy_association", "b", association))]}
        """
      return accessObjects(text).entries.first?.unresolved.contains(.policies)
    }
    #expect(unknown(entry: "x", association: "x") == false)
    #expect(unknown(entry: "x", association: "y") == false)
    #expect(unknown(entry: "x", association: "") == true)
    #expect(unknown(entry: "", association: "y") == true)
    #expect(unknown(entry: "", association: "") == true)
  }

  @Test(arguments: [
    "{\"format_version\": \"2.0\", \"values\": {\"root_module\": {\"resources\": []}}}",
    "{\"format_version\": \"1.0\"}", "{\"format_version\": [], \"values\": 3}",
    "{\"format_version\": \"1.0\", \"values\": {\"root_module\": [3]}}",
    "{\"format_version\": \"1.0\", \"planned_values\": [], \"resource_changes\": [3, {\"change\": []}]}",
  ])
  func otherTextsHoldNothing(text: String) {
    #expect(accessObjects(text).isEmpty)
  }

  @Test(.enabled(if: TestData.external != nil))
  func configurationsAreNotRead() throws {
    let folders = ["access-entry", "aws-auth", "history-broken", "history-fixed"]
    let files = folders.flatMap { TestData.externalFiles(below: "corpus/terraform-\($0)") }
    #expect(!files.isEmpty)
    for file in files {
      #expect(ManifestFile(try TestData.bytes(file)).accessObjects.isEmpty)
    }
  }
}
