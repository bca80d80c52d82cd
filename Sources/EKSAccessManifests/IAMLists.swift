public import EKSAccess
public import YAMLSource

/// An answer of `aws iam list-roles` or `list-users`.
public struct IAMList: Sendable {
  /// The roles or users in the answer.
  public let principals: [IAMDirectory.Principal]
  /// Whether the answer has all of them, rather than the first ones.
  public let isComplete: Bool
  /// Where the list stands.
  public let node: YAMLNode
}

extension ManifestFile {
  /// The roles in answers of `aws iam list-roles` and the users in answers of `list-users`: a list
  /// for each answer, in order.
  public var iamLists: [IAMList] {
    stream.documents.flatMap { document -> [IAMList] in
      let root = document.root
      return (root.isSequence ? Array(root.elements) : [root]).compactMap(Self.list)
    }
  }

  private static func list(_ node: YAMLNode) -> IAMList? {
    guard let list = node.value(of: "Roles") ?? node.value(of: "Users"), list.isSequence else {
      return nil
    }
    let principals = list.elements.compactMap { element -> IAMDirectory.Principal? in
      guard let arn = element.text(of: "Arn") else { return nil }
      return IAMDirectory.Principal(arn: arn, trustedServices: trustedServices(of: element))
    }
    let isTruncated = node.value(of: "IsTruncated")?.scalar == .bool(true)
    // The API names what follows `Marker`, the AWS CLI `NextToken`.
    let isContinued = node.text(of: "Marker") != nil || node.text(of: "NextToken") != nil
    return IAMList(
      principals: principals, isComplete: !isTruncated && !isContinued, node: list)
  }

  /// The services in the statements that allow to assume the role.
  private static func trustedServices(of role: YAMLNode) -> [String] {
    guard let statements = role.value(of: "AssumeRolePolicyDocument")?.value(of: "Statement") else {
      return []
    }
    var services: [String] = []
    for statement in statements.isSequence ? Array(statements.elements) : [statements]
    where statement.value(of: "Effect")?.has("Allow") == true {
      guard let written = statement.value(of: "Principal")?.value(of: "Service") else { continue }
      services += written.isScalar ? [written.string] : written.elements.map(\.string)
    }
    return services
  }
}
