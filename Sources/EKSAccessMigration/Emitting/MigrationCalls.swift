import EKSAccess
import EKSAccessManifests
import YAMLSource

/// The calls of the AWS CLI for a plan.
///
/// All inputs are JSON: the CLI takes a leading `-` for an option and reads the file of a value that
/// begins with `file://`, but leaves texts within JSON alone.
struct MigrationCalls {
  private let cluster: MigrationCluster
  private let writer: AccessEntryWriter

  init(_ plan: MigrationPlan) {
    cluster = plan.cluster
    writer = AccessEntryWriter(clusterName: cluster.name, region: cluster.region ?? "")
  }

  var callerIdentity: String { "aws sts get-caller-identity --query Account --output text" }
  var describeCluster: String {
    eks("describe-cluster", clusterKey)
      + " --query 'cluster.[status,accessConfig.authenticationMode]' --output text"
  }
  /// Where the cluster is, and where kubectl takes it to be.
  var endpoint: String {
    eks("describe-cluster", clusterKey) + " --query cluster.endpoint --output text"
  }
  static let kubectlServer =
    "kubectl config view --minify --output 'jsonpath={.clusters[0].cluster.server}'"
  /// Makes a context of kubectl for the cluster, or sets the one that is there.
  var updateKubeconfig: String {
    "aws eks update-kubeconfig --name=\(cluster.name.onOneLine.asShellWord)\(region)"
  }

  var waitUntilActive: String { eks("wait cluster-active", clusterKey) }
  var listEntries: String {
    eks("list-access-entries", .mapping(("clusterName", .string(cluster.name))))
  }

  func update(to mode: AuthenticationMode) -> String {
    eks("update-cluster-config", input(for: mode))
  }

  func getPrincipal(of entry: AccessEntry) -> String? {
    guard let question = PrincipalQuestion(entry) else { return nil }
    return "aws iam get-\(question.kind) --cli-input-json '\(question.input.jsonLine)' --query "
      + "\(question.kind == "role" ? "Role" : "User").Arn"
  }

  func describe(_ entry: AccessEntry) -> String { eks("describe-access-entry", key(of: entry)) }
  func create(_ entry: AccessEntry) -> String {
    eks("create-access-entry", creation(of: entry))
  }
  func update(of item: MigrationPlan.Item) -> String? {
    guard let entry = item.entries.first, let existing = item.existing,
      entry.groups != existing.groups || entry.identity.username != existing.identity.username
    else { return nil }
    return eks("update-access-entry", update(to: entry))
  }
  func associate(_ policy: AccessPolicyAssociation, with entry: AccessEntry) -> String {
    eks("associate-access-policy", association(of: policy, with: entry))
  }

  private var region: String {
    cluster.region.map { " --region=" + $0.onOneLine.asShellWord } ?? ""
  }

  private func eks(_ command: String, _ input: YAMLValue) -> String {
    "aws eks \(command)\(region) --cli-input-json '\(input.jsonLine)'"
  }
}

extension MigrationCalls {
  var clusterKey: YAMLValue { .mapping(("name", .string(cluster.name))) }

  func input(for mode: AuthenticationMode) -> YAMLValue {
    .mapping(
      ("name", .string(cluster.name)),
      ("accessConfig", .mapping(("authenticationMode", .string(mode.rawValue)))))
  }

  /// The input that names an entry.
  func key(of entry: AccessEntry) -> YAMLValue {
    .mapping(
      ("clusterName", .string(cluster.name)), ("principalArn", .string(entry.principalARN)))
  }

  /// The input that names an association.
  func key(of policy: AccessPolicyAssociation, with entry: AccessEntry) -> YAMLValue {
    .mapping(
      ("clusterName", .string(cluster.name)), ("principalArn", .string(entry.principalARN)),
      ("policyArn", .string(policy.policyARN)))
  }

  func creation(of entry: AccessEntry) -> YAMLValue { writer.awsCLIInputs([entry])[0] }

  func association(
    of policy: AccessPolicyAssociation, with entry: AccessEntry
  ) -> YAMLValue {
    writer.awsCLIInputs([
      AccessEntry(principalARN: entry.principalARN, policies: [policy])
    ])[1]
  }

  /// The input that gives an entry its groups. The username is named too, since nothing says that
  /// EKS keeps one that is left out.
  func update(to entry: AccessEntry) -> YAMLValue {
    .mapping(
      ("clusterName", .string(cluster.name)), ("principalArn", .string(entry.principalARN)),
      ("username", .string(entry.identity.username)), ("kubernetesGroups", .strings(entry.groups)))
  }
}

/// What IAM is asked in order to see that a principal exists.
struct PrincipalQuestion {
  /// `role` or `user`.
  let kind: String
  let account: String
  let input: YAMLValue

  init?(_ entry: AccessEntry) {
    guard let principal = IAMPrincipal(entry.principalARN) else { return nil }
    switch principal.kind {
    case .role: kind = "role"
    case .user: kind = "user"
    default: return nil
    }
    account = principal.arn.account
    input = .mapping((kind == "role" ? "RoleName" : "UserName", .string(principal.name)))
  }
}

/// Questions in JMESPath that the AWS CLI answers by `True`, `False` or `None`: names are compared
/// there, where no shell can take them apart.
enum JMESPath {
  static func literal(_ text: String) -> String { "`\(YAMLValue.string(text).jsonLine)`" }

  /// Texts in the order in which JMESPath sorts them: by their code points.
  static func sorted(_ texts: [String]) -> String {
    let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return "`\(YAMLValue.strings(sorted).jsonLine)`"
  }

  /// Whether the answer of `describe-access-entry` is an entry.
  static func isEntry(_ entry: AccessEntry) -> String {
    var conditions = ["type == \(literal(entry.kind.rawValue))"]
    if !entry.kind.isNode {
      conditions.append("username == \(literal(entry.identity.username))")
      conditions.append("sort(kubernetesGroups || `[]`) == \(sorted(entry.groups))")
    }
    return "accessEntry | " + conditions.joined(separator: " && ")
  }

  /// Whether the answer of `list-associated-access-policies` has a policy with its scope; `None`
  /// where it does not have the policy.
  static func isAssociated(_ policy: AccessPolicyAssociation) -> String {
    "associatedAccessPolicies[?policyArn == \(literal(policy.policyARN))] | [0] | @ && ("
      + "accessScope.type == \(literal(policy.scope.kind.rawValue)) && "
      + "sort(accessScope.namespaces || `[]`) == \(sorted(policy.scope.namespaces)))"
  }
}
