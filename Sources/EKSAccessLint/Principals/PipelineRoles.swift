/// Roles that pipelines assume, known by their names.
enum PipelineRoles {
  /// Whether the name of a role says that a pipeline assumes it.
  static func isPipeline(_ name: some StringProtocol) -> Bool {
    let name = name.lowercased()
    if name.contains(anyOf: products) { return true }
    // Most names hold no such word, and to cut a text into words takes long.
    guard name.contains(ascii: "ci") else { return false }
    return name.split { !$0.isLetter && !$0.isNumber }.contains { $0 == "ci" || $0 == "cicd" }
  }

  private static let products: [StaticString] = [
    "github", "gitlab", "codebuild", "codepipeline", "jenkins", "circleci", "buildkite", "argocd",
    "bitbucket", "teamcity",
  ]
}
