package import EKSAccessManifests
package import YAMLSource

/// A ConfigMap that holds mappings under another name than kube-system/aws-auth.
public enum ObjectName: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "object-name",
    severity: .error,
    summary: "a ConfigMap holds mappings and is not `aws-auth` in `kube-system`",
    rationale: """
      EKS watches one object: the ConfigMap `aws-auth` in the namespace `kube-system`. Mappings in \
      any other ConfigMap have no effect, and no message says so.
      """,
    source: "aws-iam-authenticator pkg/mapper/configmap/configmap.go (New)",
    fix: .safe,
    needsWholeFile: true,
    failing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: ↓aws_auth
          namespace: kube-system
        data:
          mapRoles: "[]"
        """,
        fixed: """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: aws-auth
            namespace: kube-system
          data:
            mapRoles: "[]"
          """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: ↓default
        data:
          mapUsers: "[]"
        """),
      Example(
        """
        {"kind": "ConfigMap", "metadata": {"name": ↓"access", "namespace": "tools"},
         "data": {"mapRoles": "[]"}}
        """),
    ],
    passing: [
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: settings
          namespace: tools
        data:
          color: blue
        """),
      Example(
        """
        metadata:
          name: some-patch
        data:
          mapRoles: "[]"
        """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: ${NAME}
          namespace: {{ .Values.namespace }}
        data:
          mapRoles: "[]"
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    let manifest = configMap.manifest
    guard !manifest.isFragment,
      let section = manifest.data?.pairs.first(where: { AWSAuthManifest.isSectionLike($0.key) })
    else { return }
    let notes = [Finding.Note("these are the mappings", at: section.key.range)]
    guard let name = manifest.object.name else {
      findings.report(
        "the ConfigMap has mappings and no name, so the API server refuses it",
        at: manifest.object.headRange, notes: notes,
        help: "write name: aws-auth and namespace: kube-system below metadata:")
      return
    }
    guard let other = manifest.otherName else { return }
    let namespace = manifest.object.namespace
    let isWrongNamespace = manifest.isOfOtherNamespace
    guard other.range == name.range else {
      if let namespace {
        findings.report(
          "the namespace is \"\(namespace.string)\", but EKS reads aws-auth in \"kube-system\" "
            + "alone: these mappings have no effect",
          at: namespace.range, notes: notes, help: "write namespace: kube-system",
          fix: isSpelling(namespace.string)
            ? Fix(.safe, namespace.replacing(with: "kube-system")) : nil)
      }
      return
    }
    let place = isWrongNamespace ? "\(namespace?.string ?? "")/\(name.string)" : name.string
    findings.report(
      "\"\(place)\" is not the ConfigMap \"aws-auth\" that EKS reads, so its mappings have no effect",
      at: name.range, notes: notes,
      help: "write name: aws-auth" + (isWrongNamespace ? " and namespace: kube-system" : ""),
      fix: AWSAuthManifest.isAWSAuthSpelling(name.string)
        ? fix(name, isWrongNamespace ? namespace : nil) : nil)
  }

  private static func fix(_ name: YAMLNode, _ namespace: YAMLNode?) -> Fix? {
    let edit = name.replacing(with: "aws-auth")
    guard let namespace else { return Fix(.safe, edit) }
    guard isSpelling(namespace.string) else { return nil }
    return Fix(.safe, [edit, namespace.replacing(with: "kube-system")])
  }

  private static func isSpelling(_ namespace: String) -> Bool {
    namespace.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." && $0 != " " }
      == "kubesystem"
  }
}

extension AWSAuthManifest {
  /// The name or namespace by which a ConfigMap is another one than `kube-system/aws-auth`, which EKS
  /// reads; `nil` where it is that one, and for fragments and names that are not known yet.
  package var otherName: YAMLNode? {
    guard !isFragment, dialect == .configMap, let name = object.name else { return nil }
    if !name.has("aws-auth"), Self.isWritten(name) { return name }
    return isOfOtherNamespace ? object.namespace : nil
  }

  /// Whether the namespace is written, and not the one that EKS reads.
  fileprivate var isOfOtherNamespace: Bool {
    Self.isWritten(object.namespace) && object.namespace?.has("kube-system") == false
  }

  /// Whether the text is final.
  private static func isWritten(_ node: YAMLNode?) -> Bool {
    guard let node, case .string(let text)? = node.scalar, !text.isEmpty else { return false }
    return !Placeholder.isUnresolved(identity: text) && !text.contains("{{")
  }
}
