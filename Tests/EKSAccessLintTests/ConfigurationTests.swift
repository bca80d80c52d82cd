import EKSAccess
import Testing

@testable import EKSAccessLint

@Suite struct ConfigurationTests {
  private func read(_ text: String) -> (
    configuration: Configuration, problems: [ConfigurationProblem]
  ) {
    Configuration.read(Array(text.utf8))
  }

  @Test func allKeysAreRead() {
    let (configuration, problems) = read(
      """
      rules:
        map-accounts: off
        duplicate-principal: warning
      exclude: [vendor/, "**/test/*.yaml"]
      accounts: ["444455556666", 777788889999]
      groups: [system:custom]
      cluster:
        authentication-mode: API_AND_CONFIG_MAP
        nodes-use-access-entries: true
        partition: aws-cn
      """)
    #expect(problems.isEmpty, "\(problems)")
    #expect(configuration.rules == ["map-accounts": .off, "duplicate-principal": .warning])
    #expect(configuration.exclude.map(\.text) == ["vendor/", "**/test/*.yaml"])
    #expect(configuration.accounts == ["444455556666", "777788889999"])
    #expect(configuration.groups == ["system:custom"])
    #expect(configuration.authenticationMode == .apiAndConfigMap)
    #expect(configuration.nodesUseAccessEntries == true && configuration.partition == .china)
  }

  @Test func anEmptyFileChangesNothing() {
    for text in ["", "# nothing\n", "rules:\ncluster:\n"] {
      let (configuration, problems) = read(text)
      #expect(configuration == Configuration() && problems.isEmpty)
    }
  }

  @Test func aModeWithoutTheConfigMapSaysWhereNodesAre() {
    #expect(read("cluster: {authentication-mode: API}").configuration.options.nodesUseAccessEntries)
    #expect(
      !read("cluster: {authentication-mode: CONFIG_MAP}").configuration.options
        .nodesUseAccessEntries)
  }

  @Test(arguments: [
    ("rule: {}", "there is no key \"rule\" here", "write rules"),
    ("cluster: {mode: x}", "there is no key \"mode\" here", "write one of"),
    ("rules: {map-acounts: off}", "there is no rule \"map-acounts\"", "write map-accounts"),
    ("rules: {map-accounts: never}", "\"never\" is no level", "write error, warning, note or off"),
    ("rules: [a]", "rules is a list, not a mapping", "write id: level"),
    ("exclude: x", "this is a string, not a list", "write a list"),
    ("accounts: [4444]", "\"4444\" is not 12 digits", "write the account in quotes"),
    ("cluster: {partition: aws-chn}", "there is no partition \"aws-chn\"", "write aws-cn"),
    ("cluster: {authentication-mode: IAM}", "\"IAM\" is no authentication mode", "write one of"),
    ("cluster: {nodes-use-access-entries: maybe}", "this is neither true nor false", "write true"),
    ("- a", "this is a list, not a mapping", "write keys"),
    ("exclude: []\nexclude: []", "\"exclude\" stands here twice", "keep one"),
    ("a: [", "did not find expected node content", "mend the YAML"),
    ("rules: {}\n---\nrules: {}", "a second document is not read", "keep one document"),
  ])
  func whatCannotBeUsedIsTold(text: String, message: String, help: String) {
    let problems = read(text).problems
    #expect(problems.map(\.message) == [message])
    #expect(problems.first?.help.hasPrefix(help) == true, "\(problems)")
  }

  @Test(arguments: [
    ("vendor", "vendor/a/b.yaml", true), ("vendor/", "x/vendor/b.yaml", true),
    ("vendor", "vendors/b.yaml", false), ("*.json", "a/b.json", true), ("*.json", "b.yaml", false),
    ("a/*.yaml", "a/b.yaml", true), ("a/*.yaml", "a/b/c.yaml", false),
    ("a/**/c.yaml", "a/c.yaml", true), ("a/**/c.yaml", "a/b/b/c.yaml", true),
    ("/a", "a/b.yaml", true), ("/a", "b/a/c.yaml", false), ("a?c", "abc", true),
    ("**", "a/b", true),
    ("a*b*c", "axxbxxc", true), ("a*b*c", "axxbxx", false), ("", "a", false),
  ])
  func patternsMatchPaths(pattern: String, path: String, matches: Bool) {
    #expect(PathPattern(pattern).matches(path) == matches)
  }
}
