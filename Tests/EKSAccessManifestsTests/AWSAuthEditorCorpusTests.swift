import EKSAccess
import Foundation
import TestSupport
import Testing
import YAMLSource

@testable import EKSAccessManifests

/// Edits of real files: what is meant changes, nothing else does, and it can be undone.
@Suite(.enabled(if: TestData.external != nil)) struct AWSAuthEditorCorpusTests {
  static let role = RoleMapping(
    roleARN: "arn:aws:iam::999988887777:role/Added", username: "added:{{SessionName}}",
    groups: ["viewers", "system:authenticated"])
  static let user = UserMapping(userARN: "arn:aws:iam::999988887777:user/added", username: "123")

  private struct Sample {
    var name: String
    var bytes: [UInt8]
    var editor: AWSAuthEditor
  }

  private func samples() throws -> [Sample] {
    try TestData.externalFiles(below: "corpus").compactMap { url in
      let bytes = try TestData.bytes(url)
      guard ManifestFile.mentionsAWSAuth(bytes),
        let editor = try? AWSAuthEditor(ManifestFile(bytes))
      else { return nil }
      return Sample(name: url.lastPathComponent, bytes: bytes, editor: editor)
    }
  }

  @Test func addingIsUndoneByRemoving() throws {
    var counts: [String: Int] = [:]
    for sample in try samples() {
      for mapping in [MappingEntry.Mapping.role(Self.role), .user(Self.user)] {
        let style = sample.editor.manifest[mapping.section].map(styleName) ?? "missing"
        let edit: AWSAuthEdit
        do throws(AWSAuthEditError) {
          edit = try sample.editor.adding(mapping)
        } catch {
          counts["\(style): \(error.code)", default: 0] += 1
          let section = sample.editor.manifest[mapping.section]
          #expect(error.code == .unreadable || error.code == .shared, "\(sample.name)")
          #expect(section == nil || section?.failure != nil, "\(sample.name): \(error)")
          continue
        }
        counts[style, default: 0] += 1
        let text = String(decoding: edit.bytes, as: UTF8.self)
        let after = try AWSAuthEditor(ManifestFile(edit.bytes))
        #expect(after.manifest.map.accounts == sample.editor.manifest.map.accounts)
        var expected = sample.editor.manifest.entries.filter { $0.section == mapping.section }
          .map(\.mapping)
        expected.append(mapping)
        #expect(
          after.manifest.entries.filter { $0.section == mapping.section }.map(\.mapping)
            == expected)
        if !style.hasPrefix("null") { #expect(isInsertion(sample.bytes, edit.bytes), "\(text)") }
        let again = #expect(throws: AWSAuthEditError.self) { try after.adding(mapping) }
        #expect(again?.code == .duplicate)
        #expect(try after.replacing(with: mapping).bytes == edit.bytes)
        let removed = try after.removing(principal: mapping.principal)
        guard style != "missing", !style.hasPrefix("null") else {
          let section = ManifestFile(removed.bytes).configMaps[after.place][mapping.section]
          #expect(section?.isEmpty == true)
          #expect(
            try AWSAuthEditor(ManifestFile(removed.bytes)).adding(mapping).bytes == edit.bytes)
          continue
        }
        #expect(removed.bytes == sample.bytes, "\(sample.name) \(style)\n\(text)")
      }
    }
    #expect(counts.values.reduce(0, +) > 100, "\(counts)")
  }

  @Test func everyRowCanBeRemoved() throws {
    var count = 0
    for sample in try samples() {
      for entry in sample.editor.manifest.entries where !entry.mapping.principal.isEmpty {
        let edit: AWSAuthEdit
        do throws(AWSAuthEditError) {
          edit = try sample.editor.removing(principal: entry.mapping.principal)
        } catch {
          Issue.record("\(sample.name): \(entry.mapping.principal): \(error)")
          continue
        }
        count += 1
        let after = ManifestFile(edit.bytes).configMaps[sample.editor.place]
        let expected = sample.editor.manifest.entries.map(\.mapping).filter {
          $0.principal.lowercased() != entry.mapping.principal.lowercased()
        }
        #expect(after.entries.map(\.mapping) == expected)
        #expect(edit.edits.allSatisfy { $0.replacement.isEmpty || $0.replacement == "\"\"" })
      }
    }
    #expect(count > 100)
  }

  @Test func everyRowCanBeReplaced() throws {
    var counts: [Int: Int] = [:]
    for sample in try samples() {
      for entry in sample.editor.manifest.entries {
        for new in variants(of: entry.mapping) {
          let edit: AWSAuthEdit
          do throws(AWSAuthEditError) {
            edit = try sample.editor.replacing(with: new)
          } catch {
            let isExpected = [.severalRows, .duplicate, .invalidMapping].contains(error.code)
            #expect(isExpected, "\(sample.name): \(new): \(error)")
            continue
          }
          counts[edit.edits.count, default: 0] += 1
          let again = try AWSAuthEditor(ManifestFile(edit.bytes))
          #expect(again.manifest.entries.map(\.mapping).contains(new))
          #expect(try again.replacing(with: new).edits.isEmpty)
        }
      }
    }
    #expect(counts.values.reduce(0, +) > 100, "\(counts)")
  }

  private func variants(of mapping: MappingEntry.Mapping) -> [MappingEntry.Mapping] {
    switch mapping {
    case .role(var role):
      var short = role
      short.groups = []
      role.username = "x:{{SessionName}}"
      var long = role
      long.groups += ["more", "and \"more\": #"]
      return [.role(role), .role(short), .role(long)]
    case .user(var user):
      user.username = "yes"
      var other = user
      other.groups = ["one", "two"]
      return [.user(user), .user(other)]
    }
  }

  private func isInsertion(_ old: [UInt8], _ new: [UInt8]) -> Bool {
    let prefix = zip(old, new).prefix { $0 == $1 }.count
    let suffix = zip(old.reversed(), new.reversed()).prefix { $0 == $1 }.count
    return prefix + suffix >= old.count
  }

  private func styleName(_ section: AWSAuthSectionText) -> String {
    var name = section.value.isScalar ? "\(section.value.style)" : "collection"
    if section.value.scalar == .null { name = "null" }
    let root = section.documents.first?.root
    if root?.isFlow == true { name += " brackets" }
    if section.isEmpty { name += " empty" }
    return name
  }
}
