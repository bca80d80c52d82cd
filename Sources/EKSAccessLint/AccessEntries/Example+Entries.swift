extension Example {
  /// Access entries of an otherwise correct eksctl ClusterConfig, as the items of a list.
  static func entries(_ entries: String, fixed: String? = nil) -> Example {
    func config(_ entries: String) -> String {
      let items = entries.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
      return """
        apiVersion: eksctl.io/v1alpha5
        kind: ClusterConfig
        metadata:
          name: shop
          region: eu-central-1
        accessConfig:
          authenticationMode: API_AND_CONFIG_MAP
          accessEntries:

        """ + items
    }
    return Example(config(entries), fixed: fixed.map(config))
  }
}
