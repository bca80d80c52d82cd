import EKSAccess
import EKSAccessManifests

/// Writes a plan as Terraform resources, laid out as `terraform fmt` does.
struct TerraformWriter {
  private let plan: MigrationPlan

  init(_ plan: MigrationPlan) {
    self.plan = plan
  }

  var text: String {
    var names = ObjectNames()
    var associations = ObjectNames()
    var blocks: [String] = []
    let before = Dictionary(
      plan.items.compactMap { item in item.existing.map { ($0.principalARN, $0) } },
      uniquingKeysWith: { first, _ in first })
    for entry in plan.created + plan.updated {
      let existing = before[entry.principalARN]
      let label = names.identifier(of: entry)
      let address = "aws_eks_access_entry.\(label)"
      if existing != nil {
        blocks.append(imported(address, "\(plan.cluster.name):\(entry.principalARN)"))
      }
      blocks.append(resource(entry, at: address))
      for policy in entry.policies {
        let association =
          "aws_eks_access_policy_association.\(associations.identifier(of: policy, for: label))"
        if existing?.policies.contains(policy) == true {
          let id = "\(plan.cluster.name)#\(entry.principalARN)#\(policy.policyARN)"
          blocks.append(imported(association, id))
        }
        blocks.append(resource(policy, at: association, of: address))
      }
    }
    var head = ""
    if !plan.bindings.isEmpty {
      head =
        "Apply the bindings of the format rbac first, since groups or usernames change."
        .asComment + "\n"
    }
    if blocks.isEmpty { return head + "# no access entries\n" }
    return head + blocks.joined(separator: "\n")
  }

  private func imported(_ address: String, _ id: String) -> String {
    "import {\n  to = \(address)\n  id = \(HCL.quoted(id))\n}\n"
  }

  private func resource(_ entry: AccessEntry, at address: String) -> String {
    var attributes = [
      ("cluster_name", HCL.quoted(plan.cluster.name)),
      ("principal_arn", HCL.quoted(entry.principalARN)), ("type", HCL.quoted(entry.kind.rawValue)),
    ]
    // The provider would send the name that EKS makes for nodes back to EKS, which refuses it.
    if !entry.kind.isNode {
      if let username = entry.username { attributes.append(("user_name", HCL.quoted(username))) }
      if !entry.groups.isEmpty {
        attributes.append(("kubernetes_groups", HCL.list(entry.groups)))
      }
    }
    var lines = HCL.aligned(attributes, indentation: 2)
    if !entry.tags.isEmpty {
      let tags = entry.tags.sorted { $0.key < $1.key }
        .map { (HCL.quoted($0.key), HCL.quoted($0.value)) }
      lines += ["", "  tags = {"] + HCL.aligned(tags, indentation: 4) + ["  }"]
    }
    return HCL.block(address, lines)
  }

  private func resource(
    _ policy: AccessPolicyAssociation, at address: String, of entry: String
  ) -> String {
    let attributes = HCL.aligned(
      [
        ("cluster_name", "\(entry).cluster_name"), ("principal_arn", "\(entry).principal_arn"),
        ("policy_arn", HCL.quoted(policy.policyARN)),
      ], indentation: 2)
    var scope = [("type", HCL.quoted(policy.scope.kind.rawValue))]
    if !policy.scope.namespaces.isEmpty {
      scope.append(("namespaces", HCL.list(policy.scope.namespaces)))
    }
    return HCL.block(
      address,
      attributes + ["", "  access_scope {"] + HCL.aligned(scope, indentation: 4) + ["  }"])
  }
}

/// The grammar of Terraform's language, as far as resources need it.
private enum HCL {
  /// A text as a quoted template in which nothing is replaced.
  static func quoted(_ text: String) -> String {
    var result = "\""
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // `${` and `%{` begin a template; doubled they are text.
      case "{" where previous == "$" || previous == "%":
        result.unicodeScalars.removeLast()
        result += previous == "$" ? "$${" : "%%{"
      default:
        if scalar.properties.generalCategory.isVisible {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          let width = scalar.value > 0xFFFF ? 8 : 4
          result +=
            (width == 8 ? "\\U" : "\\u")
            + String(repeating: "0", count: width - digits.count) + digits
        }
      }
      previous = scalar
    }
    return result + "\""
  }

  static func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  /// Attributes with their `=` below each other.
  static func aligned(_ attributes: [(String, String)], indentation: Int) -> [String] {
    let width = attributes.map(\.0.count).max() ?? 0
    return attributes.map { name, value in
      String(repeating: " ", count: indentation) + name
        + String(repeating: " ", count: width - name.count) + " = " + value
    }
  }

  static func block(_ address: String, _ lines: [String]) -> String {
    let words = address.split(separator: ".").map { "\"\($0)\"" }.joined(separator: " ")
    return "resource \(words) {\n" + lines.map { $0 + "\n" }.joined() + "}\n"
  }
}
