import EKSAccess

/// An access policy and where it holds, as `--format json` writes it.
struct PolicyJSON: Encodable {
  var arn: String
  var scope: String
  var namespaces: [String]

  init(_ association: AccessPolicyAssociation) {
    arn = association.policyARN
    scope = association.scope.kind.rawValue
    namespaces = association.scope.namespaces
  }

  /// The policies of an access entry; `nil` for rows of other sources, which have none.
  static func list(of row: MappingRow, _ input: ClusterInput) -> [PolicyJSON]? {
    row.source == .accessEntries ? input.access.policies(of: row).map(PolicyJSON.init) : nil
  }
}
