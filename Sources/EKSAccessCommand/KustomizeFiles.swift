import EKSAccess
import EKSAccessManifests

/// The files that kustomizations put into aws-auth as the text of a section.
enum KustomizeFiles {
  /// The files that a kustomization names.
  ///
  /// Paths that lead out of the folder of the kustomization are left out: kustomize refuses them.
  ///
  /// - Parameters:
  ///   - bytes: The kustomization.
  ///   - path: Its path.
  /// - Returns: The files that are there.
  static func sectionFiles(of bytes: [UInt8], at path: String) -> [InputFiles.File] {
    guard path != "-", Mentions(in: bytes, wanted: [.awsAuth, .generator]).contains(.generator)
    else { return [] }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return ManifestFile(bytes).otherManifests.compactMap(\.generator).flatMap { generator in
      generator.sectionFiles.compactMap { section, path -> InputFiles.File? in
        guard !path.hasPrefix("/"), !path.contains("\0") else { return nil }
        let parts = path.split(separator: "/").filter { $0 != "." }
        guard !parts.isEmpty, !parts.contains("..") else { return nil }
        let file = folder + parts.joined(separator: "/")
        // A file that is made later is not there to be checked; kustomize tells when it never is.
        guard case .file? = try? Platform.kind(of: file) else { return nil }
        return InputFiles.File(path: file, isNamed: true, section: section)
      }
    }
  }
}

/// The values of `--as`.
enum SectionChoice: String, CaseIterable {
  case mapRoles = "map-roles"
  case mapUsers = "map-users"
  case mapAccounts = "map-accounts"

  var section: AWSAuthSection {
    switch self {
    case .mapRoles: .mapRoles
    case .mapUsers: .mapUsers
    case .mapAccounts: .mapAccounts
    }
  }
}
