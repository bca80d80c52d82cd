/// A part of a username or group that can never be filled in as meant.
public enum TemplateObstacle: Sendable, Hashable {
  /// The placeholder is not the spelling of a variable and stays in the result as text.
  case staysLiteral(TemplatePlaceholder)
  /// The placeholder makes every authentication fail: this kind of principal has no instance id.
  case alwaysFails(TemplatePlaceholder)
  /// The placeholder is always empty: this kind of principal has no session name.
  case alwaysEmpty(TemplatePlaceholder)

  /// The placeholder concerned.
  public var placeholder: TemplatePlaceholder {
    switch self {
    case .staysLiteral(let placeholder), .alwaysFails(let placeholder),
      .alwaysEmpty(let placeholder):
      return placeholder
    }
  }
}

extension UsernameTemplate {
  /// What in the template can never be filled in for principals of a kind, from left to right.
  ///
  /// Users and root have no session name. A role is seen as its sessions.
  public func obstacles(
    for kind: IAMPrincipal.Kind, syntax: TemplateSyntax = .authenticator
  ) -> [TemplateObstacle] {
    placeholders.compactMap { placeholder in
      guard placeholder.isExpanded(in: syntax) else { return .staysLiteral(placeholder) }
      guard kind == .user || kind == .root else { return nil }
      switch placeholder.variable {
      case .ec2PrivateDNSName: return .alwaysFails(placeholder)
      case .sessionName, .sessionNameRaw: return .alwaysEmpty(placeholder)
      case .accountID, .accessKeyID, nil: return nil
      }
    }
  }
}
