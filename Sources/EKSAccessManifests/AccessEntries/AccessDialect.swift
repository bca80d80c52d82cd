/// The languages in which access entries are written down.
public enum AccessDialect: String, Sendable, Hashable, Codable, CaseIterable {
  /// Answers and inputs of the AWS CLI, in JSON.
  case awsCLI = "AWS CLI"
  /// `AWS::EKS::AccessEntry` in a CloudFormation template.
  case cloudFormation = "CloudFormation"
  /// `accessConfig.accessEntries` of an eksctl `ClusterConfig`.
  case eksctl = "eksctl"
  /// `AccessEntry` of the AWS Controllers for Kubernetes (`eks.services.k8s.aws`).
  case ack = "ACK"
  /// `AccessEntry` of Crossplane (`eks.aws.upbound.io`, `eks.aws.m.upbound.io`).
  case crossplane = "Crossplane"
  /// `AWSManagedControlPlane` of the Cluster API provider for AWS.
  case capa = "CAPA"
  /// The JSON of `terraform show`.
  case terraform = "Terraform"

  /// Whether the kinds of entries are written in lower case (`ec2_linux`), as CAPA has them.
  public var writesKindsInLowerCase: Bool { self == .capa }
}
