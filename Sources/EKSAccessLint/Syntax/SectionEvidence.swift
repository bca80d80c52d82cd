import EKSAccessManifests
import YAMLSource

extension TemplateEvidence {
  /// Why a section that EKS cannot read is the source of a template, as the place of an expression.
  static func find(
    of section: AWSAuthSectionText, in configMap: AWSAuthManifest, of file: ManifestFile
  ) -> Range<Int>? {
    if section.failure == nil { return nil }
    let place = section.value.range
    if file.template?.replaced.contains(where: { $0.overlaps(place) }) == true { return place }
    let bytes = file.bytes
    if let found = find(in: configMap.object.node.range, of: bytes) { return found }
    switch section.failure {
    case .notText? where bytes[section.value.range].starts(with: "{{".utf8):
      return section.value.range
    case .notList(let root)?
    where root.isScalar && Placeholder.isUnresolved(identity: root.string):
      return root.range
    case .syntax?, .notJSON?:
      // The whole section is one expression that brings the rows.
      guard let first = section.value.bytes.firstIndex(where: { $0 > 0x20 }),
        section.value.bytes[first...].starts(with: "{{".utf8)
      else { return nil }
      let place = first - section.value.bytes.startIndex
      return section.value.positionMap?.sourceRange(of: place..<(place + 2))
    default: return nil
    }
  }
}
