/// An EKS access entry: who a principal is in the cluster, kept by the EKS API.
public struct AccessEntry: Sendable, Hashable, Codable {
  /// The kinds of access entries (`type` of the EKS API). Kinds that are not known are kept.
  public struct Kind: RawRepresentable, Sendable, Hashable, Codable {
    /// The name as the EKS API writes it, such as `EC2_LINUX`.
    public var rawValue: String

    /// Takes a name as it is.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// A person, pipeline or workload.
    public static let standard = Kind(rawValue: "STANDARD")
    /// Self-managed and managed Linux nodes, Bottlerocket too.
    public static let ec2Linux = Kind(rawValue: "EC2_LINUX")
    /// Windows nodes.
    public static let ec2Windows = Kind(rawValue: "EC2_WINDOWS")
    /// Fargate pod execution roles.
    public static let fargateLinux = Kind(rawValue: "FARGATE_LINUX")
    /// Hybrid nodes.
    public static let hybridLinux = Kind(rawValue: "HYBRID_LINUX")
    /// Nodes of EKS Auto Mode.
    public static let ec2 = Kind(rawValue: "EC2")
    /// Nodes of SageMaker HyperPod.
    public static let hyperPodLinux = Kind(rawValue: "HYPERPOD_LINUX")
  }

  /// The ARN of the principal, with its path.
  public var principalARN: String
  /// The kind of the entry.
  public var kind: Kind
  /// The username template, if one is given; EKS makes one otherwise.
  public var username: String?
  /// The Kubernetes groups; for nodes EKS sets them.
  public var groups: [String]

  /// Makes an entry.
  public init(
    principalARN: String, kind: Kind = .standard, username: String? = nil, groups: [String] = []
  ) {
    self.principalARN = principalARN
    self.kind = kind
    self.username = username
    self.groups = groups
  }

  /// The username template and groups that the entry gives, with what EKS fills in by itself.
  ///
  /// The usernames of `STANDARD` and of nodes stand in the EKS user guide ("Create access
  /// entries"). The guide prints the groups of `EC2_LINUX`; those of other nodes are what the
  /// nodes need in order to join.
  public var identity: KubernetesIdentity {
    KubernetesIdentity(
      username: username ?? defaultUsername, groups: groups.isEmpty ? defaultGroups : groups)
  }

  private var defaultUsername: String {
    switch kind {
    case .ec2Linux, .ec2Windows: return "system:node:{{EC2PrivateDNSName}}"
    case .fargateLinux, .hybridLinux, .ec2: return "system:node:{{SessionName}}"
    default: break
    }
    guard let principal = IAMPrincipal(principalARN), principal.kind == .role else {
      return principalARN
    }
    return "arn:\(principal.arn.partition):sts::\(principal.arn.account):assumed-role/"
      + "\(principal.name)/{{SessionName}}"
  }

  private var defaultGroups: [String] {
    switch kind {
    case .ec2Linux, .hybridLinux, .ec2: ["system:nodes"]
    case .ec2Windows: ["system:nodes", "eks:kube-proxy-windows"]
    case .fargateLinux: ["system:nodes", "system:node-proxier"]
    default: []
    }
  }
}

/// An `IAMIdentityMapping` object of the authenticator's CRD backend
/// (`iamauthenticator.k8s.aws/v1alpha1`).
public struct IAMIdentityMapping: Sendable, Hashable, Codable {
  /// The ARN of a role, user or session; it is brought to its canonical form before it is compared.
  public var arn: String
  /// The username template.
  public var username: String
  /// The group templates.
  public var groups: [String]

  /// Makes a mapping.
  public init(arn: String, username: String = "", groups: [String] = []) {
    self.arn = arn
    self.username = username
    self.groups = groups
  }
}

/// Everything that decides who a caller is in one cluster.
public struct ClusterAccess: Sendable, Hashable {
  /// Which sources the cluster asks; when it is not known, all that are given.
  public var authenticationMode: AuthenticationMode?
  /// The cluster's access entries.
  public var accessEntries: [AccessEntry]
  /// What the cluster uses of its aws-auth ConfigMap.
  public var configMap: AWSAuthConfigMap
  /// The `IAMIdentityMapping` objects.
  public var identityMappings: [IAMIdentityMapping]

  /// Makes a cluster's sources.
  public init(
    authenticationMode: AuthenticationMode? = nil, accessEntries: [AccessEntry] = [],
    configMap: AWSAuthConfigMap = AWSAuthConfigMap(), identityMappings: [IAMIdentityMapping] = []
  ) {
    self.authenticationMode = authenticationMode
    self.accessEntries = accessEntries
    self.configMap = configMap
    self.identityMappings = identityMappings
  }
}
