import EKSAccess
import YAMLSource

/// The rows that `resolve --all`, `--group` and `--username` list.
struct MappingList {
  struct Item {
    var mapping: EffectiveMapping
    /// What the values of the template's variables must be.
    var condition: [TemplateVariable: String]
  }

  let items: [Item]

  init(mappings: [EffectiveMapping]) {
    items = mappings.map { Item(mapping: $0, condition: [:]) }
  }

  init(sources: [IdentityResolver.Source]) {
    items = sources.map { Item(mapping: $0.mapping, condition: $0.condition) }
  }

  /// The rows for people: the principal, what it becomes, and what the cluster makes of the row.
  func text(_ input: ClusterInput) -> String {
    var lines: [String] = []
    for item in items {
      let mapping = item.mapping
      let place = input.place(of: mapping.row).map { $0.description + ": " } ?? ""
      let principal = mapping.principal.isEmpty ? "(no ARN)" : mapping.principal
      lines.append("\(place)\(mapping.row.title): \(principal)")
      if let identity = mapping.identity {
        lines.append("  username  \(identity.username.isEmpty ? "(empty)" : identity.username)")
        let groups = identity.groups.joined(separator: ", ")
        lines.append("  groups    \(groups.isEmpty ? "(none)" : groups)")
      } else {
        lines.append("  username  the caller's own ARN; no groups")
      }
      lines += input.access.policies(of: mapping.row).map { "  policy    \($0)" }
      if !mapping.isEffective || mapping.status == .tied {
        lines.append("  but       \(mapping.status.description(of: mapping.principal))")
      }
      for (variable, value) in item.condition.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
        lines.append("  when      \(variable.rawValue) is \"\(value)\"")
      }
    }
    lines += input.remarks.map { "\($0.place.description): \($0.message)" }
    return lines.map { Terminal.escaped($0) + "\n" }.joined()
  }

  /// The rows for programs.
  func json(_ input: ClusterInput) -> [UInt8] {
    JSONOutput.encode(
      Document(
        rows: items.map { item in
          let place = input.place(of: item.mapping.row)
          return Row(
            row: item.mapping.row.description, file: place?.path, line: place?.position.line,
            column: place?.position.column, principal: item.mapping.principal,
            username: item.mapping.identity?.username, groups: item.mapping.identity?.groups,
            policies: PolicyJSON.list(of: item.mapping.row, input),
            effective: item.mapping.isEffective,
            status: item.mapping.status.description(of: item.mapping.principal),
            condition: Dictionary(
              uniqueKeysWithValues: item.condition.map { ($0.key.rawValue, $0.value) }))
        }, remarks: input.remarks.map { "\($0.place.description): \($0.message)" }))
  }

  private struct Document: Encodable {
    var version = 1
    var rows: [Row]
    var remarks: [String]
  }

  private struct Row: Encodable {
    var row: String
    var file: String?
    var line: Int?
    var column: Int?
    var principal: String
    var username: String?
    var groups: [String]?
    var policies: [PolicyJSON]?
    var effective: Bool
    var status: String
    var condition: [String: String]
  }
}
