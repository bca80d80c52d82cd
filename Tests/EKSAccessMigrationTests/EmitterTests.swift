import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
import KubernetesRBAC
import Testing
import TestSupport
import YAMLSource

/// What a plan is written as says what the plan says, whatever the names are.
@Suite struct EmitterTests {
  static let seeds = Array<UInt64>(1...60)

  private func file(_ plan: MigrationPlan, _ format: MigrationFormat) -> ManifestFile {
    ManifestFile(Array(plan.output(as: format).text.utf8))
  }

  @Test func theGeneratedPlansHoldEverything() {
    let plans = Self.seeds.map(GeneratedMaps.plan)
    #expect(plans.contains { $0.created.count > 5 })
    #expect(plans.contains { !$0.updated.isEmpty })
    #expect(plans.contains { !$0.bindings.isEmpty })
    #expect(plans.contains { plan in plan.created.contains { $0.principalARN.contains("$(") } })
  }

  @Test(arguments: seeds, [MigrationFormat.eksctl, .ack, .crossplane])
  func manifestsAreReadBack(seed: UInt64, format: MigrationFormat) {
    let plan = GeneratedMaps.plan(seed: seed)
    var expected = plan.created + plan.updated
    if format == .eksctl { for index in expected.indices { expected[index].tags = [:] } }
    let file = file(plan, format)
    #expect(file.accessObjects.entries.map(\.entry) == expected)
    #expect(file.stream.problems.isEmpty)
  }

  @Test(arguments: seeds)
  func cloudFormationIsReadBackWithoutDynamicReferences(seed: UInt64) throws {
    let plan = GeneratedMaps.plan(seed: seed)
    let output = plan.output(as: .cloudFormation)
    let root = try #require(ManifestFile(Array(output.text.utf8)).stream.documents.first?.root)
    let entries = (root.value(of: "Resources")?.pairs.map(\.value) ?? []).compactMap {
      $0.value(of: "Properties").map(Self.cloudFormationEntry)
    }
    let all = plan.created + plan.updated
    #expect(entries == all.filter { entries.contains($0) })
    let missing = all.filter { !entries.contains($0) }
    #expect(missing.count == output.notes.count { $0.contains("left out") })
    let values = output.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(!values.contains { $0.contains("{{resolve:") })
  }

  @Test(arguments: seeds)
  func jsonIsReadBack(seed: UInt64) throws {
    let plan = GeneratedMaps.plan(seed: seed)
    let root = try #require(file(plan, .json).stream.documents.first?.root)
    #expect(root.value(of: "version")?.string == "1")
    #expect(root.value(of: "cluster")?.value(of: "name")?.string == plan.cluster.name)
    let items = root.value(of: "items")?.elements.map { $0 } ?? []
    #expect(items.map { $0.value(of: "principal")?.string } == plan.items.map(\.principal))
    #expect(
      items.map { $0.value(of: "decision")?.string } == plan.items.map(\.decision.rawValue))
    #expect(
      items.map { ($0.value(of: "entries")?.elements.map { $0 } ?? []).map(Self.jsonEntry) }
        == plan.items.map(\.entries))
    #expect(
      items.map { $0.value(of: "existing").map(Self.jsonEntry) } == plan.items.map(\.existing))
  }

  @Test(arguments: seeds)
  func bindingsAndRowsThatStayAreReadBack(seed: UInt64) {
    let plan = GeneratedMaps.plan(seed: seed)
    let bindings = file(plan, .rbac).rbac.bindings.compactMap(\.clusterRoleBinding)
    #expect(bindings.map(\.subjects) == plan.bindings.map(\.binding.subjects))
    #expect(bindings.map(\.metadata.name) == plan.bindings.map(\.binding.metadata.name))
    #expect(bindings.map(\.roleRef.name) == plan.bindings.map(\.binding.roleRef.name))
    #expect(file(plan, .awsAuth).configMaps.first?.map == plan.remaining)
  }

  @Test(arguments: seeds)
  func terraformHoldsTheTexts(seed: UInt64) throws {
    let plan = GeneratedMaps.plan(seed: seed)
    var texts = try HCLTexts(plan.output(as: .terraform).text).texts
    for entry in plan.created + plan.updated {
      let start = try #require(texts.firstIndex(of: entry.principalARN))
      let wanted = [plan.cluster.name, entry.principalARN, entry.kind.rawValue]
      #expect(Array(texts[(start - 1)...(start + 1)]) == wanted)
      texts.removeFirst(start + 2)
      if let username = entry.username { #expect(texts.removeFirst() == username) }
      #expect(Array(texts.prefix(entry.groups.count)) == entry.groups)
    }
  }

  @Test(
    arguments: seeds, [MigrationFormat.plan, .markdown, .terraform, .eksctl, .awsCLI, .rollback])
  func noControlCharacterGetsOut(seed: UInt64, format: MigrationFormat) {
    let text = GeneratedMaps.plan(seed: seed).output(as: format).text
    for scalar in text.unicodeScalars where scalar != "\n" {
      let category = scalar.properties.generalCategory
      let isHidden = category == .control || category == .lineSeparator
      if isHidden { Issue.record("U+\(String(scalar.value, radix: 16)) in \(format)") }
    }
    if format == .markdown {
      #expect(!text.contains("<b>") && !text.contains("|x|"))
    }
  }

  @Test(.enabled(if: TestData.external != nil))
  func plansOfCollectedMapsAreReadBack() throws {
    var count = 0
    for url in TestData.externalFiles(below: "corpus/configmap") {
      let source = ManifestFile(try TestData.bytes(url))
      guard let map = source.configMaps.first?.map else { continue }
      let plan = MigrationPlanner(
        MigrationInput(
          cluster: MigrationCluster(name: "shop", region: "eu-central-1", mode: .apiAndConfigMap),
          configMap: map)
      ).plan
      for format in [MigrationFormat.eksctl, .ack, .crossplane] {
        #expect(file(plan, format).accessObjects.entries.map(\.entry) == plan.created)
      }
      #expect(file(plan, .awsAuth).configMaps.first?.map == plan.remaining)
      #expect(try HCLTexts(plan.output(as: .terraform).text).texts.count >= plan.created.count * 3)
      count += plan.created.count
    }
    #expect(count > 100)
  }
}

extension EmitterTests {
  private static func strings(_ node: YAMLNode?) -> [String] {
    node?.elements.map(\.string) ?? []
  }

  private static func jsonEntry(_ node: YAMLNode) -> AccessEntry {
    AccessEntry(
      principalARN: node.value(of: "principalArn")?.string ?? "",
      kind: .init(rawValue: node.value(of: "type")?.string ?? ""),
      username: node.value(of: "username")?.string,
      groups: strings(node.value(of: "kubernetesGroups")),
      policies: (node.value(of: "accessPolicies")?.elements.map { $0 } ?? []).map { policy in
        let scope = policy.value(of: "accessScope")
        return AccessPolicyAssociation(
          policyARN: policy.value(of: "policyArn")?.string ?? "",
          scope: AccessScope(
            kind: .init(rawValue: scope?.value(of: "type")?.string ?? ""),
            namespaces: strings(scope?.value(of: "namespaces"))))
      },
      tags: Dictionary(
        uniqueKeysWithValues: (node.value(of: "tags")?.pairs.map { $0 } ?? []).map {
          ($0.key.string, $0.value.string)
        }))
  }

  private static func cloudFormationEntry(_ node: YAMLNode) -> AccessEntry {
    AccessEntry(
      principalARN: node.value(of: "PrincipalArn")?.string ?? "",
      kind: .init(rawValue: node.value(of: "Type")?.string ?? ""),
      username: node.value(of: "Username")?.string,
      groups: strings(node.value(of: "KubernetesGroups")),
      policies: (node.value(of: "AccessPolicies")?.elements.map { $0 } ?? []).map { policy in
        let scope = policy.value(of: "AccessScope")
        return AccessPolicyAssociation(
          policyARN: policy.value(of: "PolicyArn")?.string ?? "",
          scope: AccessScope(
            kind: .init(rawValue: scope?.value(of: "Type")?.string ?? ""),
            namespaces: strings(scope?.value(of: "Namespaces"))))
      },
      tags: Dictionary(
        uniqueKeysWithValues: (node.value(of: "Tags")?.elements.map { $0 } ?? []).map {
          ($0.value(of: "Key")?.string ?? "", $0.value(of: "Value")?.string ?? "")
        }))
  }
}

/// The texts in quotes that a text of Terraform holds, outside of labels and comments.
struct HCLTexts {
  struct Template: Error {}

  private(set) var texts: [String] = []

  init(_ text: String) throws {
    for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("res") {
      var rest = Array(line.unicodeScalars)[...]
      while let start = rest.firstIndex(of: "\"") {
        rest = rest[(start + 1)...]
        texts.append(try Self.quoted(&rest))
      }
    }
  }

  /// Reads up to the closing quote, by the rules of HCL's quoted templates.
  private static func quoted(_ rest: inout ArraySlice<Unicode.Scalar>) throws -> String {
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(text)
      case "\\":
        let escape = rest.popFirst()
        switch escape {
        case "n": text.append("\n")
        case "r": text.append("\r")
        case "t": text.append("\t")
        case "u", "U":
          let width = escape == "u" ? 4 : 8
          let digits = String(String.UnicodeScalarView(rest.prefix(width)))
          rest = rest.dropFirst(width)
          guard let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
            throw Template()
          }
          text.append(scalar)
        case "\"", "\\": text.append(escape ?? " ")
        default: throw Template()
        }
      case "$", "%":
        if rest.first == "{" { throw Template() }
        text.append(scalar)
        if rest.first == scalar, rest.dropFirst().first == "{" {
          rest = rest.dropFirst(2)
          text.append("{")
        }
      default: text.append(scalar)
      }
    }
    throw Template()
  }
}
