import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
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
  /// What keeps rows from being read at all.
  private(set) var remarks: [(place: Place, message: String)] = []
  /// The ConfigMaps and other holders of mappings of which a cluster has one, by what they are.
  private(set) var holders: [MappingDialect: [Place]] = [:]
  /// The clusters that entries are for, where the files tell.
  private(set) var clusterNames: Set<String> = []
  /// Whether one of the files is a plan of Terraform.
  private(set) var isTerraformPlan = false
  private var mapsAnybody = false
  private var undescribed: [(place: Place, principal: String)] = []
  private var places: [MappingRow: Place] = [:]
  private let isPrior: Bool
  private let clusterName: String?

  /// Reads the files of a cluster.
  ///
  /// - Parameters:
  ///   - paths: Files and directories.
  ///   - section: The section whose text the named files are, if they are that.
  ///   - cluster: The cluster whose entries count, where the files may tell of several.
  ///   - isPrior: Whether to read what Terraform's plans found in place of what they want.
  ///   - console: Where standard input is read.
  init(
    _ paths: [String], as section: AWSAuthSection? = nil, of cluster: String? = nil,
    prior isPrior: Bool = false, _ console: Console
  ) {
    let inputs = InputFiles(paths, as: section)
    failures = inputs.failures
    clusterName = cluster
    self.isPrior = isPrior
    var files = inputs.files
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
        addProblems(of: manifest, isNamed: file.isNamed, path: path)
        add(manifest, path: path)
      } catch {
        failures.append(.init(path: file.path, message: error.message))
      }
    }
    let described = Set(access.accessEntries.map { PrincipalKey($0.principalARN) })
    for entry in undescribed where !described.contains(PrincipalKey(entry.principal)) {
      remarks.append(
        (
          entry.place,
          "there is an access entry for \(entry.principal), and what it gives is not told: add the "
            + "answer of \"aws eks describe-access-entry\""
        ))
    }
  }

  /// Whether nothing was found that maps anybody.
  var isEmpty: Bool {
    !mapsAnybody && access.accessEntries.isEmpty && access.identityMappings.isEmpty
  }

  func place(of row: MappingRow) -> Place? { places[row] }

  mutating func setMode(_ mode: AuthenticationMode?) {
    access.authenticationMode = mode ?? access.authenticationMode
  }

  /// Says which documents cannot be read: what they tell of access would be missed.
  private mutating func addProblems(of file: ManifestFile, isNamed: Bool, path: String) {
    let lines = LineTable(file.bytes)
    for problem in file.stream.problems {
      let mentions = Mentions(in: file.bytes[problem.document], wanted: .all)
      guard isNamed || mentions.contains(.awsAuth) || mentions.contains(.accessEntries) else {
        continue
      }
      let position = lines.position(of: problem.range.lowerBound)
      failures.append(
        .init(path: "\(path):\(position.line):\(position.column)", message: problem.message))
    }
  }

  private mutating func add(_ file: ManifestFile, path: String) {
    let lines = LineTable(file.bytes)
    func place(_ range: Range<Int>) -> Place {
      Place(path: path, position: lines.position(of: range.lowerBound))
    }
    isTerraformPlan = isTerraformPlan || file.isTerraformPlan
    let objects = isPrior ? file.priorAccessObjects : file.accessObjects
    for entry in objects.entries where isWanted(entry.cluster) {
      if let cluster = entry.cluster { clusterNames.insert(cluster) }
      let place = place(entry.range(of: .principalARN))
      // A list of principals tells that there are entries, and nothing else.
      if entry.isObserved, entry.unresolved.contains(.kind) {
        undescribed.append((place, entry.entry.principalARN))
        continue
      }
      if !entry.unresolved.isDisjoint(with: [.username, .groups, .policies]) {
        remarks.append(
          (place, "what the entry for \(entry.entry.principalARN) gives is not fully known yet"))
      }
      places[MappingRow(.accessEntries, access.accessEntries.count)] = place
      access.accessEntries.append(entry.entry)
    }
    for mapping in file.identityMappings {
      places[MappingRow(.identityMappings, access.identityMappings.count)] = place(mapping.range)
      access.identityMappings.append(mapping.value)
    }
    let wanted = objects.clusters.filter { isWanted($0.cluster) }
    if let mode = wanted.compactMap(\.mode).last { access.authenticationMode = mode }
    clusters += wanted
    for list in file.iamLists {
      var known = directory ?? IAMDirectory()
      known.add(list.principals, isComplete: list.isComplete)
      if !list.isComplete { incompleteLists.append(place(list.node.range)) }
      directory = known
    }
    add(file.rbac)
    // Each IAMIdentityMapping is a source of its own.
    let manifests = isPrior ? file.priorManifests : file.manifests
    for manifest in manifests where manifest.dialect != .identityMapping {
      mapsAnybody = true
      if manifest.dialect.isOnePerCluster, manifest.dialect != .sectionList {
        holders[manifest.dialect, default: []].append(place(manifest.object.node.range))
      }
      for section in manifest.sections { add(section, of: manifest, place) }
    }
  }

  /// Whether what a file tells of a cluster is asked for.
  private func isWanted(_ cluster: String?) -> Bool {
    clusterName == nil || cluster == nil || cluster == clusterName
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
      remarks.append(
        (
          place(section.key.range),
          manifest.dialect.refusal ?? "EKS cannot read \(name), so all of it is lost"
        ))
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
  /// Whether the files say who is in one cluster; what is wrong is printed.
  ///
  /// - Parameters:
  ///   - console: Where it is printed.
  ///   - path: What the files are called in the message.
  /// - Returns: Whether they do.
  func isUsable(_ console: Console, naming path: String? = nil) -> Bool {
    if isEmpty {
      console.print(
        error: "no aws-auth ConfigMap, other mapping or access entry in "
          + (path.map(Terminal.escaped) ?? "the files given"))
      return false
    }
    if clusterNames.count > 1 {
      let names = clusterNames.sorted().map { "\"\(Terminal.escaped($0))\"" }
      console.print(
        error:
          "access entries of \(names.count) clusters: \(names.joined(separator: ", ")); name one "
          + "with --cluster")
      return false
    }
    guard
      let (dialect, places) = holders.filter({ $0.value.count > 1 })
        .min(by: { $0.key.name < $1.key.name })
    else { return true }
    let noun = dialect == .configMap ? "aws-auth ConfigMaps" : "times \(dialect.name)"
    console.print(
      error:
        "\(places.count) \(noun) in the files given, and a cluster has one; name the file of one "
        + "cluster:")
    for place in places.prefix(8) {
      console.writeError(Array("  \(place.description)\n".utf8))
    }
    return false
  }
}
