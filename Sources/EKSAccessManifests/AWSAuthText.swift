public import EKSAccess
import YAMLSource

extension AWSAuthConfigMap {
  /// What EKS makes of the `data` of an aws-auth ConfigMap, given as plain strings.
  ///
  /// - Parameter data: The keys and values of `data`; other keys than the three are ignored.
  public init(reading data: [String: String]) {
    self = AWSAuthData(reading: data).map
  }

  /// The map as the YAML texts of `mapRoles`, `mapUsers` and `mapAccounts`; a section without rows
  /// is left out.
  public var sectionTexts: [AWSAuthSection: String] {
    var texts: [AWSAuthSection: String] = [:]
    if !roles.isEmpty { texts[.mapRoles] = roles.map(\.yaml).joined() }
    if !users.isEmpty { texts[.mapUsers] = users.map(\.yaml).joined() }
    if !accounts.isEmpty {
      texts[.mapAccounts] = accounts.map { "- \(YAMLWriter.doubleQuoted($0))\n" }.joined()
    }
    return texts
  }

  /// The map as a manifest of the ConfigMap `kube-system/aws-auth`.
  public var manifest: String {
    let texts = sectionTexts
    var lines = [
      "apiVersion: v1", "kind: ConfigMap", "metadata:", "  name: aws-auth",
      "  namespace: kube-system",
    ]
    lines.append(texts.isEmpty ? "data: {}" : "data:")
    for section in AWSAuthSection.allCases {
      guard let text = texts[section] else { continue }
      lines.append("  \(section.rawValue): |")
      lines += text.split(separator: "\n").map { "    " + $0 }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// The `data` of an aws-auth ConfigMap given as plain strings, with what EKS makes of it.
public struct AWSAuthData: Sendable {
  /// The sections that are given, in the order in which the authenticator knows them.
  public let sections: [AWSAuthSectionText]

  /// Reads the keys and values of `data`; other keys than the three are ignored.
  public init(reading data: [String: String]) {
    sections = AWSAuthSection.allCases.compactMap { section in
      guard let text = data[section.rawValue] else { return nil }
      // The text becomes a quoted scalar of a document of its own, since a section is one.
      let stream = YAMLStream(
        Array("\(section.rawValue): \(YAMLWriter.doubleQuoted(text))\n".utf8))
      return stream.documents.first?.root.pairs.first.map {
        AWSAuthSectionText(section, key: $0.key, value: $0.value)
      }
    }
  }

  /// What EKS uses: the rows that the authenticator keeps.
  public var map: AWSAuthConfigMap { AWSAuthConfigMap(keptIn: sections) }

  /// Whether the authenticator reports an error for any section.
  public var hasError: Bool { sections.contains(where: \.hasError) }
}

extension AWSAuthConfigMap {
  /// The rows of some sections that the authenticator keeps.
  init(keptIn sections: [AWSAuthSectionText]) {
    self.init()
    for section in sections {
      for entry in section.entries where entry.isKept {
        switch entry.mapping {
        case .role(let role): roles.append(role)
        case .user(let user): users.append(user)
        }
      }
      accounts += section.accounts.map(\.value)
    }
  }
}

extension RoleMapping {
  /// The row as an item of a YAML list.
  public var yaml: String {
    var fields: [String] = []
    if let sso {
      fields.append("sso:")
      fields.append("  permissionSetName: \(YAMLWriter.scalar(sso.permissionSetName))")
      fields.append("  accountID: \(YAMLWriter.doubleQuoted(sso.accountID))")
      if !sso.partition.isEmpty {
        fields.append("  partition: \(YAMLWriter.scalar(sso.partition))")
      }
    }
    if !roleARN.isEmpty { fields.insert("rolearn: \(YAMLWriter.scalar(roleARN))", at: 0) }
    return yamlItem(fields, username: username, groups: groups)
  }
}

extension UserMapping {
  /// The row as an item of a YAML list.
  public var yaml: String {
    yamlItem(["userarn: \(YAMLWriter.scalar(userARN))"], username: username, groups: groups)
  }
}

private func yamlItem(_ fields: [String], username: String, groups: [String]) -> String {
  var lines = fields
  lines.append("username: \(YAMLWriter.scalar(username))")
  lines.append(groups.isEmpty ? "groups: []" : "groups:")
  lines += groups.map { "  - \(YAMLWriter.scalar($0))" }
  return lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 + "\n" }.joined()
}
