package import KubernetesRBAC

extension RBACIndex {
  /// The users of a template whom bindings name, with the values of the variables.
  ///
  /// Where the template has no variables, this is the user of that name, if a binding names one.
  package func users(
    of template: UsernameTemplate
  ) -> [(name: String, values: [TemplateVariable: String])] {
    users(beginningWith: template.beginning).compactMap { name in
      template.values(rendering: name).map { (name, $0) }
    }
  }
}

extension RBACIndex.Changes {
  /// Whether somebody of an identity is concerned.
  func concern(_ identity: KubernetesIdentity) -> Bool {
    let template = UsernameTemplate(identity.username)
    return concern(groups: identity.groups)
      || users(beginningWith: template.beginning).contains { template.values(rendering: $0) != nil }
  }
}

extension UsernameTemplate {
  /// The text before the first variable.
  package var beginning: String {
    let bytes = Array(text.utf8)
    let first = placeholders.first { $0.isExpanded(in: .authenticator) }
    return String(decoding: bytes[..<(first?.range.lowerBound ?? bytes.count)], as: UTF8.self)
  }

  /// The text with values for variables, as ``values(rendering:syntax:)`` gives them.
  package func filled(with values: [TemplateVariable: String]) -> String {
    values.reduce(text) { text, value in
      text.replacing("{{\(value.key.rawValue)}}", with: value.value)
    }
  }
}
