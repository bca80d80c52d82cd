import EKSAccess

let resolver = IdentityResolver(
  ClusterAccess(
    authenticationMode: .apiAndConfigMap,
    accessEntries: [
      AccessEntry(
        principalARN: "arn:aws:iam::444455556666:role/platform",
        username: "platform:{{SessionName}}",
        groups: ["platform-engineers"])
    ],
    configMap: AWSAuthConfigMap(
      roles: [
        RoleMapping(
          roleARN: "arn:aws:iam::444455556666:role/platform", username: "admin",
          groups: ["system:masters"]),
        RoleMapping(
          roleARN: "arn:aws:iam::444455556666:role/teams/orders", username: "orders",
          groups: ["orders-deployers"]),
      ])))

for role in ["platform", "orders"] {
  let caller = try Caller(arn: "arn:aws:sts::444455556666:assumed-role/\(role)/ana@example.org")
  let resolution = resolver.resolve(caller)
  for line in resolver.explain(resolution) { print(line) }
  print()
}
