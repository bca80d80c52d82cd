import EKSAccess
import EKSAccessManifests
import KubernetesRBAC

/// The names that an aws-auth ConfigMap gives, with the first place of each.
struct InputMap: Sendable {
  /// A username in which variables stand.
  struct Template: Sendable {
    let template: UsernameTemplate
    let place: InputPlace
    /// A group that the same row gives.
    let group: String?
  }

  let path: String
  private(set) var groups: [String: InputPlace] = [:]
  private(set) var usernames: [String: InputPlace] = [:]
  /// The templates by the text before their first variable.
  private var templates: [String: [Template]] = [:]
  /// Whether there are names that are not final yet or rows that could not be read.
  private(set) var isIncomplete: Bool

  init(_ configMap: AWSAuthManifest, _ places: InputPlaces, isPartial: Bool) {
    path = places.path
    isIncomplete = isPartial || configMap.sections.contains { $0.failure != nil }
    for section in configMap.sections {
      for entry in section.entries where entry.isKept { add(entry, places) }
    }
  }

  /// The maps of a file.
  static func maps(of file: ManifestFile, _ places: InputPlaces) -> [InputMap] {
    let isPartial = file.template?.isPartial == true
    return file.manifests.map { InputMap($0, places, isPartial: isPartial) }
  }

  private mutating func add(_ entry: MappingEntry, _ places: InputPlaces) {
    for group in entry.groups {
      if Placeholder.isUnresolved(identity: group.value) {
        isIncomplete = true
      } else if groups[group.value] == nil {
        groups[group.value] = places.place(of: group.range)
      }
    }
    guard let username = entry.username, !username.value.isEmpty else { return }
    guard !Placeholder.isUnresolved(identity: username.value) else {
      isIncomplete = true
      return
    }
    let template = UsernameTemplate(username.value)
    guard !template.isConstant() else {
      if usernames[username.value] == nil {
        usernames[username.value] = places.place(of: username.range)
      }
      return
    }
    let beginning = template.beginning
    let known = templates[beginning] ?? []
    guard !known.contains(where: { $0.template == template }) else { return }
    guard known.count < Self.limit else {
      isIncomplete = true
      return
    }
    let group = entry.groups.first { !$0.value.utf8.starts(with: "system:".utf8) }
    templates[beginning, default: []].append(
      Template(
        template: template, place: places.place(of: username.range), group: group?.value))
  }

  /// How many templates with one beginning are told apart, which bounds the time of each look-up.
  private static let limit = 64

  /// The template with this text.
  func template(_ text: String) -> Template? {
    let template = UsernameTemplate(text)
    return templates[template.beginning]?.first { $0.template == template }
  }

  /// A template that can give a username.
  func template(giving username: String) -> Template? {
    let bytes = Array(username.utf8)
    for end in 0...bytes.count {
      guard
        let found = templates[String(decoding: bytes[..<end], as: UTF8.self)]?
          .first(where: { $0.template.values(rendering: username) != nil })
      else { continue }
      return found
    }
    return nil
  }

  /// Whether somebody can have a username.
  func gives(username: String) -> Bool {
    usernames[username] != nil || template(giving: username) != nil
  }

  /// Whether somebody can be in a group.
  func gives(group: String) -> Bool { groups[group] != nil }
}
