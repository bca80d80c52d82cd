import EKSAccess
import EKSAccessManifests
import YAMLSource

/// A step of the way from aws-auth to access entries.
public struct MigrationStep: Sendable, Hashable {
  /// What a step is for, in the order of the way.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The ConfigMap is saved.
    case backUp = "back-up"
    /// What the plan was made from still holds.
    case preflight
    /// The cluster begins to ask its entries.
    case changeMode = "change-mode"
    /// Bindings for new names of groups and users.
    case addBindings = "add-bindings"
    /// The entries are made and changed.
    case makeEntries = "make-entries"
    /// The entries get their access policies.
    case associatePolicies = "associate-policies"
    /// What the cluster has is compared with the plan.
    case verify
    /// Rows that entries have replaced leave aws-auth.
    case removeRows = "remove-rows"
    /// The cluster stops asking aws-auth.
    case changeModeToAPI = "change-mode-to-api"
    /// The ConfigMap, which nobody reads any more, goes.
    case removeConfigMap = "remove-config-map"

    /// Whether nothing leads back: EKS takes changes of the mode in one direction only.
    public var isIrreversible: Bool { self == .changeMode || self == .changeModeToAPI }

    /// Whether no script takes the step, since only a person can tell that the time has come.
    public var isAdvice: Bool { self == .changeModeToAPI || self == .removeConfigMap }
  }

  /// What the step is for.
  public var kind: Kind
  /// What the step does: a sentence without a full stop.
  public var purpose: String
  /// The commands, each of one line of sh.
  public var commands: [String]
  /// How to see that the step has succeeded.
  public var check: String?
  /// How to undo the step.
  public var wayBack: String?
}

extension MigrationPlan {
  /// The steps in their order; those that the plan does not need are left out.
  public var steps: [MigrationStep] {
    var steps: [MigrationStep] = []
    func add(
      _ kind: MigrationStep.Kind, _ purpose: String, _ commands: [String], check: String? = nil,
      wayBack: String? = nil, if isNeeded: Bool = true
    ) {
      guard isNeeded else { return }
      steps.append(
        MigrationStep(
          kind: kind, purpose: purpose, commands: commands, check: check, wayBack: wayBack))
    }
    let calls = MigrationCalls(self)
    let entries = created + updated
    add(
      .backUp, "saves the ConfigMap as it is",
      [
        calls.endpoint, MigrationCalls.kubectlServer,
        Self.kubectl("get", "-o yaml > \(Self.backUpFile)"),
      ],
      check: "kubectl's server is the cluster's endpoint, the file is not empty", if: !items.isEmpty
    )
    add(
      .preflight, "checks the account, the cluster, its mode and that IAM has the principals",
      [calls.callerIdentity, calls.describeCluster] + entries.compactMap(calls.getPrincipal),
      check: preflightCheck, if: !entries.isEmpty)
    add(
      .changeMode,
      "makes the cluster ask its access entries first, then aws-auth"
        + (cluster.mode == nil ? ", if the mode is still CONFIG_MAP" : ""),
      [calls.update(to: .apiAndConfigMap), calls.waitUntilActive],
      check: "`describe-cluster` tells API_AND_CONFIG_MAP and ACTIVE",
      if: (cluster.mode ?? .configMap) == .configMap
        && (!entries.isEmpty || targetsAPI && allowsAPIMode))
    add(
      .addBindings, "binds the new names of groups and users as the old ones are bound",
      bindings.map { "printf '%s' '\($0.manifest.jsonLine)' | kubectl apply -f -" },
      check: "`kubectl get` shows them", wayBack: "delete them; the old ones are untouched",
      if: !bindings.isEmpty)
    add(
      .makeEntries, "makes the access entries, which EKS then asks in place of the rows",
      created.map(calls.create) + updates.compactMap(calls.update(of:)),
      check: "`aws eks describe-access-entry` tells type, username and groups of the plan",
      wayBack: "the script of the format rollback deletes the new ones, so that EKS uses the rows "
        + "again, and gives the others their former groups",
      if: !created.isEmpty || updates.contains { calls.update(of: $0) != nil })
    let policies = associations
    add(
      .associatePolicies, "gives the entries their access policies",
      policies.map { calls.associate($0.policy, with: $0.entry) },
      check: "`aws eks list-associated-access-policies` lists them",
      wayBack: "the script of the format rollback takes them back, and gives back former scopes",
      if: !policies.isEmpty)
    add(
      .verify, "compares every entry with the plan and lists the entries",
      [calls.listEntries] + entries.map(calls.describe),
      check: "every principal still gets in: `kubectl auth whoami` as one of each kind",
      if: !entries.isEmpty)
    add(
      .removeRows, rowsPurpose, [Self.kubectl("replace", "-f \(Self.remainingFile)")],
      check: "nodes stay Ready and the principals still get in",
      wayBack: "put the back-up in the place of the ConfigMap again",
      if: items.contains { !$0.decision.keepsRow } && cluster.mode != .api && !matchesNobody)
    add(
      .changeModeToAPI, "makes the cluster ask its access entries alone",
      [calls.update(to: .api), calls.waitUntilActive],
      check: "`describe-cluster` tells API and ACTIVE, nodes stay Ready",
      if: targetsAPI && allowsAPIMode && cluster.mode != .api)
    add(
      .removeConfigMap, "removes the ConfigMap, which nobody reads in the mode API",
      [Self.kubectl("delete", "")],
      wayBack: "create it from the back-up, though nobody reads it",
      if: targetsAPI && allowsAPIMode && !items.isEmpty)
    return steps
  }

  /// The file of the back-up in commands and scripts.
  static let backUpFile = "aws-auth.backup.yaml"
  /// The file of the rows that stay.
  static let remainingFile = "aws-auth.yaml"

  private var targetsAPI: Bool { cluster.targetMode == .api }

  /// The items whose entries are changed.
  var updates: [Item] { items.filter { $0.decision == .update } }

  /// The associations to make: those of new entries, and those that changed ones lack.
  var associations: [(policy: AccessPolicyAssociation, entry: AccessEntry)] {
    let new = created.flatMap { entry in entry.policies.map { ($0, entry) } }
    return new
      + updates.flatMap { item in
        item.entries.flatMap { entry in
          entry.policies.filter { item.existing?.policies.contains($0) != true }
            .map { ($0, entry) }
        }
      }
  }

  private var preflightCheck: String {
    let account = cluster.account.map { "the account is \($0.rawValue), " } ?? ""
    let mode = cluster.mode.map { ", its mode \($0.rawValue)" } ?? ""
    return account + "the cluster is ACTIVE\(mode), every ARN is that of the plan"
  }

  private var rowsPurpose: String {
    let kept = blocking.count
    let rest = kept == 0 ? "none stays" : "\(kept) that are still needed stay"
    return "takes the rows that entries have replaced out of aws-auth; \(rest): "
      + "\(Self.remainingFile) is what the format aws-auth writes"
  }

  private static func kubectl(_ verb: String, _ rest: String) -> String {
    let object = verb == "replace" ? "" : " configmap aws-auth --namespace kube-system"
    return "kubectl \(verb)\(object)" + (rest.isEmpty ? "" : " " + rest)
  }
}
