import EKSAccessManifests
import YAMLSource

/// A generated ConfigMap whose name gets a hash.
public enum GeneratedName: ConfigMapRule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "generated-name",
    severity: .error,
    summary: "kustomize adds a hash to the name of a generated aws-auth",
    rationale: """
      The ConfigMaps that `configMapGenerator` makes are named after their content: \
      `aws-auth-7f4tkm2kdd`. EKS reads the name `aws-auth` alone, so the generated mappings have no \
      effect, and nothing says so. The option `disableNameSuffixHash` keeps the name.
      """,
    source: "kustomize configMapGenerator, generatorOptions; EKS user guide auth-configmap",
    fix: .safe,
    failing: [
      Example(
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: kube-system
        configMapGenerator:
          - name: ↓aws-auth
            files:
              - mapRoles=roles.yaml
        """,
        fixed: """
          apiVersion: kustomize.config.k8s.io/v1beta1
          kind: Kustomization
          namespace: kube-system
          configMapGenerator:
            - name: aws-auth
              options:
                disableNameSuffixHash: true
              files:
                - mapRoles=roles.yaml
          """),
      Example(
        """
        configMapGenerator:
          - {name: ↓aws-auth, files: [mapRoles=roles.yaml]}
        """,
        fixed: """
          configMapGenerator:
            - {name: aws-auth, options: {disableNameSuffixHash: true}, files: [mapRoles=roles.yaml]}
          """),
      Example(
        """
        configMapGenerator:
          - name: ↓aws-auth
            files: [mapRoles=roles.yaml]
            options:
              labels: {team: platform}
        """,
        fixed: """
          configMapGenerator:
            - name: aws-auth
              files: [mapRoles=roles.yaml]
              options:
                disableNameSuffixHash: true
                labels: {team: platform}
          """),
      Example(
        """
        configMapGenerator:
          - name: ↓aws-auth
            files: [mapRoles=roles.yaml]
            options:
              disableNameSuffixHash: false
        """,
        fixed: """
          configMapGenerator:
            - name: aws-auth
              files: [mapRoles=roles.yaml]
              options:
                disableNameSuffixHash: true
          """),
    ],
    passing: [
      Example(
        """
        configMapGenerator:
          - name: aws-auth
            files: [mapRoles=roles.yaml]
            options:
              disableNameSuffixHash: true
        """),
      Example(
        """
        generatorOptions:
          disableNameSuffixHash: true
        configMapGenerator:
          - name: aws-auth
            files: [mapRoles=roles.yaml]
        """),
      Example(
        """
        configMapGenerator:
          - name: aws-auth
            behavior: merge
            files: [mapRoles=roles.yaml]
          - name: settings
            files: [settings.yaml]
        """),
    ])

  /// Looks for the mistake in a ConfigMap.
  public static func check(
    _ configMap: ConfigMapSubject, _ options: LintOptions, _ findings: inout FindingCollector
  ) {
    guard let generator = configMap.manifest.generator, generator.createsConfigMap,
      !generator.keepsName
    else { return }
    findings.report(
      "kustomize adds a hash to this name, so EKS does not read the ConfigMap",
      at: generator.name.range,
      notes: [.init("EKS reads the ConfigMap \"aws-auth\" alone")],
      help: "write disableNameSuffixHash: true below options: of this item",
      fix: Fix(.safe, edit(generator)))
  }

  private static func edit(_ generator: ConfigMapGenerator) -> SourceEdit? {
    let node = generator.node
    guard let options = node.value(of: "options") else { return newOptions(generator) }
    if let value = options.value(of: "disableNameSuffixHash") {
      return value.isAlias ? nil : node.edit(range: value.range, writing: "true")
    }
    guard !options.isAlias, let first = options.pairs.first?.key, first.range == first.fullRange
    else { return nil }
    let place = first.range.lowerBound..<first.range.lowerBound
    let margin = String(repeating: " ", count: first.column)
    return node.edit(
      range: place, writing: option + (options.isFlow ? ", " : "\n\(margin)"))
  }

  private static func newOptions(_ generator: ConfigMapGenerator) -> SourceEdit? {
    let node = generator.node
    guard !node.isAlias, !generator.name.isAlias, let first = node.pairs.first?.key,
      first.range == first.fullRange
    else { return nil }
    let end = generator.name.range.upperBound
    guard !node.isFlow else {
      return node.edit(range: end..<end, writing: ", options: {\(option)}")
    }
    let margin = String(repeating: " ", count: first.column)
    return node.edit(
      range: end..<end, writing: "\n\(margin)options:\n\(margin)  \(option)")
  }

  private static let option = "disableNameSuffixHash: true"
}
