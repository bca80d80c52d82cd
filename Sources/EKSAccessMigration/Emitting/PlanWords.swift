import EKSAccess
import KubernetesRBAC

extension MigrationPlan.Decision {
  /// What becomes of the row: lower case, without a full stop.
  var words: String {
    switch self {
    case .create: "an entry is made"
    case .update: "the entry that is there is changed"
    case .alreadyThere: "an entry is there and gives what the row gives"
    case .differs: "the row stays: an entry is there, which EKS uses, and gives something else"
    case .leave: "the row stays: AWS makes the entry itself"
    case .cannotMigrate: "the row stays: no entry does what it does"
    case .needsChoice: "the row stays until somebody has chosen"
    case .unused: "EKS does not use the row, so nothing is made for it"
    }
  }
}

extension MigrationPlan.Item {
  /// Whether somebody has to do something about the row.
  var isObstacle: Bool {
    switch decision {
    case .cannotMigrate, .needsChoice, .differs: true
    case .create, .update, .alreadyThere, .leave, .unused: false
    }
  }
}

extension MigrationPlan.AddedBinding {
  /// The binding in a line.
  var words: String {
    let kind = isOfCluster ? "ClusterRoleBinding" : "RoleBinding"
    let place = binding.metadata.namespace.map { " in \($0)" } ?? ""
    let subjects = binding.subjects.map { "\($0.kind.rawValue) \($0.name)" }
    return "\(kind) \(binding.metadata.name)\(isOfCluster ? "" : place): "
      + "\(subjects.joined(separator: ", ")), as \(original) has it"
  }
}

extension AccessEntry {
  /// The entry in a line.
  var words: String {
    var words = ["entry \(principalARN)", "type \(kind)"]
    if let username { words.append("username \(username)") }
    if !groups.isEmpty { words.append("groups " + groups.joined(separator: ", ")) }
    words += policies.map { "policy \($0)" }
    return words.joined(separator: "; ")
  }
}

extension MigrationPlan {
  /// What keeps the cluster from the mode API, if it is to get there.
  var obstaclesToAPI: [(subject: String, message: String)] {
    guard cluster.targetMode == .api else { return [] }
    let rows = blocking.map { ("\($0.row.title) \($0.principal)", $0.decision.words) }
    return rows
      + (matchesNobody
        ? [
          (
            "all rows",
            "none matches anybody, so this is hardly what the cluster has, or it has to be rendered"
          )
        ] : [])
  }

  /// The assumptions for people; of many paths that are not known only their number.
  var assumptionsInWords: [(statement: String, command: String?)] {
    let paths = assumptions.filter { if case .pathUnknown = $0 { true } else { false } }
    guard paths.count > 3 else { return assumptions.map { ($0.statement, $0.command) } }
    return [
      (
        "\(paths.count) roles have no path in IAM: give the answer of this command too, or see "
          + "that it names no role with a path",
        "aws iam list-roles"
      )
    ]
      + assumptions.filter { if case .pathUnknown = $0 { false } else { true } }.map {
        ($0.statement, $0.command)
      }
  }
}

extension MigrationPlan.Assumption {
  /// What is assumed, without the way to check it: a sentence without a full stop.
  public var statement: String {
    switch self {
    case .pathUnknown(let principal): "\(principal) has no path in IAM"
    case .usersAreNotBound(let name):
      "no binding names users of the form \(name), whose names change"
    case .usernameIsFree(let name): "no binding is for \(name), a username that is new"
    case .modeUnknown: "the cluster reads aws-auth"
    case .bindingsAreAll:
      "the bindings that were given are all that name groups and users whose names change"
    case .bindingsDiffer(let name):
      "the files have several bindings \(name) that differ, of which a cluster has one: all are "
        + "taken for there"
    case .policyRules:
      "access policies give what the user guide said on \(AccessPolicy.rulesDate); EKS changes them "
        + "from time to time, and no API tells their rules"
    case .roleIsComplete(let name):
      "the ClusterRole \(name) has no rules but those of the files and of Kubernetes, and nothing "
        + "that operators add to it"
    case .namespaceUnknown(let name):
      "the copy of the RoleBinding \(name), which tells no namespace, is applied to the namespace "
        + "of the original"
    case .managedNodes:
      "EKS makes no entries for managed node groups and Fargate profiles when the mode changes; if "
        + "it does, those of the plan are there already and are left alone"
    }
  }

  /// What programs know the assumption by, such as `path-unknown`. A code keeps its meaning.
  public var code: String {
    switch self {
    case .pathUnknown: "path-unknown"
    case .usersAreNotBound: "users-are-not-bound"
    case .usernameIsFree: "username-is-free"
    case .modeUnknown: "mode-unknown"
    case .bindingsAreAll: "bindings-are-all"
    case .bindingsDiffer: "bindings-differ"
    case .policyRules: "policy-rules"
    case .roleIsComplete: "role-is-complete"
    case .namespaceUnknown: "namespace-unknown"
    case .managedNodes: "managed-nodes"
    }
  }

  /// The command that checks it, where one does.
  public var command: String? {
    switch self {
    case .pathUnknown(let principal):
      let name = IAMPrincipal(principal)?.name ?? principal
      return "aws iam get-role --role-name=\(name.onOneLine.asShellWord) --query Role.Arn"
    case .usersAreNotBound, .usernameIsFree, .bindingsAreAll:
      return "kubectl get rolebindings,clusterrolebindings --all-namespaces --output wide"
    case .modeUnknown(let name, let region):
      let option = region.map { " --region=\($0.onOneLine.asShellWord)" } ?? ""
      return "aws eks describe-cluster --name=\(name.onOneLine.asShellWord)\(option) --query "
        + "cluster.accessConfig.authenticationMode"
    case .roleIsComplete(let name):
      return "kubectl get clusterrole \(name.onOneLine.asShellWord) --output yaml"
    case .namespaceUnknown(let name), .bindingsDiffer(let name):
      return "kubectl get rolebindings,clusterrolebindings --all-namespaces --output wide "
        + "--field-selector=metadata.name="
        + name.onOneLine.asShellWord
    case .policyRules, .managedNodes: return nil
    }
  }
}
