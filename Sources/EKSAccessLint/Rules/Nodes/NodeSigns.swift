import EKSAccess
import EKSAccessManifests
import YAMLSource

/// What tells that a row is meant for worker nodes, and for which kind.
struct NodeSigns {
  /// The forms of a username in a node's row.
  enum Username {
    /// `system:node:{{EC2PrivateDNSName}}`: EC2 nodes named by their private DNS name.
    case privateDNSName
    /// `system:node:{{SessionName}}`: Fargate, hybrid nodes, EC2 nodes named by instance id.
    case sessionName
    /// `system:node:` and a name without a template.
    case fixed
    /// Something with a template that is not one of EKS's for nodes.
    case otherTemplate
    /// None of a node's, or none at all.
    case none
  }

  static let nodes = "system:nodes"
  static let bootstrappers = "system:bootstrappers"
  static let proxier = "system:node-proxier"
  static let windows = "eks:kube-proxy-windows"
  static let masters = "system:masters"

  let username: Username
  let hasNodes: Bool
  let hasBootstrappers: Bool
  let hasProxier: Bool
  let hasWindows: Bool
  /// Whether the role's name is one that tools and guides give to node roles.
  let isNodeByName: Bool
  /// Whether the role's name is one of a Fargate pod execution role.
  let isFargateByName: Bool
  /// Whether the role's name speaks of hybrid nodes.
  let isHybridByName: Bool
  /// Whether the role's name speaks of Windows.
  let isWindowsByName: Bool
  /// Whether the role's name speaks of Linux.
  let isLinuxByName: Bool

  init(_ entry: MappingEntry, username: [UInt8], _ written: WrittenPrincipal?) {
    let admitsNodes = entry.dialect.admitsNodes
    let groups = admitsNodes ? entry.groups : []
    func has(_ group: String) -> Bool { groups.contains { $0.value.hasBytes(of: group) } }
    self.username = admitsNodes ? Self.username(username) : .none
    hasNodes = has(Self.nodes)
    hasBootstrappers = has(Self.bootstrappers)
    hasProxier = has(Self.proxier)
    hasWindows = has(Self.windows)
    let name = admitsNodes && entry.section == .mapRoles ? Self.roleName(entry, written) : []
    let isNode = name.contains(ascii: "node") && name.contains(anyOf: Self.nodeNames)
    let isFargate = name.contains(anyOf: Self.fargateNames)
    let isOther = (isNode || isFargate) && name.contains(anyOf: Self.notNodes)
    isNodeByName = isNode && !isOther
    isFargateByName = isFargate && !isOther
    isHybridByName = name.contains(ascii: "hybrid")
    isWindowsByName = name.contains(ascii: "windows")
    isLinuxByName = name.contains(ascii: "linux")
  }

  /// The role's name in lower case, or the whole text where that is no ARN.
  private static func roleName(_ entry: MappingEntry, _ written: WrittenPrincipal?) -> [UInt8] {
    let text = entry.arn?.value ?? ""
    // A part that is filled in later does not hide the rest of a role's name.
    guard let written else { return text.lowercasedBytes }
    return (written.plainName ?? IAMPrincipal(text)?.name ?? text).lowercasedBytes
  }

  private static func username(_ text: [UInt8]) -> Username {
    func isText(_ other: StaticString) -> Bool {
      text.count == other.utf8CodeUnitCount && text.has(ascii: other, at: 0)
    }
    guard text.contains(where: isOpening) else {
      return text.has(ascii: "system:node:", at: 0) ? .fixed : .none
    }
    if isText("system:node:{{EC2PrivateDNSName}}") { return .privateDNSName }
    return isText("system:node:{{SessionName}}") || isText("system:node:{{SessionNameRaw}}")
      ? .sessionName : .otherTemplate
  }

  private static func isOpening(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "{") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "$")
  }

  /// Whether the username names each node by a template of its own.
  var hasNodeUsername: Bool { username == .privateDNSName || username == .sessionName }

  /// Whether the row gives a group that nodes need in order to join.
  var hasJoiningGroup: Bool { hasNodes || hasBootstrappers }

  /// Whether username or groups are a node's.
  var isNodeByIdentity: Bool {
    hasNodeUsername || hasJoiningGroup || hasProxier || hasWindows
  }

  /// Whether the row is meant for nodes by any sign.
  var isNodeRow: Bool { isNodeByIdentity || isNodeByName || isFargateByName || username == .fixed }

  private static let nodeNames: [StaticString] = [
    "nodeinstancerole", "node-instance-role", "noderole", "node-role", "node_role", "nodegroup",
    "node-group", "node_group", "karpenternode", "workernode", "worker-node", "worker_node",
  ]
  private static let fargateNames: [StaticString] = [
    "fargate", "podexecution", "pod-execution", "pod_execution",
  ]
  /// Roles that deal with nodes without being theirs.
  private static let notNodes: [StaticString] = [
    "controller", "autoscaler", "admin", "manager", "termination", "deploy", "operator", "viewer",
  ]
}

extension Row {
  /// Where to point for something about the groups: their key, or the row when there is none.
  var groupsRange: Range<Int> { entry.field(.groups)?.key.range ?? range }

  /// What a row with signs of a node is called in messages.
  var nodeNoun: String { section == .mapUsers ? "user in node groups" : "node role" }

  /// Where to point for something about the username.
  var usernameRange: Range<Int> { entry.field(.username)?.value.range ?? range }
}
