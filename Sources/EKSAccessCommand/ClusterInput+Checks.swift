import EKSAccess
import EKSAccessManifests

extension ClusterInput {
  /// Whether the files say who is in one cluster; what is wrong is printed.
  ///
  /// - Parameters:
  ///   - console: Where it is printed.
  ///   - path: What the files are called in the message.
  /// - Returns: Whether they do.
  func isUsable(_ console: Console, naming path: String? = nil) -> Bool {
    if isEmpty {
      console.print(
        error: "no aws-auth ConfigMap, other mapping or access entry in "
          + (path.map(Terminal.escaped) ?? "the files given"))
      return false
    }
    let several = severalClusters
    guard several.isEmpty else {
      let names = several.map { Terminal.escaped($0) }.joined(separator: ", ")
      console.print(
        error: "the files tell of \(several.count == 2 ? "two" : "\(several.count)") clusters: "
          + "\(names); name one with --cluster")
      return false
    }
    guard
      let (dialect, places) = holders.filter({ $0.value.count > 1 })
        .min(by: { $0.key.name < $1.key.name })
    else { return true }
    let noun = dialect == .configMap ? "aws-auth ConfigMaps" : "times \(dialect.name)"
    console.print(
      error:
        "\(places.count) \(noun) in the files given, and a cluster has one; name the file of one "
        + "cluster:")
    for place in places.prefix(8) {
      console.writeError(Array("  \(place.description)\n".utf8))
    }
    return false
  }

  /// The names of the clusters that the files tell of, if they are several: those of entries, which
  /// may be references, and those that are described under their names.
  private var severalClusters: [String] {
    let described = clusters.filter { $0.dialect != .capa && $0.dialect != .crossplane }
    let names = clusterNames.union(described.compactMap(\.cluster)).filter(\.isClusterName)
    guard clusterNames.count > 1 || names.count > 1 else { return [] }
    return names.union(clusterNames).sorted()
  }

  /// Whether there is an aws-auth to plan from, and EKS reads all of it; what is wrong is printed.
  ///
  /// - Parameter console: Where it is printed.
  /// - Returns: Whether there is.
  func isPlannable(_ console: Console) -> Bool {
    guard mapsAnybody else {
      console.print(error: "no aws-auth ConfigMap among the files")
      return false
    }
    for place in patches {
      console.print(
        error:
          "\(place.description): a patch of aws-auth is not the whole of it: give the output of "
          + "\"kustomize build\", or what the cluster has")
    }
    for (place, name) in unusedConfigMaps {
      console.print(
        error: "\(place.description): \"\(Terminal.escaped(name))\" is not the ConfigMap "
          + "kube-system/aws-auth that EKS reads, so nobody gets in by it: correct its name, or "
          + "leave the file out")
    }
    for section in unreadSections {
      console.print(
        error: "\(section.place.description): \(Terminal.escaped(section.message)): repair it, or "
          + "render the template, before it is migrated")
    }
    return patches.isEmpty && unusedConfigMaps.isEmpty && unreadSections.isEmpty
  }
}
