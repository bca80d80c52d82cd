public import EKSAccess
import YAMLSource

extension ManifestFile {
  /// The roles in answers of `aws iam list-roles` and the users in answers of `list-users`: a list
  /// for each answer, in order.
  public var iamLists: [[IAMDirectory.Principal]] {
    stream.documents.flatMap { document -> [[IAMDirectory.Principal]] in
      let root = document.root
      return (root.isSequence ? Array(root.elements) : [root]).compactMap(Self.list)
    }
  }

  private static func list(_ node: YAMLNode) -> [IAMDirectory.Principal]? {
    guard let list = node.value(of: "Roles") ?? node.value(of: "Users"), list.isSequence else {
      return nil
    }
    return list.elements.compactMap { element in
      guard let arn = element.text(of: "Arn") else { return nil }
      return IAMDirectory.Principal(arn: arn, trustedServices: trustedServices(of: element))
    }
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
