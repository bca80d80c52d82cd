public import EKSAccess
import YAMLSource

/// Writes access entries in the languages of the tools that make them.
public struct AccessEntryWriter: Sendable, Hashable {
  /// What is written.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// Inputs of `aws eks create-access-entry` and `associate-access-policy`
    /// (`--cli-input-json`), one JSON object after the other.
    case awsCLI = "aws-cli-json"
    /// A CloudFormation template in YAML.
    case cloudFormation = "cloudformation"
    /// A CloudFormation template in JSON.
    case cloudFormationJSON = "cloudformation-json"
    /// An eksctl `ClusterConfig`.
    case eksctl = "eksctl"
    /// Objects of the AWS Controllers for Kubernetes.
    case ack = "ack"
    /// Cluster-scoped objects of Crossplane's AWS provider.
    case crossplane = "crossplane"
    /// Namespaced objects of Crossplane's AWS provider.
    case crossplaneNamespaced = "crossplane-namespaced"
    /// An `AWSManagedControlPlane` of the Cluster API provider for AWS.
    case capa = "capa"
  }

  /// The name of the cluster.
  public var clusterName: String
  /// The region of the cluster, such as `eu-central-1`.
  public var region: String
  /// The authentication mode to write where a language has it beside the entries.
  public var authenticationMode: AuthenticationMode?

  /// Makes a writer for a cluster.
  public init(
    clusterName: String, region: String, authenticationMode: AuthenticationMode? = nil
  ) {
    self.clusterName = clusterName
    self.region = region
    self.authenticationMode = authenticationMode
  }

  /// A text and what it could not say.
  public struct Output: Sendable, Hashable {
    /// The text, with a line break at its end.
    public var text: String
    /// What the language cannot say, by entry, in words; the text lacks it.
    public var omissions: [Omission] = []
  }

  /// Something about an entry that a language cannot say.
  public struct Omission: Sendable, Hashable {
    /// The principal of the entry.
    public var principalARN: String
    /// What is missing: lower case, without a full stop.
    public var message: String
  }

  /// Writes entries.
  ///
  /// - Parameters:
  ///   - entries: The entries, which are not checked.
  ///   - format: The language.
  /// - Returns: The text and what it lacks.
  public func write(_ entries: [AccessEntry], as format: Format) -> Output {
    let sayable = entries.filter { !isReplaced($0, in: format) }
    var output = Output(text: text(of: sayable, as: format))
    for entry in entries {
      for message in omissions(of: entry, in: format) {
        output.omissions.append(Omission(principalARN: entry.principalARN, message: message))
      }
    }
    return output
  }

  private func text(of entries: [AccessEntry], as format: Format) -> String {
    switch format {
    case .awsCLI: awsCLIInputs(entries).map(\.json).joined()
    case .cloudFormation: cloudFormationTemplate(entries).yaml
    case .cloudFormationJSON: cloudFormationTemplate(entries).json
    case .eksctl: eksctlConfig(entries).yaml
    case .ack: Self.documents(ackObjects(entries))
    case .crossplane: Self.documents(crossplaneObjects(entries, group: "eks.aws.upbound.io"))
    case .crossplaneNamespaced:
      Self.documents(crossplaneObjects(entries, group: "eks.aws.m.upbound.io"))
    case .capa: capaControlPlane(entries).yaml
    }
  }

  private func omissions(of entry: AccessEntry, in format: Format) -> [String] {
    var messages: [String] = []
    if isReplaced(entry, in: format) {
      messages.append("CloudFormation would replace {{resolve:…}}, so the entry is left out")
    }
    if !entry.tags.isEmpty, format == .eksctl || format == .capa {
      messages.append("\(format.rawValue) has no tags for access entries")
    }
    if entry.kind == .hyperPodLinux, format == .eksctl {
      messages.append("eksctl does not know the type \(entry.kind)")
    }
    return messages
  }

  /// Whether CloudFormation would put something else in the place of a text of the entry: it
  /// replaces dynamic references in any property and has no way to quote them.
  private func isReplaced(_ entry: AccessEntry, in format: Format) -> Bool {
    guard format == .cloudFormation || format == .cloudFormationJSON else { return false }
    let texts =
      [clusterName, entry.principalARN, entry.username ?? ""] + entry.groups
      + entry.policies.flatMap { [$0.policyARN] + $0.scope.namespaces }
      + entry.tags.flatMap { [$0.key, $0.value] }
    return texts.contains { $0.contains("{{resolve:") }
  }

  /// Documents with `---` between them; a comment where there are none.
  private static func documents(_ values: [YAMLValue]) -> String {
    values.isEmpty ? "# no access entries\n" : values.map(\.yaml).joined(separator: "---\n")
  }
}

extension YAMLValue {
  /// The texts, unless there are none.
  static func unlessEmpty(_ texts: [String]) -> YAMLValue? {
    texts.isEmpty ? nil : .strings(texts)
  }

  /// A mapping of tags by name, unless there are none.
  static func unlessEmpty(_ tags: [String: String]) -> YAMLValue? {
    let pairs = tags.sorted { $0.key < $1.key }
    return pairs.isEmpty ? nil : .mapping(pairs.map { Pair($0.key, .string($0.value)) })
  }
}
