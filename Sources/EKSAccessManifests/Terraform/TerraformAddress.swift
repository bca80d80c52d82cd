/// Addresses and references of Terraform, such as `module.team["web"].aws_iam_role.this[0].arn`.
enum TerraformAddress {
  /// The parts between dots; dots in the brackets of an index do not count.
  static func components(of address: String) -> [String] {
    var components: [String] = [""]
    walk(address) { character, isIndex in
      if character == ".", !isIndex {
        components.append("")
      } else {
        components[components.count - 1].unicodeScalars.append(character)
      }
    }
    return components
  }

  /// The address without the indices of instances, as the configuration has it.
  static func withoutIndices(_ address: String) -> String {
    var result = String.UnicodeScalarView()
    walk(address) { character, isIndex in
      if !isIndex { result.append(character) }
    }
    return String(result)
  }

  /// The index of the instance at the end, with its brackets; empty without one.
  static func index(of component: String) -> String {
    component.firstIndex(of: "[").map { String(component[$0...]) } ?? ""
  }

  private static func walk(_ address: String, _ body: (Unicode.Scalar, Bool) -> Void) {
    var isIndex = false
    var isQuoted = false
    var isEscaped = false
    for character in address.unicodeScalars {
      if !isQuoted, character == "[" { isIndex = true }
      body(character, isIndex)
      if isEscaped {
        isEscaped = false
      } else if isQuoted, character == "\\" {
        isEscaped = true
      } else if isIndex, character == "\"" {
        isQuoted.toggle()
      } else if !isQuoted, character == "]" {
        isIndex = false
      }
    }
  }
}
