import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
import Foundation

// Prints the plan for a manifest: PlanMigration FORMAT [MODE] < aws-auth.yaml
//
// Access entries and bindings that stand in the same text (`---` between them) are taken for those
// of the cluster.
let words = CommandLine.arguments
guard let format = MigrationFormat(rawValue: words.count > 1 ? words[1] : "plan") else {
  let formats = MigrationFormat.allCases.map(\.rawValue).joined(separator: ", ")
  FileHandle.standardError.write(Data("the formats are \(formats)\n".utf8))
  exit(2)
}
let file = ManifestFile([UInt8](FileHandle.standardInput.readDataToEndOfFile()))

let input = MigrationInput(
  cluster: MigrationCluster(
    name: "shop", region: "eu-central-1", account: AccountID("444455556666"),
    mode: words.count > 2 ? AuthenticationMode(rawValue: words[2]) : nil),
  configMap: file.configMaps.first?.map ?? AWSAuthConfigMap(),
  accessEntries: file.accessObjects.entries.map(\.entry),
  rbac: file.rbac.objects)

// What only a person knows: entries that give less than a row are brought up to it.
let plan = MigrationPlanner(input, options: MigrationOptions(updatesEntries: true)).plan
print(plan.output(as: format).text, terminator: "")
