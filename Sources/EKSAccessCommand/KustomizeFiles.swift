import EKSAccess
import EKSAccessManifests

/// The files that kustomizations make aws-auth from.
enum KustomizeFiles {
  /// The files that a kustomization names as patches, as far as they stand in its folder.
  static func patches(in file: ManifestFile, at path: String) -> [String] {
    guard path != "-" else { return [] }
    return file.kustomizePatchPaths.compactMap { Self.path($0, besides: path) }
  }

  /// A path that is relative to the folder of a file; `nil` where it leads out of the folder, which
  /// kustomize refuses.
  private static func path(_ path: String, besides file: String) -> String? {
    guard !path.hasPrefix("/"), !path.contains("\0") else { return nil }
    let parts = path.split(separator: "/").filter { $0 != "." }
    guard !parts.isEmpty, !parts.contains("..") else { return nil }
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    return folder + parts.joined(separator: "/")
  }

  /// The files that a kustomization names as the text of a section.
  ///
  /// - Parameters:
  ///   - bytes: The kustomization.
  ///   - path: Its path.
  /// - Returns: The files that are there.
  static func sectionFiles(of bytes: [UInt8], at path: String) -> [InputFiles.File] {
    guard path != "-", Mentions(in: bytes, wanted: [.awsAuth, .generator]).contains(.generator)
    else { return [] }
    return ManifestFile(bytes).otherManifests.compactMap(\.generator).flatMap { generator in
      generator.sectionFiles.compactMap { section, name -> InputFiles.File? in
        guard let file = Self.path(name, besides: path) else { return nil }
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
