import EKSAccess
import Foundation
import KubernetesRBAC
import TestSupport
import Testing

/// Recorded comparisons of what a principal may do before and after a change.
@Suite(.enabled(if: TestData.external != nil)) struct PermissionVectorsTests {
  private struct Case: Decodable {
    struct Identity: Decodable {
      var username: String
      var groups: [String]
      var accessPolicies: [Policy]?
    }
    struct Answer: Decodable {
      var verdict: PermissionComparison.Verdict
      var lost: [String]
      var gained: [String]
      var notes: [String]
    }
    var id: String
    var objects: ObjectList
    var fixtures: [String]?
    var before: Identity
    var after: Identity
    var expect: Answer
  }

  private struct Policy: Decodable {
    var association: AccessPolicyAssociation

    private enum CodingKeys: CodingKey {
      case policy, scope
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let name = try container.decode(String.self, forKey: .policy)
      let namespaces = try? container.decode([String].self, forKey: .scope)
      association = AccessPolicyAssociation(
        policyARN: AccessPolicyARN(name: name, partition: .aws).description,
        scope: namespaces.map { .namespaces($0) } ?? .cluster)
    }
  }

  @Test func changesOfPermissionsAreThoseRecorded() throws {
    let cases = try TestData.rbacVectors("equivalence", as: Case.self)
    #expect(cases.count >= 19)
    for vector in cases {
      var objects = vector.objects.objects
      if vector.fixtures?.contains("eks") == true {
        // EKS binds the group of Windows nodes to the role of kube-proxy.
        objects.clusterRoleBindings.append(
          ClusterRoleBinding(
            metadata: .init(name: "eks:kube-proxy-windows"),
            roleRef: .init(kind: "ClusterRole", name: "system:node-proxier"),
            subjects: [Subject(kind: .group, name: "eks:kube-proxy-windows")]))
      }
      if vector.fixtures?.contains("bootstrap") == true { objects = objects.addingDefaults() }
      let rbac = RBACIndex(objects)
      func side(_ identity: Case.Identity) -> PermissionComparison.Side {
        .init(
          identity: KubernetesIdentity(username: identity.username, groups: identity.groups),
          policies: identity.accessPolicies?.map(\.association) ?? [], rbac: rbac)
      }
      let result = PermissionComparison(before: side(vector.before), after: side(vector.after))
      #expect(result.verdict == vector.expect.verdict, "\(vector.id)")
      #expect(Set(result.lost.map(\.description)) == Set(vector.expect.lost), "\(vector.id)")
      #expect(Set(result.gained.map(\.description)) == Set(vector.expect.gained), "\(vector.id)")
      let notes = vector.expect.notes.map { note -> PermissionComparison.SideEffect in
        switch note {
        case "username changed": .usernameChanges
        case "groups changed": .groupsChange
        case _ where note.hasPrefix("left system:masters"): .leavesMasters
        case _ where note.hasPrefix("loses grantable roles"): .cannotBind
        default: .permissionsLeaveRBAC
        }
      }
      #expect(Set(result.sideEffects) == Set(notes), "\(vector.id)")
    }
  }
}
