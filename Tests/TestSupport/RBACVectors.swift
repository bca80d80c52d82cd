import Foundation
public import KubernetesRBAC

extension TestData {
  /// The vectors of `rbac.jsonl` of one type.
  public static func rbacVectors<Case: Decodable>(
    _ type: String, as _: Case.Type, where isWanted: ([String: Any]) -> Bool = { _ in true }
  ) throws -> [Case] {
    try vectors { $0["type"] as? String == type && isWanted($0) }.map { json in
      try JSONDecoder().decode(Case.self, from: JSONSerialization.data(withJSONObject: json))
    }
  }
}

/// Roles and bindings, in JSON a list of objects with their kinds.
public struct ObjectList: Decodable {
  /// The objects.
  public private(set) var objects = RBACObjects()

  private struct Kind: Decodable {
    var kind: String
  }

  /// Reads the objects; those of other kinds are left out.
  public init(from decoder: any Decoder) throws {
    var kinds = try decoder.unkeyedContainer()
    var list = try decoder.unkeyedContainer()
    while !list.isAtEnd {
      switch try kinds.decode(Kind.self).kind {
      case "Role": objects.roles.append(try list.decode(Role.self))
      case "ClusterRole": objects.clusterRoles.append(try list.decode(ClusterRole.self))
      case "RoleBinding": objects.roleBindings.append(try list.decode(RoleBinding.self))
      case "ClusterRoleBinding":
        objects.clusterRoleBindings.append(try list.decode(ClusterRoleBinding.self))
      default: _ = try list.decode(Kind.self)
      }
    }
  }
}
