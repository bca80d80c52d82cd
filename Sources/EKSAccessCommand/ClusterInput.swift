import EKSAccess
import EKSAccessLint
import EKSAccessManifests
import KubernetesRBAC
import YAMLSource

/// The mappings of one cluster as its files hold them, with their places.
struct ClusterInput {
  /// A place in one of the files.
  struct Place {
    var path: String
    var position: LineTable.Position

    var description: String {
      "\(Terminal.escaped(path)):\(position.line):\(position.column)"
    }
  }

  /// Something that keeps a part of the files from being known.
  struct Remark {
    var place: Place
    var message: String
  }

  private(set) var access = ClusterAccess()
  /// What the files say of the cluster itself.
  private(set) var clusters: [ClusterManifest] = []
  /// The principals of IAM, if a file lists them.
  private(set) var directory: IAMDirectory?
  /// The lists of IAM that do not have all principals.
  private(set) var incompleteLists: [Place] = []
  /// The roles and bindings, if a file holds any.
  private(set) var rbac: RBACObjects?
  private(set) var failures: [InputFiles.Failure]
  /// The sections that cannot be read.
  private(set) var unreadSections: [Remark] = []
  /// The entries that are not fully known.
  private(set) var unclearEntries: [Remark] = []
  /// Whether a row depends on an entry that is not known, or an entry is not fully known itself.
  private(set) var leavesRowsUnclear = false
  /// The ConfigMaps with mappings that EKS does not read, by their names.
  private(set) var unusedConfigMaps: [(place: Place, name: String)] = []
  /// The patches of aws-auth, which do not tell what they are for.
  private(set) var patches: [Place] = []
  /// The ConfigMaps and other holders of mappings of which a cluster has one, by what they are.
  private(set) var holders: [MappingDialect: [Place]] = [:]
  /// The clusters that entries are for, where the files tell.
  private(set) var clusterNames: Set<String> = []
  /// Whether one of the files is a plan of Terraform.
  private(set) var isTerraformPlan = false
  /// Whether there is aws-auth, or something else from which it is made.
  private(set) var mapsAnybody = false
  private var places: [MappingRow: Place] = [:]
  private let isPrior: Bool
  private let usesRBAC: Bool

  /// Reads the files of a cluster.
  ///
  /// - Parameters:
  ///   - paths: Files and directories.
  ///   - section: The section whose text the named files are, if they are that.
  ///   - cluster: The cluster whose entries count, where the files may tell of several.
  ///   - isPrior: Whether to read what Terraform's plans found in place of what they want.
  ///   - usesRBAC: Whether roles, bindings, clusters and lists of IAM count too, so that no document
  ///     with them may be missed.
  ///   - console: Where standard input is read.
  init(
    _ paths: [String], as section: AWSAuthSection? = nil, of cluster: String? = nil,
    prior isPrior: Bool = false, withRBAC usesRBAC: Bool = false, _ console: Console
  ) {
    let inputs = InputFiles(paths, as: section)
    failures = inputs.failures
    self.isPrior = isPrior
    self.usesRBAC = usesRBAC
    var files = inputs.files
    var gathered = GatheredObjects(cluster: cluster)
    var patchFiles: Set<String> = []
    var index = 0
    while index < files.count {
      let file = files[index]
      index += 1
      do throws(InputError) {
        let bytes = try InputFiles.read(file, console)
        for file in KustomizeFiles.sectionFiles(of: bytes, at: file.path) {
          if let known = files[index...].firstIndex(where: { $0.path == file.path }) {
            files[known].section = file.section
          } else if !files.contains(where: { $0.path == file.path && $0.section != nil }) {
            files.append(file)
          }
        }
        let path = file.path == "-" ? "<stdin>" : file.path
        let manifest = ManifestFile(bytes, as: file.section)
        if usesRBAC { patchFiles.formUnion(KustomizeFiles.patches(in: manifest, at: file.path)) }
        addProblems(of: manifest, isNamed: file.isNamed, path: path)
        add(manifest, path: path, &gathered)
      } catch {
        failures.append(.init(path: file.path, message: error.message))
      }
    }
    add(gathered)
    patches += (holders[.configMap] ?? []).filter { patchFiles.contains($0.path) }
  }

  /// Whether nothing was found that maps anybody.
  var isEmpty: Bool {
    !mapsAnybody && access.accessEntries.isEmpty && access.identityMappings.isEmpty
  }

  /// What keeps rows and entries from being known.
  var remarks: [Remark] { unreadSections + unclearEntries }

  func place(of row: MappingRow) -> Place? { places[row] }

  mutating func setMode(_ mode: AuthenticationMode?) {
    access.authenticationMode = mode ?? access.authenticationMode
  }

  /// Says which documents cannot be read: what they tell of access would be missed.
  private mutating func addProblems(of file: ManifestFile, isNamed: Bool, path: String) {
    let lines = LineTable(file.bytes)
    for problem in file.stream.problems {
      guard isNamed || isMissed(file.bytes[problem.document]) else { continue }
      let position = lines.position(of: problem.range.lowerBound)
      // The documents of Helm and Jinja hold these braces.
      let isTemplate = file.bytes[problem.document].holdsTemplate
      failures.append(
        .init(
          path: "\(path):\(position.line):\(position.column)",
          message: problem.message
            + (isTemplate ? "; a template has to be rendered first, or left out" : "")))
    }
  }

  /// Whether a document that cannot be read may tell of access.
  private func isMissed(_ document: ArraySlice<UInt8>) -> Bool {
    if !Mentions(in: document, wanted: [.awsAuth, .accessEntries]).isEmpty { return true }
    // In UTF-16, which PowerShell writes, no word is found.
    let isWide = document.starts(with: [0xFF, 0xFE]) || document.starts(with: [0xFE, 0xFF])
    return usesRBAC
      && (isWide || ManifestFile.mentionsRBAC(document)
        || ManifestFile.mentionsClusterOrIAM(document))
  }

  private mutating func add(
    _ file: ManifestFile, path: String, _ gathered: inout GatheredObjects
  ) {
    let lines = LineTable(file.bytes)
    func place(_ range: Range<Int>) -> Place {
      Place(path: path, position: lines.position(of: range.lowerBound))
    }
    isTerraformPlan = isTerraformPlan || file.isTerraformPlan
    gathered.add(isPrior ? file.writtenPriorAccessObjects : file.writtenAccessObjects, place)
    for mapping in file.identityMappings {
      places[MappingRow(.identityMappings, access.identityMappings.count)] = place(mapping.range)
      access.identityMappings.append(mapping.value)
    }
    for list in file.iamLists {
      var known = directory ?? IAMDirectory()
      known.add(list.principals, isComplete: list.isComplete)
      directory = known
      if !list.isComplete { incompleteLists.append(place(list.node.range)) }
    }
    add(file.rbac)
    // Each IAMIdentityMapping is a source of its own.
    let manifests = isPrior ? file.priorManifests : file.manifests
    for manifest in manifests where manifest.dialect != .identityMapping {
      mapsAnybody = true
      if manifest.dialect.isOnePerCluster, manifest.dialect != .sectionList {
        holders[manifest.dialect, default: []].append(place(manifest.object.node.range))
      }
      if manifest.dialect == .patch { patches.append(place(manifest.object.node.range)) }
      if let node = manifest.otherName {
        let names = [manifest.object.namespace, manifest.object.name].compactMap { $0?.string }
        unusedConfigMaps.append((place(node.range), names.joined(separator: "/")))
      }
      for section in manifest.sections { add(section, of: manifest, place) }
    }
  }

  private mutating func add(_ manifests: RBACManifests) {
    guard !manifests.isEmpty else { return }
    var known = rbac ?? RBACObjects()
    known.append(manifests.objects)
    rbac = known
  }

  private mutating func add(
    _ section: AWSAuthSectionText, of manifest: AWSAuthManifest, _ place: (Range<Int>) -> Place
  ) {
    let name = section.section.rawValue
    if section.failure != nil {
      unreadSections.append(
        Remark(
          place: place(section.key.range),
          message: manifest.dialect.refusal ?? "EKS cannot read \(name), so all of it is lost"))
    }
    // Dropped rows stay, so that rows are numbered as in the file and the reason can be told.
    for entry in section.entries {
      let range = entry.arn?.range ?? entry.node.range
      switch entry.mapping {
      case .role(let role):
        places[MappingRow(.mapRoles, access.configMap.roles.count)] = place(range)
        access.configMap.roles.append(role)
      case .user(let user):
        places[MappingRow(.mapUsers, access.configMap.users.count)] = place(range)
        access.configMap.users.append(user)
      }
    }
    for account in section.accounts {
      places[MappingRow(.mapAccounts, access.configMap.accounts.count)] = place(account.range)
      access.configMap.accounts.append(account.value)
    }
  }
}

extension ClusterInput {
  /// The access entries, associations and clusters of the files, with the places of the entries.
  ///
  /// One file may have an entry and another one its policies, so they are joined at the end.
  private struct GatheredObjects {
    var cluster: String?
    var objects = AccessObjects()
    var places: [Place] = []

    mutating func add(_ other: AccessObjects, _ place: (Range<Int>) -> Place) {
      objects.append(other, of: cluster)
      for entry in objects.entries[places.count...] {
        places.append(place(entry.range(of: .principalARN)))
      }
    }
  }

  private mutating func add(_ gathered: GatheredObjects) {
    var objects = gathered.objects
    objects.joinAssociations()
    clusters = objects.clusters
    if let mode = clusters.compactMap(\.mode).last { access.authenticationMode = mode }
    var undescribed: [(place: Place, principal: String)] = []
    for (entry, place) in zip(objects.entries, gathered.places) {
      if let cluster = entry.cluster { clusterNames.insert(cluster) }
      // A list of principals tells that there are entries, and nothing else.
      if entry.isObserved, entry.unresolved.contains(.kind) {
        undescribed.append((place, entry.entry.principalARN))
        continue
      }
      add(entry, at: place, objects.fullyAssociated)
    }
    let described = Set(access.accessEntries.map { PrincipalKey($0.principalARN) })
    let rows = Set(
      (access.configMap.roles.map(\.roleARN) + access.configMap.users.map(\.userARN))
        .map { PrincipalKey($0) })
    for entry in undescribed where !described.contains(PrincipalKey(entry.principal)) {
      let account = IAMPrincipal(entry.principal)?.arn.account
      if rows.contains(PrincipalKey(entry.principal))
        || access.configMap.accounts.contains(where: { $0 == account })
      {
        leavesRowsUnclear = true
      }
      unclearEntries.append(
        Remark(
          place: entry.place,
          message: "there is an access entry for \(entry.principal), and what it gives is not "
            + "told: add the answer of \"aws eks describe-access-entry\""))
    }
  }

  private mutating func add(
    _ manifest: AccessEntryManifest, at place: Place, _ fullyAssociated: Set<String>
  ) {
    if manifest.isObserved, manifest.dialect == .awsCLI, !manifest.entry.kind.isNode,
      !fullyAssociated.contains(manifest.entry.principalARN), usesRBAC
    {
      leavesRowsUnclear = true
      unclearEntries.append(
        Remark(
          place: place,
          message: "the access policies of \(manifest.entry.principalARN) are not told: add the "
            + "answer of \"aws eks list-associated-access-policies\""))
    }
    if !manifest.unresolved.isDisjoint(with: [.username, .groups, .policies]) {
      leavesRowsUnclear = true
      unclearEntries.append(
        Remark(
          place: place,
          message: "what the entry for \(manifest.entry.principalARN) gives is not fully known yet")
      )
    }
    var entry = manifest.entry
    // Files may tell of one association twice, such as an answer and the manifest that made it.
    entry.policies = entry.policies.reduce(into: []) { known, policy in
      if !known.contains(policy) { known.append(policy) }
    }
    places[MappingRow(.accessEntries, access.accessEntries.count)] = place
    access.accessEntries.append(entry)
  }
}

extension ArraySlice<UInt8> {
  /// Whether something stands there as in the templates of Helm and Jinja, and not as in usernames.
  fileprivate var holdsTemplate: Bool {
    zip(self, zip(dropFirst(), dropFirst(2))).contains { first, others in
      first == UInt8(ascii: "{")
        && (others.0 == UInt8(ascii: "%") || others.0 == first && " -.".utf8.contains(others.1))
    }
  }
}
