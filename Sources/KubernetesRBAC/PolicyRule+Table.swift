extension PolicyRule {
  /// Reads a rule from a line of a table: `API groups | resources | verbs | names`, each separated
  /// by blanks. The core group is written `core`; a line without groups is about paths that are no
  /// resources; names may be left out.
  package init(tableLine line: Substring) {
    let cells = line.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").map(String.init)
    }
    let isPath = cells[0].isEmpty
    self.init(
      apiGroups: cells[0].map { $0 == "core" ? "" : $0 }, resources: isPath ? [] : cells[1],
      resourceNames: cells.count > 3 ? cells[3] : [], nonResourceURLs: isPath ? cells[1] : [],
      verbs: cells[2])
  }
}
