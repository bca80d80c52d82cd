public import EKSAccess
public import EKSAccessManifests

/// A check of one kind of mistake.
///
/// A rule has no state. What it is about stands in its description, whose examples are its tests.
public protocol Rule: Sendable {
  /// What the rule is about.
  static var description: RuleDescription { get }
  /// Looks for the mistake in a file.
  static func check(_ subject: LintSubject, _ findings: inout FindingCollector)
}

/// A rule that looks at one aws-auth ConfigMap at a time, or at something else with mappings.
public protocol ConfigMapRule: Rule {
  /// Looks for the mistake in a ConfigMap.
  static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector)
}

extension ConfigMapRule {
  /// Looks at each ConfigMap of the file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps { check(configMap, subject.options, &findings) }
  }
}

/// A rule that looks at one row of mapRoles or mapUsers at a time.
public protocol RowRule: Rule {
  /// Looks for the mistake in a row.
  static func check(_ row: Row, _ options: LintOptions, _ findings: inout FindingCollector)
}

extension RowRule {
  /// Looks at each row of the file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for configMap in subject.configMaps {
      for row in configMap.rows { check(row, subject.options, &findings) }
    }
  }
}

/// Facts about the cluster and its owner that a file does not tell.
public struct LintOptions: Sendable {
  /// The accounts that are one's own; when empty, no account is foreign.
  public var ownAccounts: Set<String>
  /// Whether all nodes join through access entries, so that aws-auth needs no row for them.
  public var nodesUseAccessEntries: Bool
  /// Groups that are known to be bound in the cluster.
  public var knownGroups: Set<String>
  /// The partition that the cluster stands in, if it is known.
  public var partition: Partition?

  /// Makes options; by default nothing is known.
  public init(
    ownAccounts: Set<String> = [], nodesUseAccessEntries: Bool = false,
    knownGroups: Set<String> = [], partition: Partition? = nil
  ) {
    self.ownAccounts = ownAccounts
    self.nodesUseAccessEntries = nodesUseAccessEntries
    self.knownGroups = knownGroups
    self.partition = partition
  }
}

/// A file as rules see it.
public struct LintSubject: Sendable {
  /// The file; of a template or a script, what it shows of aws-auth.
  public let file: ManifestFile
  /// The file as it stands.
  let plainFile: ManifestFile
  /// The aws-auth ConfigMaps of the file, and what else keeps mappings, with what rules ask of their
  /// rows.
  public let configMaps: [ConfigMapSubject]
  /// What is known of the cluster.
  public let options: LintOptions
  /// The path of the file.
  let path: String
  /// Whether other files of the run have aws-auth ConfigMaps.
  let hasOtherMaps: Bool
  /// The RBAC objects of the run, if there are any.
  let rbac: RBACContext?
  /// The comments that excuse findings; `nil` for a file without any that speaks to this tool.
  let suppressions: Suppressions?
  /// The access entries of the run.
  let access: AccessContext

  init(_ file: ManifestFile, _ options: LintOptions, at path: String, in input: LintInput?) {
    plainFile = file
    let file = file.readAsTemplate ?? file
    self.file = file
    self.path = path
    hasOtherMaps = (input?.maps.count ?? 0) > (input?.mapCounts[path] ?? 0)
    access = AccessContext(file, options, at: path, in: input)
    var options = options
    // Entries of other files are this cluster's only where the run can be about one cluster.
    if access.hasOwnNodes || !hasOtherMaps && access.hasOtherNodes {
      options.nodesUseAccessEntries = true
    }
    self.options = options
    let mentions = Mentions(in: file.bytes, wanted: [.rbac, .suppressions])
    suppressions = mentions.contains(.suppressions) ? Suppressions(file) : nil
    rbac =
      mentions.contains(.rbac) || input?.hasRBAC == true
      ? RBACContext(file, at: path, in: input) : nil
    configMaps = file.manifests.map(ConfigMapSubject.init)
  }
}

extension LintSubject {
  /// The mappings that stand in aws-auth in the end, where EKS asks access entries before them.
  var mapsOfEKS: [ConfigMapSubject] {
    configMaps.filter {
      !$0.manifest.dialect.isSelfManaged && !$0.manifest.dialect.canonicalizesARNs
    }
  }
}

/// Takes the findings of one rule.
public struct FindingCollector {
  private(set) var findings: [Finding] = []
  private var rule: (any Rule.Type)?
  /// Whether something may stand in the file that is not seen, or be left out that is.
  private let isPartial: Bool

  init(isPartial: Bool) {
    self.isPartial = isPartial
  }

  mutating func run(_ rule: any Rule.Type, on subject: LintSubject) {
    // Its description, with all its examples, is made only when there is something to report.
    self.rule = rule
    rule.check(subject, &self)
  }

  /// Reports a finding of the rule that is running.
  ///
  /// - Parameters:
  ///   - message: What is wrong and what follows: lower case, without a full stop.
  ///   - range: The bytes of the file that it is about.
  ///   - notes: Why it is so, and other places.
  ///   - help: What to do.
  ///   - fix: A change that removes it.
  ///   - severity: Its severity where it differs from the rule's.
  public mutating func report(
    _ message: String, at range: Range<Int>, notes: [Finding.Note] = [], help: String? = nil,
    fix: Fix? = nil, severity: Severity? = nil
  ) {
    guard let rule = rule?.description, !isPartial || !rule.needsWholeFile else { return }
    findings.append(
      Finding(
        rule: rule.id, severity: severity ?? rule.severity, message: message, range: range,
        notes: notes, help: help, fix: fix))
  }
}
