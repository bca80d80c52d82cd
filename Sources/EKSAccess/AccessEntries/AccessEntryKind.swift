extension AccessEntry {
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
    /// Nodes of EKS Auto Mode, and nodes that are named by their instance id.
    public static let ec2 = Kind(rawValue: "EC2")
    /// Nodes of SageMaker HyperPod.
    public static let hyperPodLinux = Kind(rawValue: "HYPERPOD_LINUX")

    /// The kinds of the API reference (CreateAccessEntry, `type`), the default first.
    public static let known: [Kind] = [
      .standard, .ec2Linux, .ec2Windows, .fargateLinux, .hybridLinux, .ec2, .hyperPodLinux,
    ]

    /// Whether the API reference names this kind.
    public var isKnown: Bool { Kind.known.contains(self) }

    /// Whether the entry is for nodes. Unknown kinds are not taken for nodes.
    public var isNode: Bool { isKnown && self != .standard }

    /// Whether EKS is known to refuse a username or groups of one's own.
    ///
    /// The user guide gives both to `STANDARD` alone; nothing is known of `HYPERPOD_LINUX`.
    public var refusesIdentity: Bool { isNode && self != .hyperPodLinux }

    /// Whether EKS is known to refuse access policies.
    ///
    /// The API's own error allows them for `STANDARD` alone, and yet roles of a custom Auto Mode
    /// node class need one on `EC2` (EKS user guide, "Create a node class for Amazon EKS").
    public var refusesPolicies: Bool { refusesIdentity && self != .ec2 }

    /// Whether the principal has to be a role of the cluster's own account.
    public var needsOwnRole: Bool { refusesIdentity }

    /// The username that EKS gives nodes of this kind; `nil` for other principals.
    public var nodeUsername: String? {
      switch self {
      case .ec2Linux, .ec2Windows: "system:node:{{EC2PrivateDNSName}}"
      case .fargateLinux, .hybridLinux, .ec2: "system:node:{{SessionName}}"
      default: nil
      }
    }

    /// The groups that EKS gives by itself.
    var defaultGroups: [String] {
      switch self {
      case .ec2Linux, .hybridLinux, .ec2: ["system:nodes"]
      case .ec2Windows: ["system:nodes", "eks:kube-proxy-windows"]
      case .fargateLinux: ["system:nodes", "system:node-proxier"]
      default: []
      }
    }
  }
}

extension AccessEntry.Kind: CustomStringConvertible {
  /// The name as the EKS API writes it.
  public var description: String { rawValue }
}
