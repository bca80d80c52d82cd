import EKSAccess
import EKSAccessManifests
import YAMLSource

/// An access entry with what rules ask of it.
struct EntrySubject {
  let manifest: AccessEntryManifest
  /// The parts that are not known yet: references, and the placeholders of template languages.
  let unresolved: Set<AccessEntry.Field>
  /// What the EKS API would refuse. An entry that was read from a cluster is there already.
  let violations: [AccessEntryViolation]

  var entry: AccessEntry { manifest.entry }

  init(_ manifest: AccessEntryManifest, _ validator: AccessEntryValidator) {
    self.manifest = manifest
    let unresolved = manifest.unresolved.union(Self.placeholders(in: manifest.entry))
    self.unresolved = unresolved
    violations =
      manifest.isObserved ? [] : validator.violations(of: manifest.entry, unresolved: unresolved)
  }

  /// An association without an entry, to look at its policy alone.
  init(_ association: AccessPolicyAssociationManifest, _ validator: AccessEntryValidator) {
    let manifest = AccessEntryManifest(for: association)
    self.manifest = manifest
    unresolved = manifest.unresolved
    violations = validator.violations(of: manifest.entry, unresolved: unresolved)
      .filter { !manifest.isObserved && $0.field != .principalARN }
  }

  /// Whether a part or the list that it belongs to is not known yet.
  func isUnresolved(_ fields: AccessEntry.Field...) -> Bool {
    fields.contains(where: unresolved.contains)
  }

  /// The principal, if it is known.
  var principal: IAMPrincipal? {
    unresolved.contains(.principalARN) ? nil : IAMPrincipal(entry.principalARN)
  }

  func range(of field: AccessEntry.Field) -> Range<Int> { manifest.range(of: field) }
  func node(of field: AccessEntry.Field) -> YAMLNode? { manifest.node(of: field) }

  private static func placeholders(in entry: AccessEntry) -> Set<AccessEntry.Field> {
    var fields: Set<AccessEntry.Field> = []
    func check(_ text: String, _ field: AccessEntry.Field) {
      // `${…}` is left to the validator, which knows what it hides.
      if Placeholder.isUnresolved(identity: text), !text.utf8.contains(UInt8(ascii: "$")) {
        fields.insert(field)
      }
    }
    check(entry.principalARN, .principalARN)
    if let username = entry.username { check(username, .username) }
    for (index, group) in entry.groups.enumerated() { check(group, .group(index)) }
    for (index, policy) in entry.policies.enumerated() {
      check(policy.policyARN, .policy(index))
      check(policy.scope.kind.rawValue, .scope(index))
    }
    check(entry.kind.rawValue, .kind)
    return fields
  }
}

/// What rules about access entries ask of a file and of the others of a run.
struct AccessContext {
  /// The entries of the file.
  let entries: [EntrySubject]
  /// The entries, and the associations of the file that are for none of them.
  let policyHolders: [EntrySubject]
  let associations: [AccessPolicyAssociationManifest]
  let clusters: [ClusterManifest]
  /// The partition that the clusters of the file stand in, as far as its ARNs tell.
  let partition: Partition?
  private let own: [InputAccess.Entry]
  private let input: InputAccess
  private let path: String

  init(_ file: ManifestFile, _ options: LintOptions, at path: String, in input: LintInput?) {
    let objects = file.accessObjects
    associations = objects.associations
    clusters = objects.clusters
    self.input = input?.access ?? InputAccess()
    self.path = path
    var own = InputAccess()
    if !objects.entries.isEmpty {
      own.add(objects, InputPlaces(path: path, lines: LineTable(file.bytes)))
    }
    self.own = own.entries
    guard !objects.entries.isEmpty || !objects.associations.isEmpty else {
      (entries, policyHolders, partition) = ([], [], options.partition)
      return
    }
    let partition = options.partition ?? Self.partition(in: file.bytes)
    self.partition = partition
    let validator = AccessEntryValidator(partition: partition)
    let entries = objects.entries.map { EntrySubject($0, validator) }
    self.entries = entries
    policyHolders = entries + objects.orphans.map { EntrySubject($0, validator) }
  }

  /// The entries of all files, which are put together each time that this is called.
  var all: [InputAccess.Entry] { own + input.entries.filter { $0.place.path != path } }

  /// Whether the file has an entry for nodes.
  var hasOwnNodes: Bool { entries.contains { $0.entry.kind.isNode } }

  /// Whether other files have an entry for nodes.
  var hasOtherNodes: Bool { input.nodeFiles.hasOther(than: path) }

  /// Whether other files have clusters.
  var hasOtherClusters: Bool { input.clusterFiles.hasOther(than: path) }

  /// Whether other files have an entry that may be for a principal in a cluster; `nil` is any.
  func hasOtherEntry(for principal: String?, in cluster: String?) -> Bool {
    input.entryFiles.hasOther(than: path, principal: principal, cluster: cluster)
  }

  /// Whether other files have an association that may be for a principal in a cluster; `nil` is any.
  func hasOtherAssociation(for principal: String?, in cluster: String?) -> Bool {
    input.associationFiles.hasOther(than: path, principal: principal, cluster: cluster)
  }

  /// The one partition of the ARNs in a text, those of access policies aside.
  private static func partition(in bytes: [UInt8]) -> Partition? {
    let prefix = Array("arn:".utf8)
    var found: Set<Partition> = []
    var index = 0
    while index + prefix.count < bytes.count {
      guard bytes[index] == prefix[0], bytes[index...].starts(with: prefix) else {
        index += 1
        continue
      }
      index += prefix.count
      let sections = bytes[index...].prefix(64).split(
        separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false)
      guard sections.count == 5,
        !sections[3].elementsEqual("aws".utf8) || !sections[2].isEmpty
          || !sections[1].elementsEqual("eks".utf8)
      else { continue }
      let partition = Partition(rawValue: String(decoding: sections[0], as: UTF8.self))
      if partition.isKnown { found.insert(partition) }
    }
    return found.count == 1 ? found.first : nil
  }
}

/// A rule that looks at one access entry at a time, for what the EKS API refuses.
protocol EntryRule: Rule {
  /// Reports what is wrong with an entry.
  static func check(
    _ entry: EntrySubject, _ context: AccessContext, _ options: LintOptions,
    _ findings: inout FindingCollector)
}

extension EntryRule {
  /// Looks at each entry of the file, and at associations without one.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    for entry in subject.access.policyHolders {
      check(entry, subject.access, subject.options, &findings)
    }
  }
}

extension AccessEntryViolation {
  /// What EKS answers, as a remark.
  var notes: [Finding.Note] {
    apiMessage.map { [Finding.Note("the EKS API answers: \($0)")] } ?? []
  }
}
