import EKSAccess
public import YAMLSource

extension MappingDialect {
  /// `iamIdentityMappings` of eksctl's ClusterConfig, whose rows eksctl adds to aws-auth
  /// (`pkg/apis/eksctl.io/v1alpha5`, `pkg/actions/identitymapping`, `pkg/iam/mapping.go`).
  ///
  /// The rows of node groups are added by eksctl itself. The file is decoded twice: strictly, and
  /// then with keys in their exact case.
  public static let eksctl = MappingDialect(
    name: "iamIdentityMappings", reader: "eksctl", refusal: "eksctl refuses the file",
    decoding: .strict, roleKey: "arn", userKey: "arn", readsKeysInAnyCase: false,
    refusesUnknownKeys: true,
    otherKeys: ["account", "serviceName", "namespace", "noDuplicateARNs"], requiresIdentity: true)
}

/// A ClusterConfig of eksctl, or a part of one.
public struct EksctlClusterConfig: Sendable {
  /// What eksctl refuses in an item of `iamIdentityMappings`.
  public enum Refusal: Sendable, Hashable {
    /// `account` stands beside other keys.
    case accountWithOthers
    /// `account` is a number.
    case accountNotText
    /// `serviceName` stands beside `arn`, `username` and `groups`.
    case serviceWithARN
    /// `serviceName` has no `namespace`.
    case serviceWithoutNamespace
    /// `namespace` has no `serviceName`.
    case namespaceWithoutService
    /// A row has neither a username nor groups.
    case noIdentity
    /// The ARN is of something else than a role or user.
    case neitherRoleNorUser
  }

  /// The object.
  public let object: KubernetesObject
  /// The pair `iamIdentityMappings`.
  public let identityMappings: YAMLNode.Pair?

  /// Takes an object as a ClusterConfig; `nil` for other objects.
  public init?(_ object: KubernetesObject) {
    let isWhole = object.kind?.has("ClusterConfig") == true && object.isOf(group: "eksctl.io")
    guard isWhole || object.isFragment else { return nil }
    identityMappings = object.node.pair(of: "iamIdentityMappings")
    guard isWhole || identityMappings?.value.isSequence == true else { return nil }
    self.object = object
  }

  /// The mappings; `nil` where there are none.
  public var manifest: AWSAuthManifest? {
    guard let pair = identityMappings, !pair.value.isNull else { return nil }
    var failure: AWSAuthSectionText.Failure?
    if let notJSON = NotJSON.find(in: pair.value) {
      failure = .notJSON(notJSON)
    } else if !pair.value.isSequence {
      failure = .notList(pair.value)
    }
    var entries: [AWSAuthSection: [MappingEntry]] = [:]
    var accounts: [Located<String>] = []
    let items = failure == nil ? pair.value.elements : YAMLNode.Children()
    for (index, item) in items.enumerated() {
      if let account = item.value(of: "account") {
        accounts.append(Located(account.string, at: account))
      } else if item.value(of: "serviceName") == nil {
        let section = AWSAuthSection(ofARN: item.value(of: "arn"))
        entries[section, default: []]
          .append(MappingEntry(section, index: index, node: item, dialect: .eksctl))
      }
    }
    let sections = AWSAuthSection.allCases.map { section in
      AWSAuthSectionText(
        section, key: pair.key, value: pair.value, entries: entries[section] ?? [],
        accounts: section == .mapAccounts ? accounts : [],
        failure: section == .mapRoles ? failure : nil)
    }
    return AWSAuthManifest(object, dialect: .eksctl, sections: sections)
  }

  /// What eksctl refuses, with the place to change.
  public var refusals: [Located<Refusal>] {
    identityMappings?.value.elements.flatMap(Self.refusals(of:)) ?? []
  }

  private static func refusals(of item: YAMLNode) -> [Located<Refusal>] {
    func value(_ key: StaticString) -> YAMLNode? {
      guard let value = item.value(of: key), !value.isNull else { return nil }
      return value.isSequence
        ? value.elements.first.map { _ in value } : value.bytes.isEmpty ? nil : value
    }
    let arn = value("arn")
    let (username, groups) = (value("username"), value("groups"))
    let (service, namespace) = (value("serviceName"), value("namespace"))
    if let account = value("account") {
      if [arn, username, groups, service, namespace].contains(where: { $0 != nil }) {
        return [Located(.accountWithOthers, at: account)]
      }
      return account.isText ? [] : [Located(.accountNotText, at: account)]
    }
    if let service {
      if arn != nil, username != nil, groups != nil {
        return [Located(.serviceWithARN, at: service)]
      }
      return namespace == nil ? [Located(.serviceWithoutNamespace, at: service)] : []
    }
    if let namespace { return [Located(.namespaceWithoutService, at: namespace)] }
    guard let arn, arn.isText else { return [] }
    if username == nil, groups == nil { return [Located(.noIdentity, at: arn)] }
    switch IAMPrincipal(arn.string)?.kind {
    case .role?, .user?, nil: return []
    default: return [Located(.neitherRoleNorUser, at: arn)]
    }
  }
}
