import EKSAccess
import EKSAccessManifests
import EKSAccessMigration
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
  /// The bindings, if a file holds any.
  private(set) var rbac: MigrationRBAC?
  private(set) var failures: [InputFiles.Failure]
  /// What keeps rows from being read at all.
  private(set) var remarks: [(place: Place, message: String)] = []
  /// The ConfigMaps and other holders of mappings of which a cluster has one, by what they are.
  private(set) var holders: [MappingDialect: [Place]] = [:]
  private var mapsAnybody = false
  private var undescribed: [(place: Place, principal: String)] = []
  private var places: [MappingRow: Place] = [:]

  init(_ paths: [String], as section: AWSAuthSection? = nil, _ console: Console) {
    let inputs = InputFiles(paths, as: section)
    failures = inputs.failures
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
        add(
          ManifestFile(bytes, as: file.section),
          path: file.path == "-" ? "<stdin>" : file.path)
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

  private mutating func add(_ file: ManifestFile, path: String) {
    let lines = LineTable(file.bytes)
    func place(_ range: Range<Int>) -> Place {
      Place(path: path, position: lines.position(of: range.lowerBound))
    }
    let objects = file.accessObjects
    for entry in objects.entries {
      // A list of principals tells that there are entries, and nothing else.
      guard entry.unresolved.isDisjoint(with: [.username, .groups]) else {
        undescribed.append((place(entry.range(of: .principalARN)), entry.entry.principalARN))
        continue
      }
      places[MappingRow(.accessEntries, access.accessEntries.count)] = place(
        entry.range(of: .principalARN))
      access.accessEntries.append(entry.entry)
    }
    for mapping in file.identityMappings {
      places[MappingRow(.identityMappings, access.identityMappings.count)] = place(mapping.range)
      access.identityMappings.append(mapping.value)
    }
    if let mode = objects.clusters.compactMap(\.mode).last { access.authenticationMode = mode }
    clusters += objects.clusters
    for list in file.iamLists {
      var known = directory ?? IAMDirectory()
      known.add(list)
      directory = known
    }
    add(file.rbac)
    // Each IAMIdentityMapping is a source of its own.
    for manifest in file.manifests where manifest.dialect != .identityMapping {
      mapsAnybody = true
      if manifest.dialect.isOnePerCluster, manifest.dialect != .sectionList {
        holders[manifest.dialect, default: []].append(place(manifest.object.node.range))
      }
      for section in manifest.sections { add(section, of: manifest, place) }
    }
  }

  private mutating func add(_ manifests: RBACManifests) {
    guard !manifests.isEmpty else { return }
    var known = rbac ?? MigrationRBAC()
    known.clusterRoleBindings += manifests.bindings.compactMap(\.clusterRoleBinding)
    known.roleBindings += manifests.bindings.compactMap(\.roleBinding)
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
