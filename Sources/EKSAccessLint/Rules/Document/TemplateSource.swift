import EKSAccessManifests
import YAMLSource

/// The source of a template, which is no YAML yet.
public enum TemplateSource: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "template-source",
    severity: .note,
    summary: "the file is the source of a template, of which only the literal text can be examined",
    rationale: """
      Helm, Jinja, Go and Terraform templates are mostly not YAML before they are rendered, and most \
      of their mistakes show in the rendered manifest alone. What stands in them as it will be is \
      checked: an expression is an unknown value, about which nothing is guessed, and where lines \
      are repeated or left out nothing is said of what is missing or stands there twice. So are \
      manifests in the here-documents of a script. Where the rest is no YAML, nothing is examined; \
      Terraform's own language never is.
      """,
    source: "Helm documentation, Chart Template Guide",
    failing: [
      Example(
        """
        ↓{{- if .Values.access }}
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        {{- end }}
        """),
      Example(
        """
        # owned by the platform team
        ↓resource "kubernetes_config_map" "aws_auth" {
          metadata { name = "aws-auth" }
          data = { mapRoles: file("roles.yaml") }
        }
        """),
      Example(
        """
        ↓#!/bin/sh
        kubectl apply -f - <<EOF
        kind: ConfigMap
        metadata: {name: aws-auth
        EOF
        """),
      .mapRoles(
        """
        ↓{{- range .Values.roles }}
        - rolearn: {{ .arn }}
          username: {{ .name }}
        {{- end }}
        """),
      Example(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aws-auth
          namespace: kube-system
        data:
          mapRoles: |
        ↓${map_roles}
        %{ if map_users != "" }
          mapUsers: |
        ${map_users}
        %{ endif }
        """),
      .mapRoles("↓${indent(4, yamlencode(roles))}"),
      .data("mapRoles: ↓{{ map_roles }}"),
    ],
    passing: [
      .mapRoles(
        """
        - rolearn: arn:aws:iam::444455556666:role/eks-node-role
          username: system:node:{{ "{{" }}EC2PrivateDNSName{{ "}}" }}
          groups: [system:bootstrappers, system:nodes]
        """),
      .mapRoles(
        """
        - rolearn: ${ROLE}
          username: {{SessionName}}
        """),
      Example(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {{- include "labels" . | nindent 4 }}
        """),
    ])

  /// Looks for such a document in a file.
  public static func check(_ subject: LintSubject, _ findings: inout FindingCollector) {
    let file = subject.plainFile
    let bytes = file.bytes
    var places = file.manifests.flatMap { configMap in
      configMap.sections.compactMap { TemplateEvidence.find(of: $0, in: configMap, of: file) }
    }
    for problem in file.stream.problems
    where ManifestFile.mentionsAWSAuth(bytes[problem.document]) {
      let place = TemplateEvidence.findSource(in: problem.document, of: bytes)
      if let place { places.append(place) }
    }
    if places.isEmpty, let template = subject.file.template, template.isNeeded {
      places = template.replaced
    }
    guard let first = places.min(by: { $0.lowerBound < $1.lowerBound }) else { return }
    findings.report(
      message(subject.file.template), at: first,
      help: "check what it makes, for example \(example(file)) | eks-access lint -")
  }

  private static func example(_ file: ManifestFile) -> String {
    if TemplateEvidence.isTerraform(file.bytes) { return "terraform show -json plan.out" }
    if file.bytes.starts(with: "#!".utf8) { return "kubectl create --dry-run=client -o yaml -f …" }
    return "helm template …"
  }

  private static func message(_ template: TemplateText?) -> String {
    switch template?.kind {
    case nil:
      "this is the source of a template or a program, not YAML yet, and was not examined"
    case .program?:
      "this is a program: of it, the here-documents were examined alone, and variables count as "
        + "unknown values"
    case .template?:
      template?.isPartial == true
        ? "this is the source of a template: its literal text was examined, expressions count as "
          + "unknown values, and nothing is said of what may be missing or repeated"
        : "this is the source of a template: its literal text was examined, and expressions count "
          + "as unknown values"
    }
  }
}
