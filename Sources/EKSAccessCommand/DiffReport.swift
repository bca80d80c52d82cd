import EKSAccess
import KubernetesRBAC
import YAMLSource

/// What `diff` prints about a comparison.
struct DiffReport {
  let comparison: AccessComparison
  let before: ClusterInput
  /// The files of the other side; `nil` where there are none yet.
  let after: ClusterInput?
  /// What is to be known besides: sentences without a full stop.
  private let notes: [String]

  init(_ comparison: AccessComparison, of input: ClusterInput, notes: [String]) {
    self.comparison = comparison
    self.notes = notes
    before = input
    after = nil
  }

  /// Compares two sides.
  ///
  /// - Parameters:
  ///   - before: What is there.
  ///   - after: What is to come.
  ///   - rbac: Roles and bindings of both sides, by which permissions are compared.
  ///   - notes: What is to be known besides.
  init(
    before: ClusterInput, after: ClusterInput, rbac: RBACIndex? = nil, notes: [String] = []
  ) {
    self.notes = notes
    self.before = before
    self.after = after
    let options = IdentityResolver.Options(templateSyntax: .authenticator)
    comparison = AccessComparison(
      before: IdentityResolver(before.access, options: options),
      after: IdentityResolver(after.access, options: options), rbac: rbac.map { ($0, $0) },
      isComplete: false)
  }

  func bytes(as format: DiffFormat) -> [UInt8] {
    switch format {
    case .text: Array(text.utf8)
    case .json: json
    case .markdown: Array(markdown.utf8)
    }
  }

  /// How many principals something becomes of, in words.
  var summary: String {
    let losses = comparison.losses
    let nodes = losses.count(where: \.isNode)
    let others = comparison.changes.filter { $0.kind == .changed && !$0.losesAccess }
    let more = others.count { $0.permissions?.verdict == .gained }
    let changed = others.count - more
    let gained = comparison.changes.count { $0.kind == .gained }
    var parts = [
      losses.isEmpty
        ? "nobody loses access"
        : "\(Self.count(losses.count, "principal")) \(losses.count == 1 ? "loses" : "lose") access"
          + (nodes > 0 ? ", \(Self.count(nodes, "role")) of nodes among them" : "")
    ]
    if more > 0 { parts.append("\(more) may do more") }
    if changed > 0 { parts.append("\(changed) changed otherwise") }
    if gained > 0 { parts.append("\(gained) new") }
    parts.append("\(comparison.unchangedCount) the same")
    return parts.joined(separator: "; ")
  }

  /// What keeps rows from being read, on either side.
  var remarks: [String] {
    notes
      + (before.remarks + (after?.remarks ?? [])).map { "\($0.place.description): \($0.message)" }
  }

  /// What changes for a principal: a line for each fact.
  func details(of change: AccessComparison.Change) -> [String] {
    func list(_ word: String, _ names: [String]) -> [String] {
      names.isEmpty ? [] : [word + names.joined(separator: ", ")]
    }
    func policies(_ policies: [AccessPolicyAssociation]) -> [String] {
      policies.map(\.description)
    }
    var lines: [String] = []
    switch change.kind {
    case .lost, .gained:
      let grant = change.after ?? change.before
      lines.append("username  " + username(grant))
      lines += list("groups    ", grant?.identity?.groups ?? [])
      lines += list("policies  ", policies(grant?.policies ?? []))
    case .changed:
      if let permissions = change.permissions {
        lines += self.details(of: change, permissions, policies: policies)
      } else {
        lines += list("loses     ", change.lostGroups + policies(change.lostPolicies))
        let admin = change.policiesInPlaceOfMasters
        let others = change.gainedPolicies.filter { !admin.contains($0) }
        lines += list("gains     ", change.gainedGroups + policies(others))
        lines += policies(admin).map { "policies  \($0) in place of system:masters" }
      }
      if change.changesUsername {
        lines.append("username  \(username(change.before)) becomes \(username(change.after))")
      }
    }
    return lines
  }

  /// Where the rows stand that decide on both sides.
  func places(of change: AccessComparison.Change) -> [String] {
    func place(_ grant: AccessGrant?, _ input: ClusterInput?, _ word: String) -> String? {
      guard let grant, let input else { return nil }
      return word + (input.place(of: grant.row).map { "\($0.description): " } ?? "")
        + grant.row.title
    }
    return [place(change.before, before, "before    "), place(change.after, after, "after     ")]
      .compactMap { $0 }
  }

  private func username(_ grant: AccessGrant?) -> String {
    guard let identity = grant?.identity else { return "the caller's own ARN" }
    return identity.username.isEmpty ? "(empty)" : identity.username
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}

extension DiffReport {
  var text: String {
    var lines: [String] = []
    for change in comparison.changes {
      let node = change.isNode ? " (nodes)" : ""
      lines.append("\(Self.word(change))  \(change.principal)\(node)")
      lines += (details(of: change) + places(of: change)).map { "         " + $0 }
    }
    if !lines.isEmpty { lines.append("") }
    lines += remarks
    lines.append(summary)
    return lines.map { Terminal.escaped($0) + "\n" }.joined()
  }

  private static func word(_ change: AccessComparison.Change) -> String {
    switch change.kind {
    case .lost: "lost   "
    case .gained: "gained "
    case .changed: change.losesAccess ? "reduced" : "changed"
    }
  }

  private var markdown: String {
    var lines = ["### Access to the cluster", "", "**\(Self.cell(summary))**", ""]
    if !comparison.changes.isEmpty {
      lines += ["| | Principal | What changes |", "|---|---|---|"]
      for change in comparison.changes {
        let details = details(of: change).map { Self.cell($0.collapsingBlanks) }
        let node = change.isNode ? " (nodes)" : ""
        lines.append(
          "| \(Self.word(change).collapsingBlanks) | \(Self.cell(change.principal))\(node) | "
            + details.joined(separator: "<br>") + " |")
      }
      lines.append("")
    }
    lines += remarks.map { "- " + Self.cell($0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text within a table: on one line, with nothing that Markdown or HTML would read.
  static func cell(_ text: String) -> String {
    Terminal.escaped(text).reduce(into: "") { result, character in
      switch character {
      case "|", "`", "*", "_", "[", "]", "\\", "#", "~", "!", "@": result += "\\\(character)"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\t": result += " "
      default: result.append(character)
      }
    }
  }

  private var json: [UInt8] {
    JSONOutput.encode(
      Document(
        losesAccess: !comparison.losses.isEmpty,
        changes: comparison.changes.map { change in
          Document.Change(
            principal: change.principal, kind: change.kind.rawValue,
            losesAccess: change.losesAccess, isNode: change.isNode,
            before: grant(change.before, before), after: grant(change.after, after),
            lostGroups: change.lostGroups, gainedGroups: change.gainedGroups,
            lostPolicies: change.lostPolicies.map(PolicyJSON.init),
            gainedPolicies: change.gainedPolicies.map(PolicyJSON.init),
            permissions: change.permissions.map(Document.Permissions.init))
        }, unchanged: comparison.unchangedCount, remarks: remarks))
  }

  private func grant(_ grant: AccessGrant?, _ input: ClusterInput?) -> Document.Grant? {
    guard let grant else { return nil }
    let place = input?.place(of: grant.row)
    return Document.Grant(
      row: grant.row.description, file: place?.path, line: place?.position.line,
      column: place?.position.column, username: grant.identity?.username,
      groups: grant.identity?.groups ?? [], policies: grant.policies.map(PolicyJSON.init))
  }

  /// What `--format json` writes; described in Documentation/json.md.
  private struct Document: Encodable {
    struct Change: Encodable {
      var principal: String
      var kind: String
      var losesAccess: Bool
      var isNode: Bool
      var before: Grant?
      var after: Grant?
      var lostGroups: [String]
      var gainedGroups: [String]
      var lostPolicies: [PolicyJSON]
      var gainedPolicies: [PolicyJSON]
      var permissions: Permissions?
    }

    struct Permissions: Encodable {
      var verdict: String
      var lost: [String]
      var gained: [String]
      var unknown: [String]
      var sideEffects: [String]

      init(_ permissions: PermissionComparison) {
        verdict = permissions.verdict.rawValue
        lost = permissions.lost.map(\.description)
        gained = permissions.gained.map(\.description)
        unknown = permissions.unknown.map(\.description)
        sideEffects = permissions.sideEffects.map(\.rawValue)
      }
    }

    struct Grant: Encodable {
      var row: String
      var file: String?
      var line: Int?
      var column: Int?
      var username: String?
      var groups: [String]
      var policies: [PolicyJSON]
    }

    var version = 1
    var losesAccess: Bool
    var changes: [Change]
    var unchanged: Int
    var remarks: [String]
  }
}

extension AccessComparison.Change {
  /// The policy that gives everything, where it is new and the principal leaves the group that does.
  fileprivate var policiesInPlaceOfMasters: [AccessPolicyAssociation] {
    func isMaster(_ grant: AccessGrant?) -> Bool {
      grant?.identity?.groups.contains("system:masters") == true
    }
    guard isMaster(before), !isMaster(after) else { return [] }
    return gainedPolicies.filter {
      $0.scope.kind == .cluster && AccessPolicyARN($0.policyARN)?.policy == .clusterAdmin
    }
  }
}

extension String {
  /// The words with single blanks between them.
  fileprivate var collapsingBlanks: String {
    split(separator: " ").joined(separator: " ")
  }
}
