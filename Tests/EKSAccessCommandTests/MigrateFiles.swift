import TestSupport

/// Files of one cluster, and runs of `migrate` on such files.
enum MigrateFiles {
  static let configMap = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: aws-auth, namespace: kube-system}
    data:
      mapRoles: |
        - rolearn: arn:aws:iam::444455556666:role/nodes
          username: system:node:{{EC2PrivateDNSName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/dev
          username: dev{{SessionName}}
          groups: [developers, system:masters]
        - rolearn: arn:aws:iam::444455556666:role/edge
          username: system:node:{{SessionName}}
          groups: [system:bootstrappers, system:nodes]
        - rolearn: arn:aws:iam::444455556666:role/auditors
          username: auditor
          groups: [system:auditors]

    """
  static let cluster = """
    {"cluster": {"name": "shop", "arn": "arn:aws:eks:eu-central-1:444455556666:cluster/shop",
     "accessConfig": {"authenticationMode": "API_AND_CONFIG_MAP"}}}

    """
  static let roles = """
    {"Roles": [{"Arn": "arn:aws:iam::444455556666:role/nodes"},
      {"Arn": "arn:aws:iam::444455556666:role/teams/Dev"},
      {"Arn": "arn:aws:iam::444455556666:role/edge", "AssumeRolePolicyDocument": {"Statement": [
        {"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}}]}},
      {"Arn": "arn:aws:iam::444455556666:role/auditors"}]}

    """
  static let bindings = """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: auditors}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:auditors"}

    """

  static func migrate(_ files: [String], _ arguments: String...) throws -> ToolRun {
    try migrate(files, arguments)
  }

  static func migrate(_ files: [String], _ arguments: [String]) throws -> ToolRun {
    let folder = try TemporaryFolder()
    for (index, text) in files.enumerated() { try folder.write("\(index).yaml", text) }
    var run = ToolRun(["migrate", folder.path] + arguments)
    run.output = run.output.replacing(folder.path + "/", with: "")
    run.error = run.error.replacing(folder.path + "/", with: "")
    return run
  }
}
