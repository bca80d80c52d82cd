import EKSAccessManifests
import YAMLSource

extension TemplateText {
  /// What can be said of a template out of what was found in its text: nothing about values that a
  /// line belongs to which is not seen, and no fix that touches an expression.
  func findings(_ findings: [Finding]) -> [Finding] {
    findings.filter { !hasGap(in: $0.range) }
      .map { finding in
        var finding = finding
        finding.message = restoring(finding.message)
        finding.help = finding.help.map(restoring)
        for index in finding.notes.indices {
          finding.notes[index].message = restoring(finding.notes[index].message)
        }
        if let fix = finding.fix, !fix.edits.allSatisfy(allows) { finding.fix = nil }
        return finding
      }
  }
}
