import EKSAccessManifests
import YAMLSource

/// The source of a template, which is no YAML yet.
public enum TemplateSource: Rule {
  /// What the rule is about.
  public static let description = RuleDescription(
    id: "template-source",
    severity: .note,
    summary: "the file is the source of a template and was not examined",
    rationale: """
      Helm, Jinja, Go and HCL templates are mostly not YAML before they are rendered, and their \
      mistakes show in the rendered manifest alone. Nothing is guessed about such a file.
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
    let bytes = subject.file.bytes
    var places = subject.unreadableSections.compactMap { configMap, section in
      TemplateEvidence.find(of: section, in: configMap.object.node.range, of: bytes)
    }
    for problem in subject.file.stream.problems
    where ManifestFile.mentionsAWSAuth(bytes[problem.document]) {
      let place = TemplateEvidence.findSource(in: problem.document, of: bytes)
      if let place { places.append(place) }
    }
    guard let first = places.min(by: { $0.lowerBound < $1.lowerBound }) else { return }
    findings.report(
      "this is the source of a template or a program, not YAML yet, and was not examined",
      at: first,
      help: "check what it makes, for example helm template … | eks-access lint -")
  }
}
