import YAMLSource

extension ManifestFile {
  /// The file with the aws-auth ConfigMaps that its template, or the here-documents of a script,
  /// show as they stand; `nil` for a file that is none, and where the literal text is no YAML.
  ///
  /// A template that happens to be YAML is read so too: the variables of EKS are often written with
  /// escapes there (`{{ "{{" }}SessionName{{ "}}" }}`).
  public var readAsTemplate: ManifestFile? {
    guard template == nil, section == nil, bytes.count <= YAMLLimits.size else { return nil }
    let isFailure = hasFailure
    guard isFailure || !manifests.isEmpty else { return nil }
    let hasBraces = TemplateEvidence.hasBraces(bytes)
    guard isFailure || hasBraces else { return nil }
    var file: ManifestFile?
    if bytes.starts(with: "#!".utf8) {
      file = read(program(isShell: true))
    } else if TemplateEvidence.isTerraform(bytes) {
      file = read(program(isShell: false))
    } else if hasBraces || TemplateEvidence.find(in: 0..<bytes.count, of: bytes) != nil {
      file = read(rendered(hasBraces)) ?? read(program(isShell: true))
    } else {
      // A variable within a line is no sign of a template unless it is what breaks the file.
      file =
        read(program(isShell: true)) ?? read(rendered(false)).flatMap { $0.hasFailure ? nil : $0 }
    }
    file?.template?.isNeeded = isFailure
    return file
  }

  /// Whether a ConfigMap cannot be read.
  private var hasFailure: Bool {
    stream.problems.contains { Self.mentionsAWSAuth(bytes[$0.document]) }
      || manifests.contains { $0.sections.contains { $0.failure != nil } }
  }

  /// A text counts when it shows all the mappings that the file shows.
  private func read(_ text: TemplateText?) -> ManifestFile? {
    guard let text else { return nil }
    let file = ManifestFile(bytes, text)
    return file.manifests.count >= max(1, manifests.count) ? file : nil
  }

  private func rendered(_ hasBraces: Bool) -> TemplateText? {
    var lines = TemplateLines(.template, of: bytes)
    guard lines.read(0..<bytes.count, .template(hasBraces: hasBraces)),
      !lines.text.replaced.isEmpty
    else { return nil }
    return lines.text
  }

  /// The here-documents that speak of access.
  private func program(isShell: Bool) -> TemplateText? {
    var lines = TemplateLines(.program, of: bytes)
    var position = 0
    for document in HereDocuments(bytes).documents {
      let body = Array(bytes[document.body])
      guard Self.mentionsAWSAuth(body) || Self.mentionsRBAC(body) else { continue }
      lines.leaveOut(position..<document.body.lowerBound)
      let syntax: TemplateScanner.Syntax =
        !isShell ? .template(hasBraces: false) : document.isQuoted ? .verbatim : .shell
      guard lines.read(document.body, syntax, isStripped: document.isStripped) else { return nil }
      position = document.body.upperBound
    }
    guard position > 0 else { return nil }
    lines.leaveOut(position..<bytes.count)
    return lines.text
  }
}
