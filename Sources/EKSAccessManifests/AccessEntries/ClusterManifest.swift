public import EKSAccess
public import YAMLSource

/// What a file says of a cluster itself.
public struct ClusterManifest: Sendable {
  /// The language that the file is written in.
  public let dialect: AccessDialect
  /// The name, or the text by which entries refer to the cluster; equal to
  /// ``AccessEntryManifest/cluster`` of its entries.
  public let cluster: String?
  /// What the cluster is called in its file, such as a logical id; empty without a name.
  public let label: String
  /// The ARN of the cluster, where the file tells it; region and account stand in it.
  public let arn: String?
  /// The version of Kubernetes as written, where the file tells it.
  public let version: String?
  /// The authentication mode as written, if it is, and known.
  public let authenticationMode: Located<AuthenticationMode>?
  /// The node of the mode, also where its value is not one of the modes or not known yet.
  public let modeNode: YAMLNode?
  /// The mode that the tool or the API takes where none is written; `nil` where that is not known.
  public let defaultMode: AuthenticationMode?
  /// Whether the one who makes the cluster becomes its administrator, if that is written.
  public let bootstrapsCreator: Located<Bool>?
  /// Whether the text tells what the cluster is like, rather than what it is to be.
  public let isObserved: Bool
  /// Where the cluster stands.
  public let node: YAMLNode

  init(
    dialect: AccessDialect, cluster: String?, label: String = "", arn: String? = nil,
    version: String? = nil, authenticationMode: Located<AuthenticationMode>? = nil,
    modeNode: YAMLNode? = nil,
    defaultMode: AuthenticationMode? = nil, bootstrapsCreator: Located<Bool>? = nil,
    isObserved: Bool = false, at node: YAMLNode
  ) {
    self.dialect = dialect
    self.cluster = cluster
    self.label = label
    self.arn = arn
    self.version = version
    self.authenticationMode = authenticationMode
    self.modeNode = modeNode
    self.defaultMode = defaultMode
    self.bootstrapsCreator = bootstrapsCreator
    self.isObserved = isObserved
    self.node = node
  }

  /// The mode that holds: what is written, or what is taken where nothing is written.
  public var mode: AuthenticationMode? {
    authenticationMode?.value ?? (modeNode == nil ? defaultMode : nil)
  }
}

/// The names of the parts of a cluster's access configuration in one language.
struct AccessConfigKeys: Sendable {
  var mode: StaticString
  var bootstrap: StaticString

  /// The names of the EKS API.
  static let api = AccessConfigKeys(
    mode: "authenticationMode", bootstrap: "bootstrapClusterCreatorAdminPermissions")
}

extension ClusterManifest {
  /// Reads a cluster's access configuration, which may be missing.
  init(
    dialect: AccessDialect, cluster: String?, label: String = "", arn: String? = nil,
    version: String? = nil, accessConfig: YAMLNode?,
    keys: AccessConfigKeys = .api, defaultMode: AuthenticationMode?, isObserved: Bool = false,
    at node: YAMLNode, value: (YAMLNode) -> AccessValue? = AccessEntryReader.plainValue
  ) {
    let mode = accessConfig?.value(of: keys.mode)
    var known: Located<AuthenticationMode>?
    if let mode, case .text(let text)? = value(mode) {
      let upper = dialect.writesKindsInLowerCase && text == text.lowercased()
      known = AuthenticationMode(rawValue: upper ? text.uppercased() : text)
        .map { Located($0, at: mode) }
    }
    let bootstrap = accessConfig?.value(of: keys.bootstrap).flatMap { node -> Located<Bool>? in
      // CloudFormation takes the words as text too.
      switch node.scalar {
      case .bool(let value)?: return Located(value, at: node)
      case .string(let text)?: return Bool(text).map { Located($0, at: node) }
      default: return nil
      }
    }
    self.init(
      dialect: dialect, cluster: cluster, label: label, arn: arn, version: version,
      authenticationMode: known,
      modeNode: mode,
      defaultMode: accessConfig.map { $0.isMapping } ?? true ? defaultMode : nil,
      bootstrapsCreator: bootstrap, isObserved: isObserved, at: node)
  }
}
