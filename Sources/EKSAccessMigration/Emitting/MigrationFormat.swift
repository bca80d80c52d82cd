public import EKSAccess
import EKSAccessManifests
import YAMLSource

/// What a plan is written as.
public enum MigrationFormat: String, Sendable, Hashable, CaseIterable {
  /// Text for people: every row, what is assumed, what is in the way, and the steps.
  case plan
  /// The whole plan as JSON.
  case json
  /// The plan for a pull request.
  case markdown
  /// A POSIX shell script that makes the entries with the AWS CLI.
  case awsCLI = "aws-cli"
  /// An eksctl `ClusterConfig` with the entries.
  case eksctl
  /// A CloudFormation template with the entries.
  case cloudFormation = "cloudformation"
  /// Objects of the AWS Controllers for Kubernetes.
  case ack
  /// Objects of Crossplane's AWS provider.
  case crossplane
  /// Terraform resources, with `import` blocks for entries that exist.
  case terraform
  /// The bindings to add.
  case rbac
  /// The ConfigMap with the rows that have to stay.
  case awsAuth = "aws-auth"
  /// A POSIX shell script that takes back what the script for the AWS CLI made.
  case rollback
}

/// A text made of a plan, and what it could not say.
public struct MigrationOutput: Sendable, Hashable {
  /// The text, with a line break at its end.
  public var text: String
  /// What the text lacks: sentences without a full stop. Comments at the head of the text say the
  /// same.
  public var notes: [String]
}

extension MigrationPlan {
  /// Writes the plan.
  ///
  /// Names may hold any text: none leaves the quotes or the comment in which it stands.
  ///
  /// - Parameters:
  ///   - format: What to write.
  ///   - proof: What ``proof(from:)`` tells, for the verdict of a text and in JSON.
  /// - Returns: The text and what it lacks.
  public func output(
    as format: MigrationFormat, proof: AccessComparison? = nil
  ) -> MigrationOutput {
    switch format {
    case .plan: MigrationOutput(text: planText(proof), notes: [])
    case .json: MigrationOutput(text: jsonValue(proof).json, notes: [])
    case .markdown: MigrationOutput(text: markdown, notes: [])
    case .awsCLI: MigrationOutput(text: MigrationScript(self).text, notes: [])
    case .eksctl: manifests(as: .eksctl)
    case .cloudFormation: manifests(as: .cloudFormation)
    case .ack: manifests(as: .ack)
    case .crossplane: manifests(as: .crossplane)
    case .terraform: MigrationOutput(text: TerraformWriter(self).text, notes: [])
    case .rbac: MigrationOutput(text: bindingManifests, notes: [])
    case .awsAuth: MigrationOutput(text: remaining.manifest, notes: [])
    case .rollback: MigrationOutput(text: RollbackScript(self).text, notes: [])
    }
  }
}
