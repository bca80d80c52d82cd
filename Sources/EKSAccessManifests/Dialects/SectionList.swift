import EKSAccess
import YAMLSource

extension MappingDialect {
  /// A file that is the text of one section, such as kustomize's generators put into the ConfigMap.
  public static let sectionList = MappingDialect(
    name: "the text of a section", names: MappingEntry.Name.allCases, replacesSections: true)
}

extension AWSAuthManifest {
  /// Reads a stream whose first document is what stands in a section; `nil` for one without any.
  init?(_ stream: YAMLStream, asTextOf section: AWSAuthSection) {
    guard case .document(let document)? = stream.first else { return nil }
    let root = document.root
    let text = AWSAuthSectionText(
      section, key: root, list: root, dialect: .sectionList, documents: stream.documents)
    self.init(KubernetesObject(holding: root), dialect: .sectionList, sections: [text])
  }
}

extension KubernetesObject {
  /// Takes a node that is no object of Kubernetes for the place where mappings stand.
  init(holding node: YAMLNode) {
    self.node = node
    kind = nil
    metadata = nil
  }
}
