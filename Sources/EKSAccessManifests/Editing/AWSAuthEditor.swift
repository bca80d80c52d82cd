public import EKSAccess
import YAMLSource

/// Adds, replaces and removes rows of an aws-auth ConfigMap in the file that holds it.
///
/// Every edit changes as few bytes as it can: comments, order, quotes, indentation and line breaks
/// stay as they are, and a new row is written like the rows around it. Before an edit is given out,
/// the new bytes are read again; whatever differs from the old rows besides the change refuses it.
///
/// A row owns the lines from its dash to the end of its last value, and the comments right below
/// that are indented deeper than the dash. Comments above it stay when it goes. A new row stands
/// behind the last one. So adding a row and removing it again gives the old bytes, where the section
/// was there as text before; a section that had to be written first stays behind, empty. A block
/// that begins with `|-` becomes `""` with its last row, as `""` becomes such a block with its first.
public struct AWSAuthEditor: Sendable {
  /// The file to edit.
  public let file: ManifestFile
  /// The ConfigMap to edit.
  public let manifest: AWSAuthManifest
  let place: Int

  /// Chooses the ConfigMap to edit: `kube-system/aws-auth`, otherwise the only one of that name,
  /// otherwise the only one that has rows.
  public init(_ file: ManifestFile) throws(AWSAuthEditError) {
    let all = Array(file.configMaps.enumerated())
    let named = all.filter { $0.element.object.name?.has("aws-auth") == true }
    let placed = named.filter { $0.element.object.namespace?.has("kube-system") == true }
    let candidates = [placed, named, all].first { !$0.isEmpty } ?? []
    guard let chosen = candidates.first else {
      throw AWSAuthEditError(
        .noConfigMap, "no ConfigMap aws-auth is here", at: file.stream.problems.first?.range)
    }
    guard candidates.count == 1 else {
      throw AWSAuthEditError(
        .severalConfigMaps,
        "\(candidates.count) ConfigMaps could be meant; keep the one to edit in a file of its own",
        at: candidates[1].element.object.node.range)
    }
    self.file = file
    manifest = chosen.element
    place = chosen.offset
  }

  /// Adds a row behind the last one of its section.
  public func adding(
    _ mapping: MappingEntry.Mapping
  ) throws(AWSAuthEditError) -> AWSAuthEdit {
    try mapping.check()
    if let row = rows(of: mapping.principal).first {
      throw AWSAuthEditError(
        .duplicate,
        "\(row.mapping.quoted) stands already in row \(row.index + 1) of \(row.section.rawValue)",
        at: row.arn?.range ?? row.node.range)
    }
    var expected = Content(manifest)
    expected.rows[mapping.section, default: []].append(mapping)
    return try verified([edits(adding: mapping)], expected, mapping.section)
  }

  /// Adds a row of mapRoles.
  public func adding(_ role: RoleMapping) throws(AWSAuthEditError) -> AWSAuthEdit {
    try adding(.role(role))
  }

  /// Adds a row of mapUsers.
  public func adding(_ user: UserMapping) throws(AWSAuthEditError) -> AWSAuthEdit {
    try adding(.user(user))
  }

  /// Gives the row of a principal another username and other groups.
  ///
  /// The values that differ are written anew; where that is not possible, the whole row is, and
  /// loses the comments and unknown keys within.
  public func replacing(
    with mapping: MappingEntry.Mapping
  ) throws(AWSAuthEditError) -> AWSAuthEdit {
    try mapping.check()
    let rows = rows(of: mapping.principal)
    guard let row = rows.first else { throw unknown(mapping.principal) }
    guard rows.count == 1 else {
      throw AWSAuthEditError(
        .severalRows, "\(mapping.quoted) has \(rows.count) rows; remove them first",
        at: rows[1].arn?.range ?? rows[1].node.range)
    }
    guard row.section == mapping.section else {
      throw AWSAuthEditError(
        .duplicate, "\(mapping.quoted) stands in \(row.section.rawValue); remove it there first",
        at: row.arn?.range ?? row.node.range)
    }
    guard row.mapping != mapping else { return AWSAuthEdit(edits: [], bytes: file.bytes) }
    var expected = Content(manifest)
    expected.rows[mapping.section]?[row.index] = mapping
    let choices = try replacements(of: row, with: mapping)
    return try verified(choices, expected, mapping.section)
  }

  /// Removes every row of a principal.
  ///
  /// - Parameter principal: The ARN as it stands in the row, in any case.
  /// - Returns: The changed file.
  /// - Throws: An ``AWSAuthEditError`` when the principal has no row, or its rows do not go alone.
  public func removing(principal: String) throws(AWSAuthEditError) -> AWSAuthEdit {
    let rows = rows(of: principal)
    guard let first = rows.first else { throw unknown(principal) }
    var expected = Content(manifest)
    var edits: [SourceEdit] = []
    for section in manifest.sections {
      let places = Set(rows.filter { $0.section == section.section }.map(\.index))
      guard !places.isEmpty else { continue }
      expected.rows[section.section] = section.entries.filter { !places.contains($0.index) }
        .map(\.mapping)
      edits += try self.edits(removing: places, from: section)
    }
    return try verified([edits], expected, first.section)
  }

  /// The rows of a principal, compared as the authenticator compares ARNs.
  private func rows(of principal: String) -> [MappingEntry] {
    let subject = principal.simpleLowercased.simpleFolded
    return manifest.entries.filter {
      let text = $0.mapping.principal
      return !text.isEmpty && text.simpleLowercased.simpleFolded.utf8.elementsEqual(subject.utf8)
    }
  }

  private func unknown(_ principal: String) -> AWSAuthEditError {
    if let section = manifest.sections.first(where: { $0.failure != nil }) {
      return section.unreadable
    }
    return AWSAuthEditError(
      .unknownPrincipal, "\"\(principal)\" has no row", at: manifest.object.node.range)
  }

  /// The first of several ways to make a change that gives what was meant.
  private func verified(
    _ choices: [[SourceEdit]?], _ expected: Content, _ section: AWSAuthSection
  ) throws(AWSAuthEditError) -> AWSAuthEdit {
    for case let edits? in choices {
      guard let bytes = SourceEdit.apply(edits, to: file.bytes) else { continue }
      let result = ManifestFile(bytes)
      if isMeant(result, expected) {
        let sorted = edits.sorted { $0.range.lowerBound < $1.range.lowerBound }
        return AWSAuthEdit(edits: sorted, bytes: bytes)
      }
    }
    let text = manifest[section]
    throw AWSAuthEditError(
      .notExact,
      "\(section.rawValue) is written in a way in which this change would change more; write it as "
        + "a block that begins with \"|\" with each row on lines of its own first",
      at: text?.key.range ?? manifest.data?.range ?? manifest.object.node.range)
  }

  private func isMeant(_ result: ManifestFile, _ expected: Content) -> Bool {
    guard result.configMaps.count == file.configMaps.count,
      result.stream.documents.count == file.stream.documents.count,
      result.stream.problems.count == file.stream.problems.count
    else { return false }
    return result.configMaps.indices.allSatisfy { index in
      Content(result.configMaps[index])
        == (index == place ? expected : Content(file.configMaps[index]))
    }
  }
}

/// What an edit must not change, but for the rows that it is about.
struct Content: Equatable {
  var rows: [AWSAuthSection: [MappingEntry.Mapping]] = [:]
  /// The rows' texts that EKS passes over, and all other values of the object.
  private var rest: [String]

  init(_ manifest: AWSAuthManifest) {
    rest = []
    for section in manifest.sections where section.section != .mapAccounts {
      rows[section.section] = section.entries.isEmpty ? nil : section.entries.map(\.mapping)
      if section.failure != nil { collect(section.value) }
    }
    for pair in manifest.object.node.pairs where !pair.key.has("data") {
      rest.append(pair.key.string)
      collect(pair.value)
    }
    for pair in manifest.data?.pairs ?? YAMLNode.Pairs()
    where !pair.key.has("mapRoles") && !pair.key.has("mapUsers") {
      rest.append(pair.key.string)
      collect(pair.value)
    }
  }

  private mutating func collect(_ node: YAMLNode) {
    // The last line of a file may get a line break, which a block scalar there keeps.
    let end = node.bytes.lastIndex { $0 != 0x0A }.map { $0 + 1 } ?? node.bytes.startIndex
    rest.append(String(decoding: node.bytes[..<end], as: UTF8.self))
    for element in node.elements { collect(element) }
    for pair in node.pairs {
      rest.append(pair.key.string)
      collect(pair.value)
    }
  }

  static func == (left: Content, right: Content) -> Bool {
    left.rest == right.rest
      && [AWSAuthSection.mapRoles, .mapUsers].allSatisfy {
        (left.rows[$0] ?? []) == (right.rows[$0] ?? [])
      }
  }
}

extension MappingEntry.Mapping {
  /// The section that such a row belongs to.
  var section: AWSAuthSection {
    switch self {
    case .role: .mapRoles
    case .user: .mapUsers
    }
  }

  /// The text that tells rows apart: the ARN, or the pattern of a row with `sso`.
  var principal: String {
    switch self {
    case .role(let role):
      role.roleARN.isEmpty ? role.sso?.intendedPattern ?? "" : role.roleARN
    case .user(let user): user.userARN
    }
  }

  var quoted: String { "\"\(principal)\"" }

  func check() throws(AWSAuthEditError) {
    let error =
      switch self {
      case .role(let role): role.validationError
      case .user(let user): user.validationError
      }
    if let error { throw AWSAuthEditError(.invalidMapping, error.description) }
  }
}

extension AWSAuthSectionText {
  var unreadable: AWSAuthEditError {
    AWSAuthEditError(
      .unreadable, "EKS cannot read \(section.rawValue); mend it first (see eks-access lint)",
      at: key.range)
  }
}
