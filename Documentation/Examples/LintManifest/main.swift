import EKSAccess
import EKSAccessLint
import EKSAccessManifests

let text = """
  apiVersion: v1
  kind: ConfigMap
  metadata: {name: aws-auth, namespace: kube-system}
  data:
    mapRoles: |
      - rolearn: arn:aws:iam::444455556666:role/nodes
        username: system:node:{{EC2PrivateDNSName}}
        groups: [system:nodes]
  """
let file = ManifestFile(Array(text.utf8))
for finding in Linter().lint(file) {
  print(
    "\(finding.severity) \(finding.rule) at byte \(finding.range.lowerBound): \(finding.message)")
}

// What EKS itself makes of the file, and who a caller is.
if let map = file.configMaps.first?.map {
  let caller = try Caller(
    arn: "arn:aws:sts::444455556666:assumed-role/nodes/i-0123456789abcdef0",
    privateDNSName: "ip-10-0-0-1.eu-west-1.compute.internal")
  print(IdentityResolver(map).identity(of: caller)?.username ?? "not mapped")
}
