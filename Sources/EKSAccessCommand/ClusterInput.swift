import EKSAccess
import EKSAccessManifests
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
  private(set) var failures: [InputFiles.Failure]
  /// What keeps rows from being read at all.
  private(set) var remarks: [(place: Place, message: String)] = []
  private(set) var configMaps: [Place] = []
  private var places: [MappingRow: Place] = [:]

  init(_ paths: [String], _ console: Console) {
    let inputs = InputFiles(paths)
    failures = inputs.failures
    for file in inputs.files {
      do throws(InputError) {
        let bytes = try InputFiles.read(file, console)
        add(ManifestFile(bytes), path: file.path == "-" ? "<stdin>" : file.path)
      } catch {
        failures.append(.init(path: file.path, message: error.message))
      }
    }
  }

  /// Whether nothing was found that maps anybody.
  var isEmpty: Bool {
    configMaps.isEmpty && access.accessEntries.isEmpty && access.identityMappings.isEmpty
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
      places[MappingRow(.accessEntries, access.accessEntries.count)] = place(
        entry.range(of: .principalARN))
      access.accessEntries.append(entry.entry)
    }
    for mapping in file.identityMappings {
      places[MappingRow(.identityMappings, access.identityMappings.count)] = place(mapping.range)
      access.identityMappings.append(mapping.value)
    }
    if let mode = objects.clusters.compactMap(\.mode).last { access.authenticationMode = mode }
    for configMap in file.configMaps {
      configMaps.append(place(configMap.object.node.range))
      for section in configMap.sections { add(section, place) }
    }
  }

  private mutating func add(_ section: AWSAuthSectionText, _ place: (Range<Int>) -> Place) {
    let name = section.section.rawValue
    if section.failure != nil {
      remarks.append((place(section.key.range), "EKS cannot read \(name), so all of it is lost"))
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
