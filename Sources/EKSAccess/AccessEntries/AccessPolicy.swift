public import KubernetesRBAC

/// An access policy of EKS: a fixed set of permissions that AWS keeps.
///
/// No API tells the rules of a policy, and AWS changes them from time to time. The catalogue is
/// dated: see ``catalogueDate`` and ``rulesDate``.
public struct AccessPolicy: Sendable, Hashable {
  /// Who associates a policy with an entry.
  public enum Audience: String, Sendable, Hashable, Codable {
    /// Anybody, for people and pipelines.
    case principals
    /// Anybody, for nodes of EKS Auto Mode.
    case autoModeNodes
    /// EKS or another service of AWS, with an entry that it makes itself.
    case services
  }

  /// The name, such as `AmazonEKSViewPolicy`.
  public let name: String
  /// Who associates it.
  public let audience: Audience

  /// When the names were looked up: a `list-access-policies` answer and user guide pages of 2026.
  public static let catalogueDate = "2026"
  /// When the rules were looked up: the page "Review access policy permissions" of the user guide.
  public static let rulesDate = "2024-12-18"

  /// The rules that the policy gives; `nil` where the user guide describes them in prose only.
  public var rules: [PolicyRule]? { AccessPolicyRules.byName[name] }

  /// The policy's ARN in a partition.
  public func arn(in partition: Partition) -> String {
    AccessPolicyARN(name: name, partition: partition).description
  }

  /// The policy of a name, case-sensitively; `nil` where the catalogue has none.
  public static func named(_ name: String) -> AccessPolicy? {
    catalogue.first { $0.name == name }
  }

  /// What `cluster-admin` is among roles.
  public static let clusterAdmin = AccessPolicy(
    name: "AmazonEKSClusterAdminPolicy", audience: .principals)
  /// What nodes of a custom Auto Mode node class need.
  public static let autoNode = AccessPolicy(
    name: "AmazonEKSAutoNodePolicy", audience: .autoModeNodes)

  /// Every policy that was seen, for people first.
  public static let catalogue: [AccessPolicy] =
    [
      clusterAdmin
    ]
    + [
      "AmazonEKSAdminPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy",
      "AmazonEKSAdminViewPolicy", "AmazonEKSSecretReaderPolicy", "AmazonEKSSecretAdminPolicy",
      "AmazonARCRegionSwitchScalingPolicy", "AmazonAIOpsAssistantPolicy",
      "AIDevOpsAgentAccessPolicy",
    ].map { AccessPolicy(name: $0, audience: .principals) }
    + [autoNode]
    + [
      "AmazonEKSBlockStoragePolicy", "AmazonEKSBlockStorageClusterPolicy",
      "AmazonEKSComputePolicy", "AmazonEKSComputeClusterPolicy", "AmazonEKSLoadBalancingPolicy",
      "AmazonEKSLoadBalancingClusterPolicy", "AmazonEKSNetworkingPolicy",
      "AmazonEKSNetworkingClusterPolicy", "AmazonEKSHybridPolicy",
      "AmazonEKSClusterInsightsPolicy", "AmazonEKSEventPolicy", "AmazonEKSPodIdentityPolicy",
      "AmazonEKSACKPolicy", "AmazonEKSKROPolicy", "AmazonEKSArgoCDClusterPolicy",
      "AmazonEKSArgoCDPolicy", "AmazonEMRJobPolicy", "AmazonSagemakerHyperpodClusterPolicy",
      "AmazonSagemakerHyperpodControllerPolicy", "AmazonSagemakerHyperpodSystemNamespacePolicy",
      "AmazonSagemakerHyperpodSpacePolicy", "AmazonSagemakerHyperpodSpaceTemplatePolicy",
      "AmazonSagemakerHyperpodUserClusterPolicy",
      "AmazonSagemakerHyperpodInferenceMonitoringPolicy", "AWSBackupFullAccessPolicyForBackup",
      "AWSBackupFullAccessPolicyForRestore",
    ].map { AccessPolicy(name: $0, audience: .services) }
}

/// The ARN of an access policy: `arn:<partition>:eks::aws:cluster-access-policy/<name>`, with an
/// empty region and `aws` for the account in every partition.
public struct AccessPolicyARN: Sendable, Hashable {
  /// The partition, which has to be the cluster's.
  public var partition: Partition
  /// The name of the policy, known or not.
  public var name: String

  /// Makes the ARN of a policy.
  public init(name: String, partition: Partition) {
    self.name = name
    self.partition = partition
  }

  /// Reads an ARN; `nil` when it is not that of an access policy.
  public init?(_ text: String) {
    guard let arn = ARN(text), arn.service == "eks", arn.region.isEmpty, arn.account == "aws",
      arn.resource.utf8.starts(with: Self.resourcePrefix.utf8)
    else { return nil }
    name = String(arn.resource.dropFirst(Self.resourcePrefix.count))
    guard !name.isEmpty, name.utf8.allSatisfy(\.isNameByte) else { return nil }
    partition = Partition(rawValue: arn.partition)
  }

  /// The policy in the catalogue, if it is known.
  public var policy: AccessPolicy? { AccessPolicy.named(name) }

  static let resourcePrefix = "cluster-access-policy/"
}

extension AccessPolicyARN: CustomStringConvertible {
  /// The ARN as text.
  public var description: String {
    "arn:\(partition):eks::aws:\(Self.resourcePrefix)\(name)"
  }
}

extension UInt8 {
  fileprivate var isNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
